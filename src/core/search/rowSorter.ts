import { compareKeys } from '../s3/keyOrder.ts';
import { SEGMENT_ROWS, type KeyRow, type KeySegment } from './keySegment.ts';
import { KeyTable } from './keyTable.ts';

/** Takes rows in any order, and gives them in S3's, each key once. */
export interface RowSorter {
  readonly count: number;
  add(rows: readonly KeyRow[]): void;
  /** Puts all rows into a table that is empty, a step for each few thousand of them. */
  steps(table: KeyTable): Generator<void, void, undefined>;
}

/**
 * Rows are kept as bytes, as in the table, so that millions of them find room: some thousand at a time
 * are sorted and put behind those that they follow, or where they follow none, beside them. What comes
 * in order, as files of an inventory mostly do, is sorted at once.
 */
export function createRowSorter(): RowSorter {
  const runs: { readonly table: KeyTable; last: string }[] = [];
  let waiting: KeyRow[] = [];
  let count = 0;

  function settle(): void {
    const sorted = waiting.toSorted((a, b) => compareKeys(a.key, b.key));
    waiting = [];
    const [first, last] = [sorted[0]?.key, sorted.at(-1)?.key];
    if (first === undefined || last === undefined) return;
    let run = runs.find((one) => compareKeys(one.last, first) < 0);
    if (run === undefined) {
      run = { table: new KeyTable(), last };
      runs.push(run);
    }
    run.table.append(sorted);
    run.last = last;
  }

  return {
    get count() {
      return count;
    },
    add(rows) {
      count += rows.length;
      for (const row of rows) {
        waiting.push(row);
        if (waiting.length === SEGMENT_ROWS) settle();
      }
    },
    *steps(table) {
      settle();
      let rows: KeyRow[] = [];
      for (const row of merged(runs.map((run) => rowsOf(run.table.segments)))) {
        const before = rows.at(-1);
        if (before?.key === row.key) {
          // It was overwritten while S3 listed: what came later is there now.
          if (isLater(row, before)) rows[rows.length - 1] = row;
          continue;
        }
        if (rows.length === SEGMENT_ROWS) {
          table.append(rows);
          rows = [];
          yield;
        }
        rows.push(row);
      }
      table.append(rows);
    },
  };
}

function isLater(a: KeyRow, b: KeyRow): boolean {
  return (a.modified?.getTime() ?? 0) > (b.modified?.getTime() ?? 0);
}

function* rowsOf(segments: readonly KeySegment[]): Generator<KeyRow, void, undefined> {
  for (const segment of segments) {
    for (let index = 0; index < segment.count; index++) yield segment.row(index);
  }
}

/** The rows of several sources that are in order each. */
function* merged(
  sources: readonly Generator<KeyRow, void, undefined>[],
): Generator<KeyRow, void, undefined> {
  const [only, ...others] = sources;
  if (only === undefined) return;
  if (others.length === 0) {
    yield* only;
    return;
  }
  const middle = sources.length >> 1;
  const left = merged(sources.slice(0, middle));
  const right = merged(sources.slice(middle));
  let [a, b] = [left.next(), right.next()];
  while (!a.done && !b.done) {
    if (compareKeys(b.value.key, a.value.key) < 0) {
      yield b.value;
      b = right.next();
    } else {
      yield a.value;
      a = left.next();
    }
  }
  for (; !a.done; a = left.next()) yield a.value;
  for (; !b.done; b = right.next()) yield b.value;
}
