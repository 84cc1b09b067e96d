import type { Session } from '../../core/credentials/session.ts';
import { localText } from '../../core/expiry.ts';
import { ok, type Outcome } from '../../core/outcome.ts';
import { listRecursively } from '../../core/s3/lister/listRecursively.ts';
import type { S3Place } from '../../core/s3/location.ts';
import { visibleText } from '../../core/s3/visibleText.ts';
import type { InventoryManifest } from '../../core/search/inventoryManifest.ts';
import type { KeyRow } from '../../core/search/keySegment.ts';
import { readInventory } from '../../core/search/readInventory.ts';
import { invalidInventory, type IndexOptions } from '../../core/search/searchOptions.ts';
import { counted } from '../../core/counted.ts';
import { cancellable } from '../cancellable.ts';
import { tell } from '../messages.ts';
import { chooseInventory } from './chooseInventory.ts';
import type { SearchSource } from './searchCommands.ts';
import { sortedTable } from './sortedTable.ts';

/**
 * Lists a bucket, or reads an inventory of it, and keeps its keys on this computer, so that a search
 * has them at once. Where there is an index, and a part of its bucket is given, that part alone is
 * listed anew.
 *
 * @param options undefined where a person asks
 * @returns how many keys the index has
 *
 * Errors: those of `listRecursively` or `readInventory`, `option-invalid`, `file-unwritable`.
 */
export async function buildIndex(
  { bucket, prefix }: S3Place,
  options: IndexOptions | undefined,
  source: SearchSource,
): Promise<Outcome<number>> {
  if (options?.inventory !== undefined && prefix !== '') {
    return invalidInventory('It lists a whole bucket. Name that, with no prefix.');
  }
  const before = prefix === '' ? undefined : await source.indexes.read(bucket);
  const opened = await source.session(options === undefined);
  if (opened.kind !== 'ok') return opened;
  const inventory =
    before === undefined ? await chooseInventory(bucket, options, opened.value) : ok(undefined);
  if (inventory.kind !== 'ok') return inventory;
  const place = { bucket, prefix: before === undefined ? '' : prefix };
  const now = source.now();
  const rows = await rowsOf(place, inventory.value, opened.value);
  const gathered = await cancellable(
    `Index of ${visibleText(`${bucket}/${place.prefix}`)}`,
    (signal, report) =>
      sortedTable(rows(signal), signal, (count) => report(counted(count, 'object'))),
  );
  if (gathered.kind !== 'ok') return gathered;
  const table = before?.table.replaced(prefix, gathered.value) ?? gathered.value;
  // What was not listed now is as old as it was.
  const builtAt = before?.head.builtAt ?? inventory.value?.createdAt ?? now;
  const written = await source.indexes.write(bucket, builtAt, table);
  if (written.kind !== 'ok') return written;
  if (options === undefined) {
    const keys = counted(table.size, 'object');
    const age = builtAt === now ? '' : ` as of ${localText(builtAt)}`;
    tell(`The index of ${visibleText(bucket)} has ${keys}${age}. Search Objects uses it.`);
  }
  return ok(table.size);
}

/** What gives the rows of an index, in no order. */
async function rowsOf(
  place: S3Place,
  inventory: InventoryManifest | undefined,
  session: Session,
): Promise<(signal: AbortSignal) => AsyncIterable<Outcome<readonly KeyRow[]>>> {
  if (inventory === undefined) {
    return (signal) => listRecursively(place, session.store, signal, { ordered: false });
  }
  const reader = await session.inventoryReader();
  return (signal) => readInventory(inventory, reader, signal);
}
