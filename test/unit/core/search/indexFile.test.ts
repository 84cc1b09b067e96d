import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { indexBytes, readIndex, readIndexHead } from '../../../../src/core/search/indexFile.ts';
import { KeyTable } from '../../../../src/core/search/keyTable.ts';
import { fuzzyFilter } from '../../../../src/core/search/fuzzy.ts';
import type { KeyRow } from '../../../../src/core/search/keySegment.ts';

function tableOf(rows: readonly KeyRow[]): KeyTable {
  const table = new KeyTable();
  table.append(rows);
  return table;
}

const rows: readonly KeyRow[] = Array.from({ length: 10_000 }, (_, index) => ({
  key: `ordner/${String(index).padStart(6, '0')} ä\n`,
  size: index * 2 ** 33,
  modified: index % 2 === 0 ? undefined : new Date((1_700_000_000 + index) * 1000),
}));

const HEAD = { bucket: 'films', builtAt: 1_790_000_000 };

function fileOf(some: readonly KeyRow[]): Buffer {
  return Buffer.concat([...indexBytes(HEAD, tableOf(some))]);
}

function allOf(table: KeyTable): readonly KeyRow[] {
  return table.segments.flatMap((segment) => segment.rows());
}

describe('an index in a file', () => {
  it.each([0, 1, 3, 10_000])('is read as it was written: %d keys', (count) => {
    const read = readIndex(fileOf(rows.slice(0, count)));
    expect(read?.head).toEqual({ ...HEAD, count });
    expect(read && allOf(read.table)).toEqual(rows.slice(0, count));
  });

  it('says what it is by its first bytes', () => {
    expect(readIndexHead(fileOf(rows).subarray(0, 200))).toEqual({ ...HEAD, count: 10_000 });
  });

  it('is none where it is not whole', () => {
    const file = fileOf(rows.slice(0, 100));
    for (let length = 0; length < file.length; length += 7) {
      expect(readIndex(file.subarray(0, length))).toBeUndefined();
    }
  });

  it('is the very one that was written, or none, whatever has become of it', () => {
    const file = fileOf(rows.slice(0, 20));
    const change = fc.tuple(fc.nat(file.length - 1), fc.nat(255));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 8 }), (changes) => {
        const changed = Buffer.from(file);
        for (const [at, byte] of changes) changed[at] = byte;
        const read = readIndex(changed);
        expect(read && allOf(read.table)).toEqual(
          changed.equals(file) ? rows.slice(0, 20) : undefined,
        );
      }),
      { numRuns: 2000 },
    );
  });

  it('never breaks what reads it, though its digest is right', () => {
    const content = fileOf(rows.slice(0, 20)).subarray(0, -32);
    const change = fc.tuple(fc.nat(content.length - 1), fc.nat(255));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 8 }), (changes) => {
        const changed = Buffer.from(content);
        for (const [at, byte] of changes) changed[at] = byte;
        const digest = createHash('sha256').update(changed).digest();
        const read = readIndex(Buffer.concat([changed, digest]));
        if (read === undefined) return;
        expect(allOf(read.table)).toHaveLength(read.table.size);
        Array.from(read.table.find(fuzzyFilter('o'), 0, () => 10));
      }),
      { numRuns: 2000 },
    );
  });
});
