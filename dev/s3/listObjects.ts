import type { Bucket } from './bucket.ts';
import { canonicalUserId } from './identity.ts';
import { compareKeys, endOfPrefix, nextKey } from './keyOrder.ts';
import { ownerOf } from './objectOwnership.ts';
import type { ListedObject, ObjectSource } from './objectSource.ts';
import { continuationToken, readContinuationToken, readCount } from './parameters.ts';
import { percentEncode } from './percentEncoding.ts';
import { S3Error } from './s3Error.ts';
import { type S3Answer, xmlAnswer } from './s3Answer.ts';
import type { S3Request } from './s3Request.ts';

const MAX_KEYS = 1000;

/**
 * Answers ListObjectsV2, and ListObjects, which some clients still send. A page counts objects and
 * common prefixes together.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjects.html
 */
export function listObjects(bucket: Bucket, { query, headers }: S3Request): S3Answer {
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const maxKeys = readCount(query, 'max-keys', MAX_KEYS);
  const isSecondVersion = query.get('list-type') === '2';
  const token = isSecondVersion ? query.get('continuation-token') : undefined;
  const startAfter = query.get(isSecondVersion ? 'start-after' : 'marker');
  const encoded = readEncodingType(query.get('encoding-type'));
  const encode = (text: string): string => (encoded ? urlEncoded(text) : text);
  const withOwner = query.get('fetch-owner') === 'true';
  const withRestore = (headers.get('x-amz-optional-object-attributes') ?? '')
    .split(',')
    .some((attribute) => attribute.trim() === 'RestoreStatus');

  const start =
    token === undefined ? startOf(startAfter, prefix, delimiter) : readContinuationToken(token);
  const size = Math.min(maxKeys, MAX_KEYS);
  const page = readPage(bucket.objects, { prefix, delimiter, start, size });

  return xmlAnswer('ListBucketResult', {
    Name: bucket.name,
    Prefix: encode(prefix),
    ...(isSecondVersion
      ? {
          ...(token !== undefined && { ContinuationToken: token }),
          ...(page.next !== undefined && { NextContinuationToken: continuationToken(page.next) }),
          ...(startAfter && { StartAfter: encode(startAfter) }),
          KeyCount: page.objects.length + page.prefixes.length,
        }
      : {
          Marker: encode(startAfter ?? ''),
          // Without a delimiter the last key is the marker.
          ...(delimiter !== '' && page.last !== undefined && { NextMarker: encode(page.last) }),
        }),
    MaxKeys: maxKeys,
    ...(delimiter !== '' && { Delimiter: encode(delimiter) }),
    ...(encoded && { EncodingType: 'url' }),
    IsTruncated: page.next !== undefined,
    Contents: page.objects.map((object) => ({
      Key: encode(object.key),
      LastModified: object.lastModified.toISOString(),
      ETag: object.etag,
      Size: object.size,
      ...(withOwner && { Owner: { ID: canonicalUserId(ownerOf(bucket, object)) } }),
      StorageClass: object.storageClass,
      ...(withRestore && restoreStatus(object)),
    })),
    CommonPrefixes: page.prefixes.map((one) => ({ Prefix: encode(one) })),
  });
}

interface PageRequest {
  readonly prefix: string;
  readonly delimiter: string;
  /** The first key that counts, no less than the prefix; undefined where all are passed. */
  readonly start: string | undefined;
  readonly size: number;
}

interface Page {
  readonly objects: readonly ListedObject[];
  readonly prefixes: readonly string[];
  /** Where the next page starts; absent on the last. */
  readonly next?: string;
  /** What the page ends with; absent on the last. */
  readonly last?: string;
}

function readPage(source: ObjectSource, { prefix, delimiter, start, size }: PageRequest): Page {
  const objects: ListedObject[] = [];
  const prefixes: string[] = [];
  if (size === 0) return { objects, prefixes };
  let next: string | undefined = start;
  // A common prefix is jumped over as a whole, so every turn looks the source up anew from `next`.
  scan: while (next !== undefined) {
    const from: string = next;
    next = undefined;
    for (const object of source.from(from)) {
      if (!object.key.startsWith(prefix)) break scan;
      if (objects.length + prefixes.length === size) {
        const [key = '', folder = ''] = [objects.at(-1)?.key, prefixes.at(-1)];
        const last = compareKeys(key, folder) < 0 ? folder : key;
        return { objects, prefixes, next: object.key, last };
      }
      const folded = commonPrefix(object.key, prefix, delimiter);
      if (folded !== undefined) {
        prefixes.push(folded);
        next = endOfPrefix(folded);
        break;
      }
      objects.push(object);
    }
  }
  return { objects, prefixes };
}

/**
 * The first key behind a `start-after`. A common prefix that is not greater than that is left out
 * with all that it stands for.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html
 */
function startOf(
  startAfter: string | undefined,
  prefix: string,
  delimiter: string,
): string | undefined {
  if (!startAfter || compareKeys(startAfter, prefix) < 0) return prefix;
  const folded = startAfter.startsWith(prefix)
    ? commonPrefix(startAfter, prefix, delimiter)
    : undefined;
  return folded === undefined ? nextKey(startAfter) : endOfPrefix(folded);
}

function commonPrefix(key: string, prefix: string, delimiter: string): string | undefined {
  const at = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
  return at < 0 ? undefined : key.slice(0, at + delimiter.length);
}

function restoreStatus({ restore }: ListedObject) {
  if (restore === undefined) return {};
  return {
    RestoreStatus: {
      IsRestoreInProgress: restore.kind === 'under-way',
      ...(restore.kind === 'done' && { RestoreExpiryDate: restore.until.toISOString() }),
    },
  };
}

/** Whether names are to be URL-encoded. Errors: `InvalidArgument`. */
export function readEncodingType(value: string | undefined): boolean {
  if (value !== undefined && value !== '' && value !== 'url') {
    throw new S3Error('InvalidArgument', {
      message: 'Invalid Encoding Method specified in Request',
      elements: { ArgumentName: 'encoding-type', ArgumentValue: value },
    });
  }
  return value === 'url';
}

/** S3 writes a space as `+` here, and leaves slashes and asterisks alone. */
export function urlEncoded(text: string): string {
  return percentEncode(Buffer.from(text, 'utf8'), '/* ').replaceAll(' ', '+');
}
