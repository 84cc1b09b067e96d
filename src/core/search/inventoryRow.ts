import type { KeyRow } from './keySegment.ts';

/** What an inventory tells of an object, a version of one, or a delete marker. */
export interface ToldObject {
  readonly key: string | undefined;
  /** In bytes; a delete marker has none. */
  readonly size: number | undefined;
  readonly modified: Date | undefined;
  /** Whether there is a newer version. */
  readonly isOld: boolean;
  readonly isDeleteMarker: boolean;
}

/** The row of an object; nothing where it is not there any more; undefined where it is told wrongly. */
export function inventoryRow(told: ToldObject): readonly KeyRow[] | undefined {
  const { key, size, modified, isOld, isDeleteMarker } = told;
  if (isOld || isDeleteMarker) return [];
  return key === undefined ||
    key === '' ||
    size === undefined ||
    !Number.isSafeInteger(size) ||
    size < 0 ||
    Number.isNaN(modified?.getTime())
    ? undefined
    : [{ key, size, modified }];
}
