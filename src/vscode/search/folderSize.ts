import { ok, type Outcome } from '../../core/outcome.ts';
import type { S3Place } from '../../core/s3/location.ts';
import { sizeText } from '../../core/s3/sizeText.ts';
import { visibleText } from '../../core/s3/visibleText.ts';
import { counted } from '../../core/counted.ts';
import { cancellable } from '../cancellable.ts';
import { tell } from '../messages.ts';
import { listInto } from './listInto.ts';
import type { SearchSource } from './searchCommands.ts';

/** How much a place holds. */
interface FolderSize {
  readonly objects: number;
  readonly bytes: number;
  /** How many of the objects no GET can read before they are restored. */
  readonly archived: number;
}

/** Counts what a place holds and how much that is, and tells it where a person asks. */
export async function folderSize(
  place: S3Place,
  isScripted: boolean,
  source: SearchSource,
): Promise<Outcome<FolderSize>> {
  const opened = await source.session(!isScripted);
  if (opened.kind !== 'ok') return opened;
  const name = visibleText(`${place.bucket}/${place.prefix}`);
  let size: FolderSize = { objects: 0, bytes: 0, archived: 0 };
  const listed = await cancellable(`Size of ${name}`, (signal, report) =>
    listInto(place, opened.value.store, signal, (entries) => {
      size = {
        objects: size.objects + entries.length,
        bytes: entries.reduce((sum, entry) => sum + entry.size, size.bytes),
        archived: size.archived + entries.filter(({ archived }) => archived).length,
      };
      report(sizeLine(size));
    }),
  );
  if (listed.kind !== 'ok') return listed;
  if (!isScripted) tell(`${name}: ${sizeLine(size)}.`);
  return ok(size);
}

function sizeLine({ objects, bytes, archived }: FolderSize): string {
  const inArchive = archived === 0 ? '' : `, ${archived.toLocaleString('en-US')} archived`;
  return `${counted(objects, 'object')}, ${sizeText(bytes)}${inArchive}`;
}
