/** Reads a Parquet file of an S3 Inventory on a thread of its own, for `parquetRows.ts`. */
import { parentPort, workerData } from 'node:worker_threads';
import { parquetMetadata, parquetReadObjects, parquetSchema } from 'hyparquet';
import { inventoryRow } from '../core/search/inventoryRow.ts';
import type { KeyRow } from '../core/search/keySegment.ts';
import type { ParquetAnswer } from './parquetAnswer.ts';

/**
 * What is read of what S3 may tell, by the names that Parquet has for it.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-inventory-location.html
 */
const COLUMNS = ['key', 'size', 'last_modified_date', 'is_latest', 'is_delete_marker'];

/** How many rows are handed over at a time: what the other thread takes in a few milliseconds. */
const BATCH = 4096;

/** What is no UTF-8 is no key; a byte order mark may begin one, and is a character like others there. */
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const parsers = {
  stringFromBytes: (bytes: Uint8Array | undefined) => bytes && UTF8.decode(bytes),
};

/** The objects of a file, a part of it at a time. Keys are as they are: CSV alone encodes them. */
async function* parts(file: ArrayBuffer): AsyncGenerator<readonly KeyRow[], void, undefined> {
  const metadata = parquetMetadata(file);
  const there = parquetSchema(metadata).children.map(({ element }) => element.name);
  const columns = COLUMNS.filter((column) => there.includes(column));
  let rowStart = 0;
  for (const { num_rows: count } of metadata.row_groups) {
    const rowEnd = rowStart + Number(count);
    const read = { file, metadata, columns, parsers, rowStart, rowEnd };
    const told = await parquetReadObjects(read);
    yield told.flatMap((row, index) => {
      const rows = rowOf(row);
      if (rows === undefined)
        throw new Error(`Row ${rowStart + index + 1} is not as it should be.`);
      return rows;
    });
    rowStart = rowEnd;
  }
}

function rowOf(row: Readonly<Record<string, unknown>>): readonly KeyRow[] | undefined {
  const { key, size, last_modified_date: modified } = row;
  return inventoryRow({
    key: typeof key === 'string' ? key : undefined,
    size: typeof size === 'bigint' ? Number(size) : undefined,
    modified: modified instanceof Date ? modified : undefined,
    isOld: row['is_latest'] === false,
    isDeleteMarker: row['is_delete_marker'] === true,
  });
}

async function* batches(file: ArrayBuffer): AsyncGenerator<ParquetAnswer, void, undefined> {
  for await (const rows of parts(file)) {
    for (let from = 0; from < rows.length; from += BATCH) {
      yield answer(rows.slice(from, from + BATCH), false);
    }
  }
  yield answer([], true);
}

function answer(rows: readonly KeyRow[], isLast: boolean): ParquetAnswer {
  return {
    keys: rows.map(({ key }) => key),
    sizes: Float64Array.from(rows, ({ size }) => size),
    modified: Float64Array.from(rows, ({ modified }) => modified?.getTime() ?? NaN),
    isLast,
  };
}

if (!(workerData instanceof ArrayBuffer)) throw new TypeError('This is no file');
const answers = batches(workerData);
parentPort?.on('message', () => {
  void answers.next().then(({ value }) => parentPort?.postMessage(value));
});
