import { ok, type Failure, type Outcome, type Result } from '../outcome.ts';
import { formDecoded } from '../s3/formDecoded.ts';
import { createCsvReader, type CsvRecord } from './csvReader.ts';
import { unreadableInventory, type InventoryManifest } from './inventoryManifest.ts';
import type { InventoryReader } from './inventoryReader.ts';
import type { KeyRow } from './keySegment.ts';

/** What a line of an inventory tells: a row, or nothing where the object is not there any more. */
type Told = { readonly row?: KeyRow };

/**
 * The objects of an inventory, some at a time and in no order. What is not an `ok` is the last that
 * comes: until the end nobody knows whether the files are what they should be.
 *
 * Errors: `inventory-unreadable`, and those of `InventoryReader.readPacked`.
 */
export async function* readInventory(
  manifest: InventoryManifest,
  reader: Pick<InventoryReader, 'readPacked'>,
  signal: AbortSignal,
): AsyncGenerator<Outcome<readonly KeyRow[]>, void, undefined> {
  const columns = columnsOf(manifest);
  if (columns.kind !== 'ok') {
    yield columns;
    return;
  }
  for (const file of manifest.files) {
    const csv = createCsvReader();
    let lines = 0;
    const rowsOf = (records: readonly CsvRecord[] | undefined): Result<readonly KeyRow[]> => {
      const rows: KeyRow[] = [];
      for (const record of records ?? []) {
        const told = tell(record, columns.value);
        if (told === undefined) return wrongLine();
        if (told.row !== undefined) rows.push(told.row);
        lines++;
      }
      return records === undefined ? wrongLine() : ok(rows);
    };
    const wrongLine = (): Failure =>
      unreadableInventory(file.location, `Line ${lines + 1} is not as it should be.`);

    for await (const piece of reader.readPacked(file, signal)) {
      const rows = piece.kind === 'ok' ? rowsOf(csv.read(piece.value)) : piece;
      yield rows;
      if (rows.kind !== 'ok') return;
    }
    const last = rowsOf(csv.end());
    yield last;
    if (last.kind !== 'ok') return;
  }
}

/** Where in a line is what; -1 where it is not told. */
interface Columns {
  readonly count: number;
  readonly key: number;
  readonly size: number;
  readonly modified: number;
  readonly isLatest: number;
  readonly isDeleteMarker: number;
}

/**
 * Errors: `inventory-unreadable` where a column is missing: which there are is up to who sets an
 * inventory up. https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-inventory.html
 */
function columnsOf({ columns, location }: InventoryManifest): Result<Columns> {
  const ofVersions = columns.includes('VersionId') ? ['IsLatest'] : [];
  const missing = ['Key', 'Size', ...ofVersions].find((name) => !columns.includes(name));
  if (missing !== undefined) {
    const detail = `It has no column ${missing}. Add it to the inventory of the bucket.`;
    return unreadableInventory(location, detail);
  }
  return ok({
    count: columns.length,
    key: columns.indexOf('Key'),
    size: columns.indexOf('Size'),
    modified: columns.indexOf('LastModifiedDate'),
    isLatest: columns.indexOf('IsLatest'),
    isDeleteMarker: columns.indexOf('IsDeleteMarker'),
  });
}

/** Undefined where the line is not as it should be. */
function tell(fields: CsvRecord, columns: Columns): Told | undefined {
  if (fields.length !== columns.count) return undefined;
  const field = (index: number): string => fields[index] ?? '';
  if (field(columns.isLatest) === 'false' || field(columns.isDeleteMarker) === 'true') return {};
  const key = formDecoded(field(columns.key));
  const size = field(columns.size);
  const modified = field(columns.modified);
  const date = modified === '' ? undefined : new Date(modified);
  return key === undefined || key === '' || !/^\d+$/.test(size) || Number.isNaN(date?.getTime())
    ? undefined
    : { row: { key, size: Number(size), modified: date } };
}
