import { ok, type Result } from '../outcome.ts';
import { listRecursively } from './lister/listRecursively.ts';
import type { S3Place } from './location.ts';
import type { ObjectStore } from './objectStore.ts';

/** How much there is in a place. */
export interface ObjectCount {
  readonly objects: number;
  /** In all. */
  readonly bytes: number;
  /** False where there may be more than was counted. */
  readonly isWhole: boolean;
}

/** How many objects are counted: beyond, the exact number says nothing new. */
const ENOUGH = 20_000;

/**
 * Counts the objects below a place, however deep, until there are many of them or the signal fires.
 *
 * @param onCount what has been counted so far, page by page
 *
 * Errors: those of `ObjectStore.listKeys`.
 */
export async function countObjects(
  place: S3Place,
  store: Pick<ObjectStore, 'listKeys'>,
  signal: AbortSignal,
  onCount: (soFar: ObjectCount) => void = () => {},
): Promise<Result<ObjectCount>> {
  let soFar: ObjectCount = { objects: 0, bytes: 0, isWhole: false };
  for await (const page of listRecursively(place, store, signal)) {
    if (page.kind === 'problem') return page;
    if (page.kind === 'cancelled') return ok(soFar);
    soFar = {
      objects: soFar.objects + page.value.length,
      bytes: page.value.reduce((sum, { size }) => sum + size, soFar.bytes),
      isWhole: false,
    };
    onCount(soFar);
    if (soFar.objects >= ENOUGH) return ok(soFar);
  }
  return ok({ ...soFar, isWhole: true });
}
