import type { IncomingMessage } from 'node:http';
import { percentDecode } from './percentEncoding.ts';
import { S3Error } from './s3Error.ts';

/** A request in path style, or to a website endpoint, read but not yet believed. */
export interface S3Request {
  readonly method: string;
  /** As sent, without the query. */
  readonly rawPath: string;
  /** As sent, without its `?`; empty where there is none. */
  readonly rawQuery: string;
  /** Whether it came to the website endpoint of a bucket, which its host names. */
  readonly isForWebsite: boolean;
  /** Undefined for the service itself. */
  readonly bucket: string | undefined;
  /** Undefined for the bucket itself. */
  readonly key: string | undefined;
  /** Decoded; of a repeated parameter the first. */
  readonly query: ReadonlyMap<string, string>;
  /** By lower-case name; repeated ones joined by a comma. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
}

const MAX_BODY_BYTES = 256 * 1024 * 1024;

/** Reads a message to its end. Errors: `EntityTooLarge`, `InvalidURI` for a path that is not UTF-8. */
export async function readS3Request(message: IncomingMessage): Promise<S3Request> {
  const [rawPath = '', ...rest] = (message.url ?? '').split('?');
  const rawQuery = rest.join('?');
  const site = websiteBucket(message.headers.host ?? '');
  const [, bucket, key] =
    site === undefined
      ? (/^\/([^/]*)(?:\/(.*))?$/s.exec(rawPath) ?? [])
      : ['', site, rawPath.slice(1)];
  const headers = new Map<string, string>();
  for (const [name, value] of Object.entries(message.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(',') : value);
  }
  return {
    method: message.method ?? '',
    rawPath,
    rawQuery,
    isForWebsite: site !== undefined,
    bucket: bucket ? decodeText(bucket) : undefined,
    key: key ? decodeText(key) : undefined,
    query: readQuery(rawQuery),
    headers,
    body: await readBody(message),
  };
}

/**
 * The bucket whose website endpoint a host is.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/WebsiteEndpoints.html
 */
function websiteBucket(host: string): string | undefined {
  const [, bucket] =
    /^(.+)\.s3-website[.-][a-z0-9-]+\.amazonaws\.com(?:\.cn)?(?::\d+)?$/.exec(host) ?? [];
  return bucket;
}

function readQuery(rawQuery: string): ReadonlyMap<string, string> {
  const query = new Map<string, string>();
  for (const part of rawQuery === '' ? [] : rawQuery.replaceAll('+', '%20').split('&')) {
    const [name = '', ...value] = part.split('=');
    const decoded = decodeText(name);
    if (!query.has(decoded)) query.set(decoded, decodeText(value.join('=')));
  }
  return query;
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decodeText(text: string): string {
  try {
    return UTF8.decode(percentDecode(text));
  } catch {
    throw new S3Error('InvalidURI');
  }
}

async function readBody(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of message) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length > MAX_BODY_BYTES) throw new S3Error('EntityTooLarge');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}
