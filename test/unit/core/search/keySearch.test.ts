import { describe, expect, it } from 'vitest';
import { searchFor, searchLike, type KeySearch } from '../../../../src/core/search/keySearch.ts';
import type { KeyRow } from '../../../../src/core/search/keySegment.ts';
import { KeyTable } from '../../../../src/core/search/keyTable.ts';
import { valueOf } from '../valueOf.ts';

function rowsOf(...keys: readonly string[]): readonly KeyRow[] {
  return keys.map((key) => ({ key, size: 1, modified: undefined }));
}

function tableOf(...keys: readonly string[]): KeyTable {
  const table = new KeyTable();
  table.append(rowsOf(...keys));
  return table;
}

/** Looks at all that a table has, and gives what is found then. */
function keysFound(search: KeySearch | undefined, table: KeyTable): readonly string[] | undefined {
  for (const _ of search?.steps(table) ?? []);
  return search?.rows.map(({ key }) => key);
}

describe('a search', () => {
  it('goes on where a table has grown, and sees each row once', () => {
    const table = tableOf('a/film', 'a/text');
    const search = valueOf(searchFor('film', '', 10));
    expect(keysFound(search, table)).toEqual(['a/film']);
    expect(keysFound(search, table)).toEqual(['a/film']);
    table.append(rowsOf('b/film', 'b/text'));
    expect(keysFound(search, table)).toEqual(['a/film', 'b/film']);
    expect(search.count).toBe(2);
  });

  it('has what it finds in the order of S3, in whatever order it came', () => {
    const table = tableOf('𝄞', 'z', 'a/');
    const search = valueOf(searchFor('', '', 10));
    expect(keysFound(search, table)).toEqual(['a/', 'z', '𝄞']);
    table.append(rowsOf('～', 'a!'));
    expect(keysFound(search, table)).toEqual(['a!', 'a/', 'z', '～', '𝄞']);
  });

  it('keeps no more than are wanted, and counts all', () => {
    const search = valueOf(searchFor('1', '', 2));
    const keys = Array.from({ length: 30_000 }, (_, index) => String(index + 10_000));
    expect(keysFound(search, tableOf(...keys))).toEqual(['10000', '10001']);
    expect(search.count).toBe(keys.filter((key) => key.includes('1')).length);
  });

  it('is among the keys that begin with a prefix', () => {
    const table = tableOf('a/film', 'b/a/film', 'b/film');
    expect(keysFound(valueOf(searchFor('film', 'b/', 10)), table)).toEqual(['b/a/film', 'b/film']);
    expect(keysFound(valueOf(searchFor('a/*', 'a/', 10)), table)).toEqual(['a/film']);
    expect(keysFound(searchLike('flm', 'a/', 10), table)).toEqual(['a/film']);
  });

  it('is refused where its expression is none', () => {
    expect(searchFor('/(/', '', 10)).toMatchObject({ problem: { code: 'option-invalid' } });
  });
});

describe('a search for what is like a text', () => {
  it('keeps the nearest of all, however late they come', () => {
    const table = tableOf('f-i-l-m', 'fi-lm', 'zebra');
    const search = searchLike('film', '', 2);
    expect(keysFound(search, table)).toEqual(['fi-lm', 'f-i-l-m']);
    table.append(rowsOf('film'));
    expect(keysFound(search, table)).toEqual(['film', 'fi-lm']);
    expect(search?.count).toBe(3);
    expect(search?.isFuzzy).toBe(true);
  });

  it.each(['', ' ', '*.mp4', '/film/'])('is none where that is no words: %j', (text) => {
    expect(searchLike(text, '', 10)).toBeUndefined();
  });
});
