import { createHash } from 'node:crypto';
import { encryptionHeaders } from './bucketEncryption.ts';
import type { StoredObject } from './objectSource.ts';
import { EMPTY_BODY, emptyAnswer, type S3Answer } from './s3Answer.ts';
import { S3Error } from './s3Error.ts';
import type { S3Request } from './s3Request.ts';

/** Makes an object out of its content, the time of which is now. */
export function newObject(
  key: string,
  body: Uint8Array,
  details: Partial<Omit<StoredObject, 'key' | 'body' | 'size' | 'etag'>> = {},
): StoredObject {
  const etag = `"${createHash('md5').update(body).digest('hex')}"`;
  return {
    storageClass: 'STANDARD',
    // S3 keeps whole seconds.
    lastModified: new Date(Math.floor(Date.now() / 1000) * 1000),
    ...details,
    headers: { 'content-type': 'binary/octet-stream', ...details.headers },
    key,
    body,
    size: body.length,
    etag,
  };
}

/**
 * Answers GetObject and HeadObject.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
 */
export function getObject(object: StoredObject, request: S3Request, isSigned: boolean): S3Answer {
  const headers = { ...headersOf(object), ...overrides(request, isSigned) };
  const condition = failedCondition(object, request.headers);
  if (condition === 304) return emptyAnswer(304, { etag: object.etag });
  if (condition === 412) throw new S3Error('PreconditionFailed');
  const range = readRange(request.headers, object);
  if (range === undefined) return { status: 200, headers, body: object.body };
  const { first, last } = range;
  return {
    status: 206,
    headers: { ...headers, 'content-range': `bytes ${first}-${last}/${object.size}` },
    body: object.body.subarray(first, last + 1),
  };
}

function headersOf(object: StoredObject): Record<string, string> {
  const { restore, storageClass, archiveStatus } = object;
  return {
    ...object.headers,
    etag: object.etag,
    'last-modified': object.lastModified.toUTCString(),
    'accept-ranges': 'bytes',
    ...encryptionHeaders(object.kmsKeyArn),
    ...(storageClass !== 'STANDARD' && { 'x-amz-storage-class': storageClass }),
    ...(archiveStatus !== undefined && { 'x-amz-archive-status': archiveStatus }),
    ...(restore?.kind === 'under-way' && { 'x-amz-restore': 'ongoing-request="true"' }),
    ...(restore?.kind === 'done' && {
      'x-amz-restore': `ongoing-request="false", expiry-date="${restore.until.toUTCString()}"`,
    }),
  };
}

const OVERRIDABLE = [
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-type',
  'expires',
];

function overrides({ query }: S3Request, isSigned: boolean): Record<string, string> {
  const given = OVERRIDABLE.flatMap((name) => {
    const value = query.get(`response-${name}`);
    return value === undefined ? [] : [[name, value] as const];
  });
  if (given.length > 0 && !isSigned) {
    throw new S3Error('InvalidRequest', {
      message: 'Request specific response headers cannot be used for anonymous GET requests.',
    });
  }
  return Object.fromEntries(given);
}

/** The status of a conditional request that is not met; tags outdo dates, as RFC 9110 has it. */
function failedCondition(
  { etag, lastModified }: StoredObject,
  headers: S3Request['headers'],
): 304 | 412 | undefined {
  const dateOf = (name: string): number => Date.parse(headers.get(name) ?? '');
  const ifMatch = headers.get('if-match');
  const ifNoneMatch = headers.get('if-none-match');
  const modified = lastModified.getTime();
  const changed =
    ifMatch === undefined ? modified > dateOf('if-unmodified-since') : !includesTag(ifMatch, etag);
  if (changed) return 412;
  const unchanged =
    ifNoneMatch === undefined
      ? modified <= dateOf('if-modified-since')
      : includesTag(ifNoneMatch, etag);
  return unchanged ? 304 : undefined;
}

function includesTag(list: string, etag: string): boolean {
  const tags = list.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes('*') || tags.includes(etag) || tags.includes(etag.replaceAll('"', ''));
}

/** The one range asked for; `undefined` where the whole object is due. Errors: `InvalidRange`. */
function readRange(
  headers: S3Request['headers'],
  { size, etag, lastModified }: StoredObject,
): { readonly first: number; readonly last: number } | undefined {
  const text = headers.get('range') ?? '';
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(text.trim()) ?? [];
  const ifRange = headers.get('if-range');
  const isStale =
    ifRange !== undefined && ifRange !== etag && Date.parse(ifRange) !== lastModified.getTime();
  if (isStale || (from === '' && to === '') || (from !== '' && to !== '' && +to < +from)) {
    return undefined;
  }
  const first = from === '' ? Math.max(size - Number(to), 0) : Number(from);
  const last = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (first > last) {
    throw new S3Error('InvalidRange', {
      elements: { RangeRequested: text, ActualObjectSize: String(size) },
    });
  }
  return { first, last };
}

/** The answer to a HEAD that a GET has: the headers and the length, and no content. */
export function withoutBody(answer: S3Answer): S3Answer {
  return {
    ...answer,
    headers: { ...answer.headers, 'content-length': String(answer.body.length) },
    body: EMPTY_BODY,
  };
}
