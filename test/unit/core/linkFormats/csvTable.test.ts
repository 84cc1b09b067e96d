import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CSV_TABLE } from '../../../../src/core/linkFormats/csvTable.ts';
import { valueOf } from '../valueOf.ts';
import { hostileKey, SIGNED_URL, someLink, unsignedLink } from './someLink.ts';

/** Rows as a strict reader of RFC 4180 has them. */
function rowsOf(keys: readonly string[]): readonly (readonly string[])[] {
  const text = valueOf(CSV_TABLE.write(keys.map((key) => someLink(key))));
  return parse(text, { record_delimiter: '\r\n' });
}

/** What the README says of cells: an apostrophe at the beginning is taken off. */
function meant(cell: string): string {
  return cell.replace(/^'/, '');
}

describe('a table', () => {
  it('has a header, and a row for each object', () => {
    expect(rowsOf(['a b.txt', 'c/d,e'])).toEqual([
      ['bucket', 'key', 'url', 'expires'],
      ['films', 'a b.txt', SIGNED_URL, '2026-12-24T17:00:00Z'],
      ['films', 'c/d,e', SIGNED_URL, '2026-12-24T17:00:00Z'],
    ]);
  });

  it('has an empty end for a URL without a signature', () => {
    const text = valueOf(CSV_TABLE.write([unsignedLink('a')]));
    expect(parse(text)[1]).toEqual(['films', 'a', 'https://files.example.com/a_', '']);
  });

  it('is read back to the very keys, whatever is in them', () => {
    fc.assert(
      fc.property(fc.array(hostileKey, { minLength: 1, maxLength: 4 }), (keys) => {
        const rows = rowsOf(keys).slice(1);
        expect(rows.map(([, key = '']) => meant(key))).toEqual(keys);
        expect(rows.map(([, , url]) => url)).toEqual(keys.map(() => SIGNED_URL));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('a cell', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1', "=cmd|' /C calc'!A0"])(
    'is text to a spreadsheet, not a formula: %j',
    (key) => {
      expect(rowsOf([key])[1]?.[1]).toBe(`'${key}`);
    },
  );

  it('that begins with an apostrophe gets another, so that one can be taken off', () => {
    expect(rowsOf(["'=a"])[1]?.[1]).toBe("''=a");
  });

  it('never begins like a formula', () => {
    fc.assert(
      fc.property(hostileKey, (key) => {
        expect(
          rowsOf([key])
            .flat()
            .filter((cell) => /^[=+\-@\t\r\n＝＋－＠]/.test(cell)),
        ).toEqual([]);
      }),
    );
  });
});
