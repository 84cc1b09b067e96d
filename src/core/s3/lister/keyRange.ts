import { codePointsOf, sharedDepth } from './codePoints.ts';
import type { KeyModel } from './keyModel.ts';
import { compareKeys } from '../keyOrder.ts';
import type { ObjectEntry, Page } from '../objectStore.ts';
import { splitPoint } from './splitPoint.ts';

/** A stretch of a place's keys that is listed page by page, by one lister at a time. */
export interface KeyRange {
  /** What has been listed ends with this key. */
  after: string;
  /** The last key that may belong here; undefined where only the end of the place is the end. */
  upTo: string | undefined;
  /** The `next` of the page before. */
  next: string | undefined;
  /** The first key that was found, and how many were. */
  first: string | undefined;
  found: number;
  /** How many keys are expected to be left. */
  expected: number;
  /** Whether it was split on the mere chance that more is left than expected, since its last page. */
  isGuessedAt: boolean;
  isUnderWay: boolean;
  /** Whether its folders are being looked for. */
  isScouted: boolean;
  isWhole: boolean;
  /** Pages that nobody has taken yet. */
  readonly pages: (readonly ObjectEntry[])[];
}

/** The range of all keys above one, of which nothing is known yet. */
export function newRange(after: string, upTo: string | undefined): KeyRange {
  return {
    after,
    upTo,
    next: undefined,
    first: undefined,
    found: 0,
    expected: 0,
    isGuessedAt: false,
    isUnderWay: false,
    isScouted: false,
    isWhole: false,
    pages: [],
  };
}

/** Takes in a page of a range: what of it lies inside. */
export function takePage(
  range: KeyRange,
  { items, next }: Page<ObjectEntry>,
  prefix: string,
  model: KeyModel,
): void {
  const inside = within(items, range);
  const last = inside.at(-1)?.key;
  range.isWhole = next === undefined || reachesEnd(items, range);
  range.next = next;
  range.isGuessedAt = false;
  if (last === undefined) return;
  range.first ??= inside[0]?.key;
  range.after = last;
  range.found += inside.length;
  range.pages.push(inside);
  range.expected = range.isWhole ? 0 : expectedIn(range, prefix, model);
}

/** Leaves out what lies outside: a page does not know where its range has been cut meanwhile. */
function within(items: readonly ObjectEntry[], { after, upTo }: KeyRange): readonly ObjectEntry[] {
  const isInside = ({ key }: ObjectEntry): boolean =>
    compareKeys(after, key) < 0 && (upTo === undefined || compareKeys(key, upTo) <= 0);
  const [first, last] = [items[0], items.at(-1)];
  // A page is in order, so its ends tell of all of it.
  return first && last && isInside(first) && isInside(last) ? items : items.filter(isInside);
}

function reachesEnd(items: readonly ObjectEntry[], { upTo }: KeyRange): boolean {
  const last = items.at(-1)?.key;
  return last !== undefined && upTo !== undefined && compareKeys(last, upTo) >= 0;
}

/** As many as so far for each part of the way that was gone so far. */
function expectedIn(range: KeyRange, prefix: string, model: KeyModel): number {
  const { first = '', after, upTo, found } = range;
  const [from, now] = [codePointsOf(first), codePointsOf(after)];
  const end = upTo === undefined ? undefined : codePointsOf(upTo);
  const depth = sharedDepth(from, end ?? codePointsOf(prefix));
  const position = model.positionOf(now, depth);
  const gone = position - model.positionOf(from, depth);
  const ahead = (end === undefined ? 1 : model.positionOf(end, depth)) - position;
  return gone > 0 ? (found * ahead) / gone : 0;
}

/**
 * Cuts a range in two, and gives the second one; undefined where no place to cut at is found.
 *
 * @param fraction of what is left that the first one keeps, about
 */
export function cutRange(
  range: KeyRange,
  fraction: number,
  prefix: string,
  model: KeyModel,
): KeyRange | undefined {
  const point = splitPoint(range, fraction, prefix, model);
  if (point === undefined) return undefined;
  const second = newRange(point, range.upTo);
  const { expected } = range;
  range.upTo = point;
  range.expected = expectedIn(range, prefix, model);
  second.expected = Math.max(0, expected - range.expected);
  return second;
}
