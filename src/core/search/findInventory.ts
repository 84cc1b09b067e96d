import { ok, type Outcome } from '../outcome.ts';
import type { S3Place } from '../s3/location.ts';
import { PAGE_SIZE, type ObjectStore } from '../s3/objectStore.ts';
import {
  inventoryFormat,
  parseInventoryManifest,
  type InventoryManifest,
} from './inventoryManifest.ts';
import type { InventoryReader } from './inventoryReader.ts';

/** Such as `2026-11-24T01-00Z/`, which sorts by time. */
const DATED = /^\d{4}-\d{2}-\d{2}T\d{2}-\d{2}Z\/$/;

/** A folder may be there before its manifest is. */
const TRIED = 2;

/**
 * The newest inventory that lists all of a bucket, of those that can be read; undefined where there is
 * none.
 *
 * Errors: those of what is asked.
 */
export async function findInventory(
  bucket: string,
  reader: Pick<InventoryReader, 'listConfigurations' | 'readText'>,
  store: Pick<ObjectStore, 'listObjects'>,
  signal: AbortSignal,
): Promise<Outcome<InventoryManifest | undefined>> {
  const configurations = await reader.listConfigurations(bucket, signal);
  if (configurations.kind !== 'ok') return configurations;
  let newest: InventoryManifest | undefined;
  for (const { format, isWhole, place } of configurations.value) {
    if (inventoryFormat(format) === undefined || !isWhole) continue;
    const folders = await datedFolders(place, store, signal);
    if (folders.kind !== 'ok') return folders;
    const manifest = await newestManifest(place.bucket, folders.value, reader, signal);
    if (manifest.kind !== 'ok') return manifest;
    const { value } = manifest;
    if (value?.bucket === bucket && value.createdAt > (newest?.createdAt ?? 0)) newest = value;
  }
  return ok(newest);
}

async function datedFolders(
  { bucket, prefix }: S3Place,
  store: Pick<ObjectStore, 'listObjects'>,
  signal: AbortSignal,
): Promise<Outcome<readonly string[]>> {
  const folders: string[] = [];
  let after: string | undefined;
  do {
    const page = await store.listObjects(
      { bucket, prefix, pageSize: PAGE_SIZE, ...(after !== undefined && { after }) },
      signal,
    );
    if (page.kind !== 'ok') return page;
    for (const entry of page.value.items) {
      if (entry.kind === 'prefix' && DATED.test(entry.prefix.slice(prefix.length))) {
        folders.push(entry.prefix);
      }
    }
    after = page.value.next;
  } while (after !== undefined);
  return ok(folders);
}

async function newestManifest(
  bucket: string,
  folders: readonly string[],
  reader: Pick<InventoryReader, 'readText'>,
  signal: AbortSignal,
): Promise<Outcome<InventoryManifest | undefined>> {
  for (const folder of folders.slice(-TRIED).toReversed()) {
    const location = { bucket, key: `${folder}manifest.json` };
    const text = await reader.readText(location, signal);
    if (text.kind === 'ok') return parseInventoryManifest(text.value, location);
    if (text.kind === 'cancelled' || text.problem.code !== 'object-missing') return text;
  }
  return ok(undefined);
}
