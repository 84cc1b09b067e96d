import { compareKeys } from './keyOrder.ts';
import type { ListedObject, StoredObject, WritableObjectSource } from './objectSource.ts';

/** Objects in memory, their keys in a sorted array. */
export function memoryObjects(): WritableObjectSource {
  const objects = new Map<string, StoredObject>();
  const keys: string[] = [];

  /** Where a key is, or would be. */
  function position(key: string): number {
    let [low, high] = [0, keys.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compareKeys(keys[middle] ?? '', key) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  return {
    *from(key): Iterable<ListedObject> {
      for (let index = position(key); index < keys.length; index++) {
        const object = objects.get(keys[index] ?? '');
        if (object !== undefined) yield object;
      }
    },
    get: (key) => objects.get(key),
    set(object) {
      if (!objects.has(object.key)) keys.splice(position(object.key), 0, object.key);
      objects.set(object.key, object);
    },
    delete(key) {
      if (objects.delete(key)) keys.splice(position(key), 1);
    },
  };
}
