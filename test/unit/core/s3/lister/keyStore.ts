import { cancelled, fail, ok, type Outcome } from '../../../../../src/core/outcome.ts';
import type { Problem } from '../../../../../src/core/problem.ts';
import { compareKeys } from '../../../../../src/core/s3/keyOrder.ts';
import type {
  ListObjectsRequest,
  ObjectEntry,
  ObjectStore,
  Page,
} from '../../../../../src/core/s3/objectStore.ts';

/** A store of keys, which notes what it was asked. */
interface KeyStore extends Pick<ObjectStore, 'listKeys' | 'listObjects'> {
  /** The requests for keys, in the order in which they came. */
  readonly asked: readonly ListObjectsRequest[];
  /** Those for levels. */
  readonly levels: readonly ListObjectsRequest[];
  /** How many requests for keys were under way at a time, at most. */
  peak(): number;
}

interface KeyStoreOptions {
  /** What a request for keys fails with. */
  readonly failing?: (request: ListObjectsRequest) => Problem | undefined;
  /** What an answer waits for: one turn of the event loop, unless given. */
  readonly latency?: () => Promise<unknown>;
}

/** A turn of the event loop. */
export function turn(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}

/** An object of ten bytes. */
export function objectOf(key: string): ObjectEntry {
  return {
    kind: 'object',
    key,
    size: 10,
    modified: undefined,
    etag: undefined,
    storageClass: 'STANDARD',
    archived: false,
  };
}

/** A store of the keys that are given, in any order. */
export function keyStore(
  given: Iterable<string>,
  { failing = () => undefined, latency = turn }: KeyStoreOptions = {},
): KeyStore {
  const keys = [...new Set(given)].toSorted(compareKeys);
  const asked: ListObjectsRequest[] = [];
  const levels: ListObjectsRequest[] = [];
  let [underWay, peak] = [0, 0];

  /** The index of the first key for which something holds, as it does for all behind it. */
  function firstWhere(holds: (key: string) => boolean): number {
    let [low, high] = [0, keys.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (holds(keys[middle] ?? '')) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  function pageOf({ prefix, pageSize, after, startAfter }: ListObjectsRequest): Page<ObjectEntry> {
    const isBehind = (key: string): boolean =>
      compareKeys(key, prefix) >= 0 &&
      (startAfter === undefined || compareKeys(key, startAfter) > 0);
    const first = after === undefined ? firstWhere(isBehind) : Number(after);
    const last = first + pageSize;
    const inside = keys.slice(first, last).filter((key) => key.startsWith(prefix));
    const isMore = inside.length === pageSize && keys[last]?.startsWith(prefix);
    return { items: inside.map(objectOf), ...(isMore && { next: String(last) }) };
  }

  return {
    asked,
    levels,
    peak: () => peak,
    async listKeys(request, signal): Promise<Outcome<Page<ObjectEntry>>> {
      asked.push(request);
      peak = Math.max(peak, ++underWay);
      await latency();
      underWay--;
      if (signal.aborted) return cancelled;
      const problem = failing(request);
      return problem === undefined ? ok(pageOf(request)) : fail(problem);
    },
    async listObjects(request) {
      levels.push(request);
      await latency();
      const { prefix, startAfter = '' } = request;
      const folders = keys
        .filter((key) => key.startsWith(prefix) && key.includes('/', prefix.length))
        .map((key) => key.slice(0, key.indexOf('/', prefix.length) + 1))
        .filter((folder) => compareKeys(folder, startAfter) > 0);
      return ok({
        items: [...new Set(folders)].map((folder) => ({ kind: 'prefix', prefix: folder })),
      });
    },
  };
}
