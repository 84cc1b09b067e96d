import type { Session } from '../../core/credentials/session.ts';
import { localText } from '../../core/expiry.ts';
import { ok, type Outcome } from '../../core/outcome.ts';
import type { S3Place } from '../../core/s3/location.ts';
import { visibleText } from '../../core/s3/visibleText.ts';
import type { InventoryManifest } from '../../core/search/inventoryManifest.ts';
import { KeyTable } from '../../core/search/keyTable.ts';
import { invalidInventory, type IndexOptions } from '../../core/search/searchOptions.ts';
import { cancellable } from '../cancellable.ts';
import { tell } from '../messages.ts';
import { chooseInventory } from './chooseInventory.ts';
import { inventoryTable } from './inventoryTable.ts';
import { listInto } from './listInto.ts';
import type { SearchSource } from './searchCommands.ts';

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
  const gathered = await gather(place, inventory.value, opened.value);
  if (gathered.kind !== 'ok') return gathered;
  const table = before?.table.replaced(prefix, gathered.value) ?? gathered.value;
  // What was not listed now is as old as it was.
  const builtAt = before?.head.builtAt ?? inventory.value?.createdAt ?? now;
  const written = await source.indexes.write(bucket, builtAt, table);
  if (written.kind !== 'ok') return written;
  if (options === undefined) {
    const keys = table.size.toLocaleString('en-US');
    const age = builtAt === now ? '' : ` as of ${localText(builtAt)}`;
    tell(`The index of ${visibleText(bucket)} has ${keys} objects${age}. Search Objects uses it.`);
  }
  return ok(table.size);
}

async function gather(
  place: S3Place,
  inventory: InventoryManifest | undefined,
  session: Session,
): Promise<Outcome<KeyTable>> {
  const title = `Index of ${visibleText(`${place.bucket}/${place.prefix}`)}`;
  const reader = inventory && (await session.inventoryReader());
  return cancellable(title, async (signal, report) => {
    const tellCount = (count: number): void => report(`${count.toLocaleString('en-US')} objects`);
    if (inventory !== undefined && reader !== undefined) {
      return inventoryTable(inventory, reader, signal, tellCount);
    }
    const table = new KeyTable();
    const listed = await listInto(place, session.store, signal, { ordered: true }, (entries) => {
      table.append(entries);
      tellCount(table.size);
    });
    return listed.kind === 'ok' ? ok(table) : listed;
  });
}
