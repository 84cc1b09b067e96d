import { ok, type Outcome } from '../../core/outcome.ts';
import type { S3Place } from '../../core/s3/location.ts';
import { listRecursively } from '../../core/s3/lister/listRecursively.ts';
import type { ObjectEntry, ObjectStore } from '../../core/s3/objectStore.ts';

/**
 * Lists all that a place holds and hands it on as it comes, in no order.
 *
 * Errors: those of `listRecursively`.
 */
export async function listInto(
  place: S3Place,
  store: ObjectStore,
  signal: AbortSignal,
  take: (entries: readonly ObjectEntry[]) => void,
): Promise<Outcome<void>> {
  for await (const entries of listRecursively(place, store, signal, { ordered: false })) {
    if (entries.kind !== 'ok') return entries;
    take(entries.value);
  }
  return ok(undefined);
}
