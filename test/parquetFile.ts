import {
  Bool,
  Int64,
  Table,
  tableToIPC,
  TimestampMillisecond,
  Utf8,
  vectorFromArray,
} from 'apache-arrow';
import {
  Compression,
  Table as WrittenTable,
  writeParquet,
  WriterPropertiesBuilder,
} from 'parquet-wasm/node';

/** What an inventory in Parquet tells of an object, a version of one, or a delete marker. */
export interface ParquetLine {
  readonly key: string | null;
  readonly size: number | null;
  readonly modified?: Date | undefined;
  readonly isLatest?: boolean;
  readonly isDeleteMarker?: boolean;
}

/** What S3 writes into a manifest of such files. */
export const PARQUET_SCHEMA =
  'message s3.inventory { required binary bucket (UTF8); required binary key (UTF8); optional binary version_id (UTF8); optional boolean is_latest; optional boolean is_delete_marker; optional int64 size; optional int64 last_modified_date (TIMESTAMP_MILLIS); optional binary e_tag (UTF8); }';

/**
 * A file as S3 writes it, by Apache Arrow's own writer, with some rows in each of its parts.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-inventory.html
 */
export function parquetFile(lines: readonly ParquetLine[], rowsInPart = 5000): Uint8Array {
  const table = new Table({
    bucket: vectorFromArray(
      lines.map(() => 'films'),
      new Utf8(),
    ),
    key: vectorFromArray(
      lines.map(({ key }) => key),
      new Utf8(),
    ),
    version_id: vectorFromArray(
      lines.map(() => null),
      new Utf8(),
    ),
    is_latest: vectorFromArray(
      lines.map(({ isLatest = true }) => isLatest),
      new Bool(),
    ),
    is_delete_marker: vectorFromArray(
      lines.map(({ isDeleteMarker = false }) => isDeleteMarker),
      new Bool(),
    ),
    size: vectorFromArray(
      lines.map(({ size }) => (size === null ? null : BigInt(size))),
      new Int64(),
    ),
    last_modified_date: vectorFromArray(
      lines.map(({ modified }) => modified ?? null),
      new TimestampMillisecond(),
    ),
  });
  const properties = new WriterPropertiesBuilder()
    .setCompression(Compression.SNAPPY)
    .setMaxRowGroupSize(rowsInPart)
    .build();
  return writeParquet(WrittenTable.fromIPCStream(tableToIPC(table, 'stream')), properties);
}
