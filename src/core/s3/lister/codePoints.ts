/** A set of characters in S3's order. */
export interface CodePoints {
  /** Ascending. */
  readonly points: readonly number[];
  has(point: number): boolean;
  add(point: number): void;
  /** How many of them lie below a code point. */
  countBelow(point: number): number;
}

/** A set of no character, or of those given, ascending. */
export function createCodePoints(initial: readonly number[] = []): CodePoints {
  const points = [...initial];
  const members = new Set(points);

  function countBelow(point: number): number {
    let [low, high] = [0, points.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((points[middle] ?? 0) < point) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  return {
    points,
    countBelow,
    has: (point) => members.has(point),
    add(point) {
      if (members.has(point)) return;
      members.add(point);
      points.splice(countBelow(point), 0, point);
    },
  };
}

/** A text as its characters, each a code point. */
export function codePointsOf(text: string): number[] {
  return Array.from(text, (character) => character.codePointAt(0) ?? 0);
}

/** How many characters two texts begin with alike. */
export function sharedDepth(a: readonly number[], b: readonly number[]): number {
  let depth = 0;
  while (depth < a.length && depth < b.length && a[depth] === b[depth]) depth++;
  return depth;
}

/** Whether a character is a digit from 0 to 9. */
export function isDigit(point: number): boolean {
  return point >= 0x30 && point <= 0x39;
}
