import type { Outcome } from '../outcome.ts';
import type { ObjectStore } from '../s3/objectStore.ts';

/** How many levels are gone down before a bucket is taken to have nothing to try. */
const DEEPEST = 8;

/**
 * An object to try a link of: the first one below a prefix that can be read as it is, found level by
 * level. Undefined where there is none near.
 *
 * Errors: those of a listing.
 */
export async function sampleKey(
  store: ObjectStore,
  bucket: string,
  prefix: string,
  signal: AbortSignal,
): Promise<Outcome<string | undefined>> {
  let level: string | undefined = prefix;
  for (let depth = 0; level !== undefined && depth < DEEPEST; depth++) {
    const page = await store.listObjects({ bucket, prefix: level, pageSize: 100 }, signal);
    if (page.kind !== 'ok') return page;
    const { items } = page.value;
    const object = items.find(
      (item) => item.kind === 'object' && !item.archived && !item.key.endsWith('/'),
    );
    if (object?.kind === 'object') return { kind: 'ok', value: object.key };
    const folder = items.find((item) => item.kind === 'prefix');
    level = folder?.kind === 'prefix' ? folder.prefix : undefined;
  }
  return { kind: 'ok', value: undefined };
}
