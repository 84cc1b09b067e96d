import type { Outcome } from '../outcome.ts';
import type { S3Place } from './location.ts';
import type { ObjectEntry, ObjectStore } from './objectStore.ts';

/** The most that S3 gives at once. */
const PAGE_SIZE = 1000;

/**
 * All the objects of a place, however deep, some at a time and each exactly once, in S3's order. What
 * is not an `ok` is the last that comes. Whoever stops taking ends the listing.
 *
 * Errors: those of `ObjectStore.listKeys`.
 */
export async function* listRecursively(
  place: S3Place,
  store: Pick<ObjectStore, 'listKeys'>,
  signal: AbortSignal,
): AsyncGenerator<Outcome<readonly ObjectEntry[]>, void, undefined> {
  for (let after: string | undefined, isFirst = true; isFirst || after !== undefined;) {
    isFirst = false;
    const page = await store.listKeys(
      { ...place, pageSize: PAGE_SIZE, ...(after !== undefined && { after }) },
      signal,
    );
    if (page.kind !== 'ok') {
      yield page;
      return;
    }
    after = page.value.next;
    yield { kind: 'ok', value: page.value.items };
  }
}
