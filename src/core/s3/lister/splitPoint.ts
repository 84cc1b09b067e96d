import { codePointsOf, sharedDepth } from './codePoints.ts';
import type { KeyModel } from './keyModel.ts';
import { compareKeys } from '../keyOrder.ts';

/** Keys above `after`, up to and with `upTo`. */
export interface Stretch {
  readonly after: string;
  /** Undefined where only the end of the place is the end. */
  readonly upTo: string | undefined;
}

/** How far beside the fraction that was asked for a split may lie, as a part of that. */
const TOLERANCE = 0.2;

/** Between the surrogates there are no characters. */
const [FIRST_SURROGATE, LAST_SURROGATE, LAST_CHARACTER] = [0xd800, 0xdfff, 0x10ffff];

/**
 * A text strictly inside a stretch that leaves about a fraction of its keys below itself, as the model
 * has them; undefined where none is found.
 *
 * @param fraction above 0 and below 1
 * @param prefix that all keys of the place begin with
 */
export function splitPoint(
  { after, upTo }: Stretch,
  fraction: number,
  prefix: string,
  model: KeyModel,
): string | undefined {
  const low = codePointsOf(after);
  const high = upTo === undefined ? undefined : codePointsOf(upTo);
  const depth = sharedDepth(low, high ?? codePointsOf(prefix));
  const from = model.positionOf(low, depth);
  const to = high === undefined ? 1 : model.positionOf(high, depth);
  const isInside = (text: string): boolean =>
    compareKeys(after, text) < 0 && (upTo === undefined || compareKeys(text, upTo) < 0);

  if (to > from) {
    const text = model.textAt(
      from + (to - from) * fraction,
      low.slice(0, depth),
      (to - from) * Math.min(fraction, 1 - fraction) * TOLERANCE,
    );
    if (isInside(text)) return text;
  }
  const beyond = wellFormed(halfway(low[depth] ?? 0, high?.[depth]));
  const text = String.fromCodePoint(...low.slice(0, depth), beyond);
  return isInside(text) ? text : undefined;
}

/** A code point between two; without an upper one, not far above the lower. */
function halfway(low: number, high: number | undefined): number {
  return high === undefined ? Math.min(low + 1 + (low >> 2), LAST_CHARACTER) : (low + high) >>> 1;
}

function wellFormed(point: number): number {
  return point >= FIRST_SURROGATE && point <= LAST_SURROGATE ? LAST_SURROGATE + 1 : point;
}
