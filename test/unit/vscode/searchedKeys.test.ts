import { expect, it, vi } from 'vitest';
import { ok } from '../../../src/core/outcome.ts';
import type { ObjectStore } from '../../../src/core/s3/objectStore.ts';
import { KeyTable } from '../../../src/core/search/keyTable.ts';
import type { SearchSource } from '../../../src/vscode/search/searchCommands.ts';
import { SearchedKeys } from '../../../src/vscode/search/searchedKeys.ts';

it('keys of an index are listed anew once, however often that is asked for', async () => {
  const listKeys = vi.fn<ObjectStore['listKeys']>(async () => ok({ items: [] }));
  const index = { head: { bucket: 'a', builtAt: 1, count: 0 }, table: new KeyTable() };
  const parts = {
    indexes: { read: async () => index },
    session: async () => ok({ store: { listKeys } }),
  };
  // @ts-expect-error Nothing else takes part here.
  const source: SearchSource = parts;
  const { signal } = new AbortController();
  const keys = new SearchedKeys({ bucket: 'a', prefix: '' }, source, signal, () => {});
  await keys.begin();
  await Promise.all([keys.listAnew(), keys.listAnew()]);
  expect(listKeys).toHaveBeenCalledTimes(1);
  expect([keys.isFromIndex, keys.isListing]).toEqual([false, false]);
});
