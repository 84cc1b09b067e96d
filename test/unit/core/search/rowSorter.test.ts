import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareKeys } from '../../../../src/core/s3/keyOrder.ts';
import type { KeyRow } from '../../../../src/core/search/keySegment.ts';
import { KeyTable } from '../../../../src/core/search/keyTable.ts';
import { createRowSorter } from '../../../../src/core/search/rowSorter.ts';

function sorted(rows: readonly KeyRow[], some = 1000): readonly KeyRow[] {
  const sorter = createRowSorter();
  for (let at = 0; at < rows.length; at += some) sorter.add(rows.slice(at, at + some));
  expect(sorter.count).toBe(rows.length);
  const table = new KeyTable();
  for (const _ of sorter.steps(table));
  return table.segments.flatMap((segment) => segment.rows());
}

function row(key: string, seconds: number): KeyRow {
  return { key, size: seconds, modified: new Date((1_700_000_000 + seconds) * 1000) };
}

/** The same numbers at each run, in an order that has none. */
function shuffled(count: number): readonly number[] {
  // 7919 is prime, and no factor of any count that is used here.
  return Array.from({ length: count }, (_, index) => (index * 7919) % count);
}

describe('rows in any order', () => {
  it.each([0, 1, 8191, 8192, 8193, 50_000])('are put into that of S3: %d rows', (count) => {
    const rows = shuffled(count).map((number) => row(String(number).padStart(6, '0'), number));
    expect(sorted(rows)).toEqual(rows.toSorted((a, b) => compareKeys(a.key, b.key)));
  });

  it('are in that of S3, which is not that of UTF-16', () => {
    const keys = ['\u{ff5e}', '\u{1d11e}', 'z', 'Z', 'a/', 'a', 'a!'];
    expect(sorted(keys.map((key) => row(key, 1))).map(({ key }) => key)).toEqual([
      'Z',
      'a',
      'a!',
      'a/',
      'z',
      '\u{ff5e}',
      '\u{1d11e}',
    ]);
  });

  it('are each key once, as it was last', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.nat(9))), (pairs) => {
        const latest = new Map<string, number>();
        for (const [key, seconds] of pairs) {
          latest.set(key, Math.max(seconds, latest.get(key) ?? 0));
        }
        const rows = pairs.map(([key, seconds]) => row(key, seconds));
        expect(sorted(rows, 2)).toEqual(
          [...latest].toSorted(([a], [b]) => compareKeys(a, b)).map((pair) => row(...pair)),
        );
      }),
    );
  });

  it('are each key once, where that comes again much later', () => {
    const keys = [...shuffled(20_000), ...shuffled(20_000)].map(String);
    const rows = keys.map((key, index) => row(key, index));
    const once = sorted(rows);
    expect(once).toHaveLength(20_000);
    expect(once.every(({ size }) => size >= 20_000)).toBe(true);
  });
});
