import { ok, type Failure, type Outcome, type Result } from '../outcome.ts';
import { formDecoded } from '../s3/formDecoded.ts';
import { createCsvReader, type CsvRecord } from './csvReader.ts';
import {
  unreadableInventory,
  type InventoryFile,
  type InventoryManifest,
} from './inventoryManifest.ts';
import type { InventoryReader } from './inventoryReader.ts';
import { inventoryRow } from './inventoryRow.ts';
import type { KeyRow } from './keySegment.ts';

type Rows = AsyncGenerator<Outcome<readonly KeyRow[]>, void, undefined>;

/**
 * The objects of an inventory, some at a time and in no order. What is not an `ok` is the last that
 * comes: until the end nobody knows whether the files are what they should be.
 *
 * Errors: `inventory-unreadable`, and those of the {@link InventoryReader}.
 */
export async function* readInventory(
  manifest: InventoryManifest,
  reader: Pick<InventoryReader, 'readPacked' | 'readParquet'>,
  signal: AbortSignal,
): Rows {
  const columns = columnsOf(manifest);
  if (columns.kind !== 'ok') {
    yield columns;
    return;
  }
  for (const file of manifest.files) {
    const read =
      manifest.format === 'CSV'
        ? readCsv(file, columns.value, reader, signal)
        : reader.readParquet(file, signal);
    for await (const rows of read) {
      yield rows;
      if (rows.kind !== 'ok') return;
    }
  }
}

async function* readCsv(
  file: InventoryFile,
  columns: Columns,
  reader: Pick<InventoryReader, 'readPacked'>,
  signal: AbortSignal,
): Rows {
  const csv = createCsvReader();
  let lines = 0;
  const rowsOf = (records: readonly CsvRecord[] | undefined): Result<readonly KeyRow[]> => {
    const rows: KeyRow[] = [];
    for (const record of records ?? []) {
      const told = rowOf(record, columns);
      if (told === undefined) return wrongLine();
      rows.push(...told);
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
  yield rowsOf(csv.end());
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
function rowOf(fields: CsvRecord, columns: Columns): readonly KeyRow[] | undefined {
  if (fields.length !== columns.count) return undefined;
  const field = (index: number): string => fields[index] ?? '';
  const size = field(columns.size);
  const modified = field(columns.modified);
  return inventoryRow({
    key: formDecoded(field(columns.key)),
    size: /^\d+$/.test(size) ? Number(size) : undefined,
    modified: modified === '' ? undefined : new Date(modified),
    isOld: field(columns.isLatest) === 'false',
    isDeleteMarker: field(columns.isDeleteMarker) === 'true',
  });
}
