import type { ObjectEntry, ObjectStore, PrefixEntry } from '../../../src/core/s3/objectStore.ts';
import { inParallel } from './inParallel.ts';

/** As many as the tree asks for by default. */
const PAGE_SIZE = 300;

const LEVELS_AT_A_TIME = 10;

type Entry = ObjectEntry | PrefixEntry;

/** The keys of all objects of a bucket, reached as the tree reaches them: every prefix opened. */
export async function listEverything(store: ObjectStore, bucket: string): Promise<string[]> {
  const keys: string[] = [];
  let prefixes = [''];
  while (prefixes.length > 0) {
    const levels = await inParallel(prefixes, LEVELS_AT_A_TIME, (prefix) =>
      listLevel(store, bucket, prefix),
    );
    prefixes = [];
    for (const entry of levels.flat()) {
      if (entry.kind === 'object') keys.push(entry.key);
      else prefixes.push(entry.prefix);
    }
  }
  return keys;
}

async function listLevel(store: ObjectStore, bucket: string, prefix: string): Promise<Entry[]> {
  const entries: Entry[] = [];
  const { signal } = new AbortController();
  let after: string | undefined;
  do {
    const page = await store.listObjects(
      { bucket, prefix, pageSize: PAGE_SIZE, ...(after !== undefined && { after }) },
      signal,
    );
    if (page.kind !== 'ok') throw new Error(`${JSON.stringify(prefix)}: ${JSON.stringify(page)}`);
    entries.push(...page.value.items);
    after = page.value.next;
  } while (after !== undefined);
  return entries;
}
