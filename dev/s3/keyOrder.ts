/**
 * Compares keys as S3 orders them: by their UTF-8 bytes, which is by code points.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/ListingKeysUsingAPIs.html
 */
export function compareKeys(a: string, b: string): number {
  let index = 0;
  while (index < a.length && a.charCodeAt(index) === b.charCodeAt(index)) index++;
  // Behind equal units a difference in the second half of a pair orders like the pair itself.
  return weight(a.charCodeAt(index)) - weight(b.charCodeAt(index));
}

/** A UTF-16 unit in the order of code points: a surrogate belongs to one above all single units. */
function weight(unit: number): number {
  if (Number.isNaN(unit)) return -1;
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

/** The least key above every key that begins with a prefix; `undefined` where there is none. */
export function endOfPrefix(prefix: string): string | undefined {
  const points = Array.from(prefix, (character) => character.codePointAt(0) ?? 0);
  for (let last = points.pop(); last !== undefined; last = points.pop()) {
    if (last < 0x10ffff) {
      // Between U+D7FF and U+E000 there are no characters.
      return String.fromCodePoint(...points, last === 0xd7ff ? 0xe000 : last + 1);
    }
  }
  return undefined;
}

/** The least key above a key. */
export function nextKey(key: string): string {
  return `${key}\0`;
}
