/** What a list of keys comes to, in whatever order they are: two lists with one digest are the same. */
export interface KeyDigest {
  readonly count: number;
  readonly sum: bigint;
}

/** Adds up keys, in any order. */
export function createKeyDigest(): { add(key: string): void; readonly digest: KeyDigest } {
  let [count, low, high] = [0, 0, 0];
  return {
    add(key) {
      count++;
      low += hash(key, 0x811c9dc5);
      high += hash(key, 0x9dc5811c);
    },
    get digest() {
      // Sums of 32 bits stay exact for two million keys.
      return { count, sum: (BigInt(high) << 64n) + BigInt(low) };
    },
  };
}

export function isSameDigest(a: KeyDigest, b: KeyDigest): boolean {
  return a.count === b.count && a.sum === b.sum;
}

/** FNV-1a over UTF-16 units, 32 bits. */
function hash(text: string, basis: number): number {
  let bits = basis;
  for (let index = 0; index < text.length; index++) {
    bits = Math.imul(bits ^ text.charCodeAt(index), 0x01000193);
  }
  return bits >>> 0;
}
