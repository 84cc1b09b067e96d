import { encode } from 'uqr';
import { fail, ok, type Result } from '../outcome.ts';

/**
 * What the largest code holds at the lowest level of correction, in bytes: version 40-L of ISO/IEC
 * 18004.
 */
const CAPACITY = 2953;

/** Light modules that a reader needs around a code, on each side. */
const QUIET_ZONE = 4;

/** A square of modules, drawn. */
export interface QrCode {
  /** Modules on each side, the light ones around it included. */
  readonly size: number;
  /** The dark modules as the data of an SVG path, one unit each. */
  readonly path: string;
}

/**
 * The QR code of a URL, corrected as well as its size allows.
 *
 * Errors: `qr-code-too-long`.
 */
export function qrCode(url: string): Result<QrCode> {
  const bytes = new TextEncoder().encode(url).length;
  if (bytes > CAPACITY) return fail({ code: 'qr-code-too-long', bytes, maximum: CAPACITY });
  const { data, size } = encode(url, { ecc: 'L', boostEcc: true, border: QUIET_ZONE });
  return ok({ size, path: data.map(rowPath).join('') });
}

function rowPath(row: readonly boolean[], y: number): string {
  const modules = row.map((isDark) => (isDark ? '#' : ' ')).join('');
  return Array.from(
    modules.matchAll(/#+/g),
    ({ index, 0: { length } }) => `M${index} ${y}h${length}v1h-${length}z`,
  ).join('');
}
