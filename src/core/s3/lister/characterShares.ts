import { type CodePoints, isDigit } from './codePoints.ts';

/** What a place in a key may hold: characters in S3's order, each with a share of the whole. */
export interface CharacterShares {
  /** Of a character; 0 for one that is not expected. */
  of(point: number): number;
  /** Of all below it together. */
  below(point: number): number;
  /** The character that a part of the whole falls to, from 0 up to 1; undefined where none is known. */
  at(part: number): number | undefined;
}

/**
 * How likely a character is that was not seen at a place. Where one digit is all that was, others are
 * yet to come: numbers are counted up. Where it is one letter, it belongs to a word.
 */
const UNSEEN = { besideOneDigit: 0.5, besideOneLetter: 0.02, besideSeveral: 0.1 };

/**
 * Shares out a place to what was seen there, each alike, and a little to what was seen elsewhere.
 *
 * @param seen at the place
 * @param others that may come anywhere
 * @param folders how many were seen that have this place: the more, the less is yet to come
 */
export function shareOut(seen: CodePoints, others: CodePoints, folders: number): CharacterShares {
  const count = seen.points.length;
  // A character seen may be none of the others only where it is alone.
  const [only] = count === 1 ? seen.points : [];
  const isApart = only !== undefined && !others.has(only);
  const unseen = others.points.length - (isApart ? 0 : count);
  const forUnseen = unseen === 0 ? 0 : count === 0 ? 1 : chanceBeside(only) / folders;
  const each = count === 0 ? 0 : (1 - forUnseen) / count;
  const eachUnseen = unseen === 0 ? 0 : forUnseen / unseen;

  const of = (point: number): number =>
    seen.has(point) ? each : others.has(point) ? eachUnseen : 0;
  const below = (point: number): number => {
    const seenBelow = seen.countBelow(point);
    return each * seenBelow + eachUnseen * (others.countBelow(point) - (isApart ? 0 : seenBelow));
  };

  return {
    of,
    below,
    at(part) {
      if (isApart && part >= below(only) && part < below(only) + each) return only;
      let [low, high] = [0, others.points.length];
      while (high - low > 1) {
        const middle = (low + high) >>> 1;
        if (below(others.points[middle] ?? 0) <= part) low = middle;
        else high = middle;
      }
      return others.points[low];
    },
  };
}

function chanceBeside(only: number | undefined): number {
  if (only === undefined) return UNSEEN.besideSeveral;
  return isDigit(only) ? UNSEEN.besideOneDigit : UNSEEN.besideOneLetter;
}
