import { createKeyModel } from './keyModel.ts';
import { cutRange, type KeyRange, newRange, takePage } from './keyRange.ts';
import { type ObjectEntry, type Page, PAGE_SIZE } from '../objectStore.ts';

/** How a listing goes about it. */
export interface ListingOptions {
  /** Whether objects come in S3's order. */
  readonly ordered: boolean;
  /** How many requests may be under way at a time, at most. */
  readonly atOnce: number;
}

/** What is to be asked next: a page of a range, or which folders are beside where one stands. */
export type ListingStep =
  | { readonly kind: 'keys'; readonly range: KeyRange }
  | { readonly kind: 'folders'; readonly range: KeyRange; readonly folder: string };

/** Who lists what: a place's keys as ranges, each listed by one lister at a time. */
export interface ListingPlan {
  /** What one more lister can do now; its range is taken to be under way from then on. */
  next(): ListingStep | undefined;
  /** Takes in a page of a range. */
  addKeys(range: KeyRange, page: Page<ObjectEntry>): void;
  /** Takes in what was found where folders were asked for: nothing, perhaps. */
  addFolders(range: KeyRange, folders: readonly string[]): void;
  /** Objects that may be handed out now. */
  take(): readonly ObjectEntry[] | undefined;
  /** Whether all objects have been taken. */
  readonly isOver: boolean;
}

/** How many pages for each lister may be under way or wait to be taken. */
const PAGES_AHEAD = 4;

/** Of so many keys of a page one is learned from. */
const LEARNED_FROM = 16;

/** Fewer keys than this are not worth a lister of their own: the last page of each is wasted in part. */
const LEAST_PART = 2 * PAGE_SIZE;

/** How many times as many keys as have come may be believed to be in a range. */
const TRUST = 12;

/** How much of all pages may be wasted before ranges are no longer taken for longer than expected. */
const WASTE = 0.1;

/** Folders are asked for once, and again whenever so many times as many pages have come. */
const SCOUTING = 4;

/**
 * A plan that begins with a place's keys as one range. A lister without work takes half of the range
 * that has most left, as far as the keys seen tell; in a bucket with folders, their names are asked
 * for now and then, and ever more rarely: in most buckets they are alike. A guess that is wrong costs a
 * request and no key.
 *
 * Where order is asked for, what comes early has to wait. So listers keep close to what is taken next
 * and rest where too much waits, the sooner the farther away they are; the first range alone always
 * goes on.
 *
 * @param hasFolders whether folders can be asked for
 */
export function createListingPlan(
  prefix: string,
  { ordered, atOnce }: ListingOptions,
  hasFolders: boolean,
): ListingPlan {
  const model = createKeyModel();
  const ahead = PAGES_AHEAD * atOnce * PAGE_SIZE;
  /** In order, and together all that has not been taken. */
  const ranges = [newRange('', undefined)];
  const scouted = new Set<string>();
  /** Pages that came, and what they lacked of keys of their ranges, in pages. */
  let [pages, wasted] = [0, 0];
  let [underWay, waiting] = [0, 0];

  function begin(range: KeyRange): ListingStep {
    range.isUnderWay = true;
    underWay++;
    return { kind: 'keys', range };
  }

  /** The outermost folder around the next key of a range that was not looked into. */
  function folderToScout({ after }: KeyRange): string | undefined {
    if (!hasFolders || SCOUTING ** scouted.size > pages) return undefined;
    for (let end = prefix.length; after.includes('/', end); end = after.indexOf('/', end) + 1) {
      const folder = after.slice(0, end);
      if (!scouted.has(folder)) return folder;
    }
    return undefined;
  }

  function share(range: KeyRange, fraction: number): ListingStep | undefined {
    const folder = folderToScout(range);
    if (folder !== undefined) {
      scouted.add(folder);
      range.isScouted = true;
      underWay++;
      return { kind: 'folders', range, folder };
    }
    range.isGuessedAt = range.expected < 2 * LEAST_PART;
    const second = cutRange(range, fraction, prefix, model);
    if (second === undefined) return undefined;
    ranges.splice(ranges.indexOf(range) + 1, 0, second);
    return begin(second);
  }

  return {
    next() {
      const taken = waiting + underWay * PAGE_SIZE;
      const credible = TRUST * (pages - wasted) * PAGE_SIZE;
      const least = wasted <= WASTE * pages + 1 ? PAGE_SIZE : 2 * LEAST_PART;
      let offset = 0;
      let [longest, most]: [KeyRange | undefined, number] = [undefined, least];
      for (const range of ranges) {
        const isFull = taken + (ordered ? offset / 2 : 0) >= ahead;
        const waits = !range.isWhole && !range.isUnderWay;
        if (waits && (!isFull || (offset === 0 && range.pages.length === 0))) return begin(range);
        if (isFull) break;
        const near = Math.min(range.expected, credible, ordered ? ahead - offset : Infinity);
        if (near >= most && isDivisible(range)) [longest, most] = [range, near];
        offset += sizeOf(range) + Math.max(range.expected, PAGE_SIZE);
        if (ordered && offset >= ahead) break;
      }
      return longest && share(longest, most / longest.expected / 2);
    },

    addKeys(range, page) {
      underWay--;
      pages++;
      range.isUnderWay = false;
      const before = sizeOf(range);
      for (let index = 0; index < page.items.length; index += LEARNED_FROM) {
        model.learn(page.items[index]?.key ?? '', LEARNED_FROM);
      }
      takePage(range, page, prefix, model);
      const came = sizeOf(range) - before;
      waiting += came;
      wasted += 1 - came / PAGE_SIZE;
    },

    addFolders(range, folders) {
      underWay--;
      range.isScouted = false;
      for (const folder of folders) model.learn(folder, PAGE_SIZE);
    },

    take() {
      const end = ordered ? 1 : ranges.length;
      for (let index = 0; index < Math.min(end, ranges.length);) {
        const range = ranges[index];
        const page = range?.pages.shift();
        if (page !== undefined) {
          waiting -= page.length;
          return page;
        }
        if (range?.isWhole) ranges.splice(index, 1);
        else index++;
      }
      return undefined;
    },

    get isOver() {
      return ranges.length === 0;
    },
  };
}

/**
 * Of a range that has brought no key, nothing is known; where little is left, it is taken for more
 * once a page.
 */
function isDivisible(range: KeyRange): boolean {
  return range.isUnderWay && range.first !== undefined && !range.isScouted && !range.isGuessedAt;
}

function sizeOf({ pages }: KeyRange): number {
  return pages.reduce((size, page) => size + page.length, 0);
}
