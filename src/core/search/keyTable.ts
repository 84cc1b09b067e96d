import type { KeyFilter } from '../s3/keyFilter.ts';
import { compareKeys } from '../s3/keyOrder.ts';
import { SEGMENT_ROWS, segmentOf, type KeyRow, type KeySegment } from './keySegment.ts';

/** Some of the rows that fit, and how many rows have been looked at for them. */
export interface Found {
  readonly rows: readonly KeyRow[];
  /** How many fit, which may be more than the rows that are given. */
  readonly count: number;
  readonly looked: number;
}

/**
 * Keys with sizes and dates, and nothing else: some fifty bytes each, outside the heap. They are
 * searched as bytes, which is many times as fast as one by one. What is kept as an index is in S3's
 * order; what is only searched, in any.
 */
export class KeyTable {
  readonly #segments: KeySegment[];
  #waiting: KeyRow[] = [];

  constructor(segments: readonly KeySegment[] = []) {
    this.#segments = [...segments];
  }

  get size(): number {
    return this.#segments.reduce((sum, { count }) => sum + count, this.#waiting.length);
  }

  /** What the rows are kept in, for whoever writes them down. */
  get segments(): readonly KeySegment[] {
    this.#settle();
    return this.#segments;
  }

  /** Adds rows behind those that there are. */
  append(rows: readonly KeyRow[]): void {
    for (const { key, size, modified } of rows) {
      this.#waiting.push({ key, size, modified });
      if (this.#waiting.length === SEGMENT_ROWS) this.#settle();
    }
  }

  /**
   * Looks for rows, some thousand at a time, so that whoever searches can let others have a turn in
   * between.
   *
   * @param from the number of the first row that is looked at
   * @param most how many rows are wanted of each turn
   */
  *find(filter: KeyFilter, from: number, most: () => number): Generator<Found, void, undefined> {
    const literals = this.#rarestFirst(filter);
    let before = 0;
    for (const segment of this.segments) {
      const first = Math.max(0, from - before);
      before += segment.count;
      if (first >= segment.count) continue;
      const fitting = segment.find(filter, literals, first);
      const rows = fitting.slice(0, most()).map((index) => segment.row(index));
      yield { rows, count: fitting.length, looked: segment.count - first };
    }
  }

  /**
   * The table with those of another in the place of all rows whose keys begin with a prefix. Both are in
   * S3's order.
   */
  replaced(prefix: string, others: KeyTable): KeyTable {
    const table = new KeyTable();
    let isPlaced = false;
    const place = (): void => {
      if (!isPlaced) for (const segment of others.segments) table.#take(segment);
      isPlaced = true;
    };
    for (const segment of this.segments) {
      const first = segment.row(0).key;
      const last = segment.row(segment.count - 1).key;
      if (compareKeys(last, prefix) < 0) {
        table.#take(segment);
      } else if (compareKeys(first, prefix) >= 0 && !first.startsWith(prefix)) {
        place();
        table.#take(segment);
      } else {
        const all = segment.rows();
        table.append(all.filter(({ key }) => compareKeys(key, prefix) < 0));
        place();
        table.append(
          all.filter(({ key }) => compareKeys(key, prefix) >= 0 && !key.startsWith(prefix)),
        );
      }
    }
    place();
    return table;
  }

  /** The literals of a filter by how rare they are in a sample. */
  #rarestFirst(filter: KeyFilter): readonly Buffer[] {
    const literals = filter.literals.map((literal) => Buffer.from(literal));
    const sample = this.#segments[this.#segments.length >> 1];
    if (literals.length < 2 || sample === undefined) return literals;
    return literals
      .map((literal) => ({ literal, count: sample.countWith(literal, filter) }))
      .toSorted((a, b) => a.count - b.count)
      .map(({ literal }) => literal);
  }

  #take(segment: KeySegment): void {
    this.#settle();
    this.#segments.push(segment);
  }

  #settle(): void {
    if (this.#waiting.length === 0) return;
    this.#segments.push(segmentOf(this.#waiting));
    this.#waiting = [];
  }
}
