import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCsvReader, type CsvRecord } from '../../../../src/core/search/csvReader.ts';

/** Undefined where it is no CSV. */
function readAll(pieces: readonly string[]): readonly CsvRecord[] | undefined {
  const reader = createCsvReader();
  const records: CsvRecord[] = [];
  for (const piece of pieces) {
    const read = reader.read(piece);
    if (read === undefined) return undefined;
    records.push(...read);
  }
  const last = reader.end();
  return last && [...records, ...last];
}

const someField = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', 'é') });

describe('comma-separated values', () => {
  it('are read as they were written, wherever the pieces are cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(someField, { minLength: 2 })),
        fc.constantFrom('\n', '\r\n'),
        fc.array(fc.nat(200)),
        (records, end, cuts) => {
          const text = records.map((record) => record.map(quoted).join(',') + end).join('');
          const places = [0, ...cuts.toSorted((a, b) => a - b), text.length];
          const pieces = places.map((from, index) => text.slice(from, places[index + 1]));
          expect(readAll(pieces.slice(0, -1))).toEqual(records);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('need no quotation marks, and no end of the last line', () => {
    expect(readAll(['a,b\r\n,"c"\n1,'])).toEqual([
      ['a', 'b'],
      ['', 'c'],
      ['1', ''],
    ]);
    expect(readAll(['a,"b"'])).toEqual([['a', 'b']]);
    expect(readAll([])).toEqual([]);
  });

  it.each(['a,"b', '"a"b,c\n', '"a" ,b\n', 'a\rb\n', `"${'a'.repeat(70_000)}`])(
    'are none where a line is not whole: %.20j',
    (text) => {
      expect(readAll([text])).toBeUndefined();
    },
  );

  it('are given up where a quotation mark takes in all that follows', () => {
    const reader = createCsvReader();
    reader.read('"');
    const pieces = Array.from({ length: 10 }, () => reader.read('a,b\n'.repeat(4000)));
    expect(pieces).toContain(undefined);
  });
});

function quoted(field: string): string {
  return `"${field.replaceAll('"', '""')}"`;
}
