import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseKeyFilter } from '../../../../src/core/s3/keyFilter.ts';
import { compareKeys } from '../../../../src/core/s3/keyOrder.ts';
import type { KeyRow } from '../../../../src/core/search/keySegment.ts';
import { KeyTable } from '../../../../src/core/search/keyTable.ts';
import { valueOf } from '../valueOf.ts';

const someKey = fc.string({ unit: fc.constantFrom('a', 'B', 'b', '/', 'é', 'É', '𝄞', '\n', 'z') });
const someRows = fc
  .uniqueArray(
    fc.record({
      key: someKey,
      size: fc.nat(),
      modified: fc.option(
        fc.nat(2 ** 31).map((seconds) => new Date((seconds + 1) * 1000)),
        {
          nil: undefined,
        },
      ),
    }),
    { selector: ({ key }) => key },
  )
  .map((rows) => rows.toSorted((a, b) => compareKeys(a.key, b.key)));

function tableOf(rows: readonly KeyRow[]): KeyTable {
  const table = new KeyTable();
  table.append(rows);
  return table;
}

function found(table: KeyTable, text: string, from = 0, most = Infinity): readonly KeyRow[] {
  const filter = valueOf(parseKeyFilter(text));
  return Array.from(table.find(filter, from, () => most)).flatMap(({ rows }) => rows);
}

/** So many that they take several segments. */
function numbered(count: number): readonly KeyRow[] {
  return Array.from({ length: count }, (_, index) => ({
    key: `logs/${String(index).padStart(6, '0')}.gz`,
    size: index,
    modified: undefined,
  }));
}

describe('a table of keys', () => {
  it('has its rows as they were given', () => {
    fc.assert(
      fc.property(someRows, (rows) => {
        const table = tableOf(rows);
        expect(table.size).toBe(rows.length);
        expect(found(table, '')).toEqual(rows);
      }),
    );
  });

  it('finds what the filter fits, each once and in order', () => {
    const someText = fc.oneof(someKey, fc.constantFrom('*a*', 'B?', '/a.*b/', 'a b', 'é', 'É'));
    fc.assert(
      fc.property(someRows, someText, (rows, text) => {
        const filter = parseKeyFilter(text);
        if (filter.kind !== 'ok') return;
        expect(found(tableOf(rows), text)).toEqual(
          rows.filter(({ key }) => filter.value.fits(key)),
        );
      }),
      { numRuns: 1000 },
    );
  });

  it('finds rows from a number on, in whatever segment they are', () => {
    const rows = numbered(20_000);
    const table = tableOf(rows);
    expect(table.segments.length).toBeGreaterThan(2);
    for (const from of [0, 5, 8191, 8192, 19_999, 20_000]) {
      expect(found(table, 'gz', from)).toEqual(rows.slice(from));
      expect(found(table, '.*', from)).toEqual([]);
      expect(found(table, '/gz$/', from)).toEqual(rows.slice(from));
    }
  });

  it('tells how many fit, and how many were looked at, beyond those that are wanted', () => {
    const filter = valueOf(parseKeyFilter('1.gz'));
    const turns = Array.from(tableOf(numbered(20_000)).find(filter, 0, () => 3));
    expect(turns.flatMap(({ rows }) => rows)).toHaveLength(9);
    expect(turns.reduce((sum, { count }) => sum + count, 0)).toBe(2000);
    expect(turns.reduce((sum, { looked }) => sum + looked, 0)).toBe(20_000);
  });

  it('has other rows in the place of those of a prefix', () => {
    fc.assert(
      fc.property(someRows, someRows, someKey, (rows, others, prefix) => {
        const inserted = others.filter(({ key }) => key.startsWith(prefix));
        const kept = rows.filter(({ key }) => !key.startsWith(prefix));
        const table = tableOf(rows).replaced(prefix, tableOf(inserted));
        expect(found(table, '')).toEqual(
          [...kept, ...inserted].toSorted((a, b) => compareKeys(a.key, b.key)),
        );
      }),
      { numRuns: 1000 },
    );
  });

  it('keeps the segments that a prefix does not touch', () => {
    const table = tableOf(numbered(50_000));
    const replaced = table.replaced('logs/0200', new KeyTable());
    expect(replaced.size).toBe(49_900);
    expect(replaced.segments[0]).toBe(table.segments[0]);
    expect(replaced.segments.at(-1)).toBe(table.segments.at(-1));
  });
});
