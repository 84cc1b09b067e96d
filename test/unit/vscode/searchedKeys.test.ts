import { expect, it, vi } from 'vitest';
import { fail, ok } from '../../../src/core/outcome.ts';
import type { ObjectEntry, ObjectStore } from '../../../src/core/s3/objectStore.ts';
import { KeyTable } from '../../../src/core/search/keyTable.ts';
import type { SearchSource } from '../../../src/vscode/search/searchCommands.ts';
import { SearchedKeys } from '../../../src/vscode/search/searchedKeys.ts';

/** The keys of a bucket that is listed by this. */
function searched(listKeys: ObjectStore['listKeys'], index?: object): SearchedKeys {
  const parts = {
    indexes: { read: async () => index },
    session: async () => ok({ store: { listKeys } }),
  };
  // @ts-expect-error Nothing else takes part here.
  const source: SearchSource = parts;
  const { signal } = new AbortController();
  return new SearchedKeys({ bucket: 'a', prefix: '' }, source, signal, () => {});
}

it('keys of an index are listed anew once, however often that is asked for', async () => {
  const listKeys = vi.fn<ObjectStore['listKeys']>(async () => ok({ items: [] }));
  const index = { head: { bucket: 'a', builtAt: 1, count: 0 }, table: new KeyTable() };
  const keys = searched(listKeys, index);
  await keys.begin();
  await Promise.all([keys.listAnew(), keys.listAnew()]);
  expect(listKeys).toHaveBeenCalledTimes(1);
  expect([keys.isFromIndex, keys.isListing]).toEqual([false, false]);
});

it('a listing that fails says why, not how many objects there are', async () => {
  const keys = searched(async () => fail({ code: 'bucket-missing', bucket: 'a' }));
  await keys.begin();
  expect(keys.isBroken).toBe(true);
  expect(keys.text).not.toMatch(/object/);
});

it('one object is one', async () => {
  const entry: ObjectEntry = {
    kind: 'object',
    key: 'a',
    size: 1,
    modified: undefined,
    etag: undefined,
    storageClass: 'STANDARD',
    archived: false,
  };
  const keys = searched(async () => ok({ items: [entry] }));
  await keys.begin();
  expect(keys.text).toBe('1 object');
});
