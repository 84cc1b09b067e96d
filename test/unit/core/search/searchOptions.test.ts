import { expect, it } from 'vitest';
import { parseIndexOptions, parseNoOptions } from '../../../../src/core/search/searchOptions.ts';

it('the manifest of an inventory is named by its S3 URI', () => {
  const uri = 's3://lists/films/daily/2026-11-24T01-00Z/manifest.json';
  const key = 'films/daily/2026-11-24T01-00Z/manifest.json';
  expect(parseIndexOptions({ inventory: uri })).toEqual({
    kind: 'ok',
    value: { inventory: { bucket: 'lists', key } },
  });
  expect(parseIndexOptions({})).toEqual({ kind: 'ok', value: {} });
});

it.each([
  's3://lists/film.mp4',
  's3://lists/old-manifest.json',
  's3://lists',
  'lists/manifest.json',
  '',
  7,
  null,
  { bucket: 'lists', key: 'manifest.json' },
])('what names no manifest is refused: %j', (inventory) => {
  expect(parseIndexOptions({ inventory })).toMatchObject({
    problem: { code: 'option-invalid', option: 'inventory' },
  });
});

it('an option that there is not is refused', () => {
  const problem = { code: 'option-invalid', option: 'inventary' };
  expect(parseIndexOptions({ inventary: 's3://a-b/manifest.json' })).toMatchObject({ problem });
  expect(parseNoOptions({ inventary: 1 })).toMatchObject({ problem });
  expect(parseNoOptions({})).toMatchObject({ kind: 'ok' });
});
