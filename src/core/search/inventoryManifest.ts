import { isJsonObject, parseJson } from '../json.ts';
import { fail, ok, type Failure, type Result } from '../outcome.ts';
import { s3Uri, type S3Location } from '../s3/location.ts';

/** One of the files that an inventory is in. */
export interface InventoryFile {
  readonly location: S3Location;
  /** In bytes, as it lies in its bucket. */
  readonly size: number;
  /** MD5 of it as it lies there, in hexadecimal. */
  readonly md5: string;
}

/** The formats that are read. There is one more, ORC. */
const FORMATS = ['CSV', 'Parquet'] as const;
export type InventoryFormat = (typeof FORMATS)[number];

/**
 * What an S3 Inventory says of itself.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-inventory-location.html
 */
export interface InventoryManifest {
  readonly location: S3Location;
  /** The bucket whose objects it lists. */
  readonly bucket: string;
  /** When S3 began to list them, in epoch seconds. */
  readonly createdAt: number;
  readonly format: InventoryFormat;
  /** What is told of each object, in the order of a line, by the names that CSV has for it. */
  readonly columns: readonly string[];
  readonly files: readonly InventoryFile[];
}

/** Why an inventory, or one of its files, cannot be read. */
export function unreadableInventory(location: S3Location, detail: string): Failure {
  return fail({ code: 'inventory-unreadable', file: s3Uri(location), detail });
}

/** Reads a `manifest.json`. Errors: `inventory-unreadable`, `inventory-format`. */
export function parseInventoryManifest(
  text: string,
  location: S3Location,
): Result<InventoryManifest> {
  const unreadable = (detail: string): Failure => unreadableInventory(location, detail);
  const raw = parseJson(text);
  if (!isJsonObject(raw)) return unreadable('It is no JSON, or not whole.');
  const { sourceBucket, destinationBucket, creationTimestamp, fileFormat, fileSchema, files } = raw;
  if (typeof fileFormat !== 'string') return unreadable('It is no manifest of an inventory.');
  const format = inventoryFormat(fileFormat);
  if (format === undefined) return fail({ code: 'inventory-format', format: fileFormat });
  const [, destination] = /^arn:[^:]+:s3:::(.+)$/.exec(String(destinationBucket)) ?? [];
  const created = Number(creationTimestamp);
  if (
    typeof sourceBucket !== 'string' ||
    destination === undefined ||
    typeof fileSchema !== 'string' ||
    !Array.isArray(files) ||
    !Number.isSafeInteger(created) ||
    created <= 0
  ) {
    return unreadable('It lacks what a manifest of an inventory has.');
  }
  const read = files.map((file: unknown) => parseFile(file, destination));
  const whole = read.filter((file) => file !== undefined);
  if (whole.length < read.length) return unreadable('It names files without their MD5 or size.');
  return ok({
    location,
    bucket: sourceBucket,
    createdAt: Math.floor(created / 1000),
    format,
    columns:
      format === 'CSV'
        ? fileSchema.split(',').map((name) => name.trim())
        : parquetColumns(fileSchema),
    files: whole,
  });
}

/** The format of a name that S3 has for it; undefined where it is not read. */
export function inventoryFormat(name: string): InventoryFormat | undefined {
  return FORMATS.find((format) => format === name);
}

/** The columns of `message s3.inventory { required binary key (UTF8); optional int64 size; … }`. */
function parquetColumns(schema: string): readonly string[] {
  const fields = schema.matchAll(/\b(?:required|optional)\s+\w+\s+(\w+)/g);
  return Array.from(fields, ([, name = '']) =>
    name.replaceAll(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase()),
  );
}

function parseFile(raw: unknown, bucket: string): InventoryFile | undefined {
  if (!isJsonObject(raw)) return undefined;
  const { key, size, MD5checksum: md5 } = raw;
  return typeof key === 'string' &&
    typeof size === 'number' &&
    Number.isSafeInteger(size) &&
    size >= 0 &&
    typeof md5 === 'string' &&
    /^[0-9a-f]{32}$/i.test(md5)
    ? { location: { bucket, key }, size, md5: md5.toLowerCase() }
    : undefined;
}
