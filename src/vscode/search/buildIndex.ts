import { ok, type Outcome } from '../../core/outcome.ts';
import type { S3Place } from '../../core/s3/location.ts';
import { visibleText } from '../../core/s3/visibleText.ts';
import { KeyTable } from '../../core/search/keyTable.ts';
import { cancellable } from '../cancellable.ts';
import { tell } from '../messages.ts';
import { listInto } from './listInto.ts';
import type { SearchSource } from './searchCommands.ts';

/**
 * Lists a bucket and keeps its keys on this computer, so that a search has them at once. Where there is
 * an index, and a part of its bucket is given, that part alone is listed anew.
 *
 * @returns how many keys the index has
 *
 * Errors: those of `listRecursively`.
 */
export async function buildIndex(
  { bucket, prefix }: S3Place,
  isScripted: boolean,
  source: SearchSource,
): Promise<Outcome<number>> {
  const before = prefix === '' ? undefined : await source.indexes.read(bucket);
  const place = { bucket, prefix: before === undefined ? '' : prefix };
  const opened = await source.session(!isScripted);
  if (opened.kind !== 'ok') return opened;
  const listing = new KeyTable();
  const builtAt = source.now();
  const listed = await cancellable(
    `Index of ${visibleText(`${bucket}/${place.prefix}`)}`,
    (signal, report) =>
      listInto(place, opened.value.store, signal, (entries) => {
        listing.append(entries);
        report(`${listing.size.toLocaleString('en-US')} objects`);
      }),
  );
  if (listed.kind !== 'ok') return listed;
  const table = before === undefined ? listing : before.table.replaced(prefix, listing);
  // What was not listed now is as old as it was.
  await source.indexes.write(bucket, before?.head.builtAt ?? builtAt, table);
  if (!isScripted) {
    const keys = table.size.toLocaleString('en-US');
    tell(`The index of ${visibleText(bucket)} has ${keys} objects. Search Objects uses it.`);
  }
  return ok(table.size);
}
