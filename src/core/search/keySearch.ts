import type { Result } from '../outcome.ts';
import { ok } from '../outcome.ts';
import { parseKeyFilter, type KeyFilter } from '../s3/keyFilter.ts';
import { compareKeys } from '../s3/keyOrder.ts';
import { fuzzyDistance, fuzzyFilter } from './fuzzy.ts';
import type { KeyRow } from './keySegment.ts';
import type { KeyTable } from './keyTable.ts';

/** One search, which goes on where a table has grown. */
export class KeySearch {
  readonly #filter: KeyFilter;
  readonly #most: number;
  readonly #distance: ((key: string) => number) | undefined;
  #rows: readonly KeyRow[] = [];
  #count = 0;
  #looked = 0;

  /**
   * @param most how many rows are kept of those that fit; all of them are counted
   * @param distance how far a key is from what is looked for; the nearest are kept then, not the first
   */
  constructor(filter: KeyFilter, most: number, distance?: (key: string) => number) {
    this.#filter = filter;
    this.#most = most;
    this.#distance = distance;
  }

  /** Those that fit: those that came first, in S3's order, or the nearest of them. */
  get rows(): readonly KeyRow[] {
    return this.#rows;
  }

  /** How many fit. */
  get count(): number {
    return this.#count;
  }

  /** Whether keys fit that are only like what is looked for. */
  get isFuzzy(): boolean {
    return this.#distance !== undefined;
  }

  /** Looks at the rows of a table that it has not seen, a step for each few thousand of them. */
  *steps(table: KeyTable): Generator<void, void, undefined> {
    const most = (): number => (this.#distance ? Infinity : this.#most - this.#rows.length);
    for (const { rows, count, looked } of table.find(this.#filter, this.#looked, most)) {
      this.#count += count;
      this.#looked += looked;
      if (rows.length > 0) this.#keep(rows);
      yield;
    }
  }

  #keep(rows: readonly KeyRow[]): void {
    const distance = this.#distance;
    const all = [...this.#rows, ...rows];
    this.#rows =
      distance === undefined
        ? all.toSorted((a, b) => compareKeys(a.key, b.key))
        : all
            .map((row) => ({ row, far: distance(row.key) }))
            .toSorted((a, b) => a.far - b.far)
            .slice(0, this.#most)
            .map(({ row }) => row);
  }
}

/**
 * A search for what {@link parseKeyFilter} reads, among the keys that begin with a prefix.
 *
 * Errors: those of `parseKeyFilter`.
 */
export function searchFor(text: string, prefix: string, most: number): Result<KeySearch> {
  const filter = parseKeyFilter(text);
  return filter.kind === 'ok' ? ok(new KeySearch(within(prefix, filter.value), most)) : filter;
}

/** A search for what is like a text; undefined where it is empty, or more than words. */
export function searchLike(text: string, prefix: string, most: number): KeySearch | undefined {
  const filter = parseKeyFilter(text);
  if (filter.kind !== 'ok' || !filter.value.isLiteral || text.trim() === '') return undefined;
  return new KeySearch(
    within(prefix, fuzzyFilter(text)),
    most,
    (key) => fuzzyDistance(key, text) ?? Infinity,
  );
}

function within(prefix: string, filter: KeyFilter): KeyFilter {
  if (prefix === '') return filter;
  const { fits } = filter;
  return { ...filter, isLiteral: false, fits: (key) => key.startsWith(prefix) && fits(key) };
}
