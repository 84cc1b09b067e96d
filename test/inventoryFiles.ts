import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';

import type { EmbeddedS3 } from '../dev/s3/startEmbeddedS3.ts';
import { PARQUET_SCHEMA } from './parquetFile.ts';

/** Where inventories are written to. */
export const LISTS = 'lists';

/** What is told of an object, as S3 writes it into an inventory. */
export type InventoryLine = readonly string[];

/** An inventory as S3 publishes one, but for what a test wants to be wrong with it. */
export interface InventoryParts {
  readonly bucket: string;
  readonly id: string;
  /** Below which it is published: none unless given. */
  readonly prefix?: string;
  /** Such as `2026-11-24T01-00Z`. */
  readonly date: string;
  /** Of CSV. */
  readonly columns?: readonly string[];
  /** The lines of each file of CSV. */
  readonly files?: readonly (readonly InventoryLine[])[];
  /** The files, where they are not CSV. */
  readonly parquet?: readonly Uint8Array[];
  /** What becomes of the packed bytes of a file before its MD5 is taken. */
  readonly pack?: (csv: string) => Uint8Array;
  /** What becomes of the manifest. */
  readonly manifest?: (manifest: Readonly<Record<string, unknown>>) => string;
}

/**
 * Publishes an inventory as S3 does.
 *
 * @returns the S3 URI of its manifest
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-inventory-location.html
 */
export function putInventory(s3: EmbeddedS3, parts: InventoryParts): string {
  const { bucket, id, date, columns = [], files: lists = [], prefix = '' } = parts;
  const { pack = gzipSync, manifest = JSON.stringify } = parts;
  const folder = `${prefix}${bucket}/${id}`;
  const bodies =
    parts.parquet ??
    lists.map((lines) => pack(lines.map((line) => `${line.map(quoted).join(',')}\n`).join('')));
  const files = bodies.map((body, index) => {
    const key = `${folder}/data/${date}-${index}.${parts.parquet ? 'parquet' : 'csv.gz'}`;
    s3.putObject(LISTS, key, body);
    return { key, size: body.length, MD5checksum: createHash('md5').update(body).digest('hex') };
  });
  const key = `${folder}/${date}/manifest.json`;
  const text = manifest({
    sourceBucket: bucket,
    destinationBucket: `arn:aws:s3:::${LISTS}`,
    version: '2016-11-30',
    creationTimestamp: String(Date.parse(date.replace(/(\d\d)-(\d\d)Z$/, '$1:$2Z'))),
    fileFormat: parts.parquet ? 'Parquet' : 'CSV',
    fileSchema: parts.parquet ? PARQUET_SCHEMA : columns.join(', '),
    files,
  });
  s3.putObject(LISTS, key, text);
  return `s3://${LISTS}/${key}`;
}

/** A key as S3 writes it there: encoded as in a form. */
export function inventoryKey(key: string): string {
  return new URLSearchParams([['', key]]).toString().slice(1);
}

function quoted(field: string): string {
  return `"${field.replaceAll('"', '""')}"`;
}
