import { fromUrlBase64, toUrlBase64 } from '../cloudfront/policy.ts';

/** In which letters bytes were written; only the first are CloudFront's. */
export type Alphabet = 'cloudfront' | 'standard' | 'url' | 'percent-encoded';

/** Bytes out of a link, with how they were written there. */
export interface ReadBytes {
  readonly bytes: Buffer;
  readonly alphabet: Alphabet;
}

/**
 * Reads base64 in CloudFront's alphabet, or in another one that is taken for it: that of RFC 4648
 * section 4, that of its section 5, or any of them percent-encoded. Undefined where it is none.
 *
 * @param isRight tells what the bytes have to be, where letters fit several alphabets
 */
export function readBase64(
  text: string,
  isRight: (bytes: Buffer) => boolean = () => true,
): ReadBytes | undefined {
  const readings = readingsOf(text);
  return readings.find(({ bytes }) => isRight(bytes)) ?? readings[0];
}

function readingsOf(text: string): readonly ReadBytes[] {
  if (text === '') return [];
  if (text.includes('%')) {
    return readingsOf(percentDecoded(text)).map(({ bytes }) => ({
      bytes,
      alphabet: 'percent-encoded',
    }));
  }
  const readings: ReadBytes[] = [];
  const own = Buffer.from(fromUrlBase64(text));
  if (toUrlBase64(own) === text) readings.push({ bytes: own, alphabet: 'cloudfront' });
  const unpadded = text.replace(/={1,2}$/, '');
  for (const [alphabet, encoding] of [
    ['standard', 'base64'],
    ['url', 'base64url'],
  ] as const) {
    const bytes = Buffer.from(unpadded, encoding);
    if (bytes.toString(encoding).replace(/={1,2}$/, '') === unpadded) {
      readings.push({ bytes, alphabet });
    }
  }
  return readings;
}

function percentDecoded(text: string): string {
  try {
    const decoded = decodeURIComponent(text);
    // What was encoded twice is none of these.
    return decoded.includes('%') ? '' : decoded;
  } catch {
    return '';
  }
}
