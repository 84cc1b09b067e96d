import { fail, ok, type Result } from '../outcome.ts';

/** An object in S3. The key is what S3 stores: Unicode, never percent-encoded. */
export interface S3Location {
  readonly bucket: string;
  readonly key: string;
}

/** A bucket, or the part of it whose keys begin with `prefix` (empty for the whole bucket). */
export interface S3Place {
  readonly bucket: string;
  readonly prefix: string;
}

/**
 * Names of general purpose buckets, and of access points and their aliases, which stand in their
 * place. Capitals and underscores are legal in buckets of before 2018.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
const BUCKET_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{1,253}[A-Za-z0-9]$/;

/** `arn:partition:s3:::bucket/key`, in any partition. */
const BUCKET_ARN = /^arn:[a-z0-9-]+:s3:::(.*)$/s;

/**
 * Reads `s3://bucket/key`, an ARN, or `bucket/key`. The key is everything after the bucket's slash,
 * taken literally: `%20`, `?` and `#` are part of it, and so is a leading or a trailing slash.
 *
 * Errors: `location-invalid` where there is no bucket of a legal name.
 */
export function parseS3Location(text: string): Result<S3Location> {
  const path = withoutScheme(text);
  const slash = path.indexOf('/');
  const bucket = slash < 0 ? path : path.slice(0, slash);
  const key = slash < 0 ? '' : path.slice(slash + 1);
  return BUCKET_NAME.test(bucket)
    ? ok({ bucket, key })
    : fail({ code: 'location-invalid', text: shortened(text) });
}

/** Reads what {@link parseS3Location} reads, as the place whose keys begin with what is given. */
export function parseS3Place(text: string): Result<S3Place> {
  const location = parseS3Location(text.trim());
  return location.kind === 'ok'
    ? ok({ bucket: location.value.bucket, prefix: location.value.key })
    : location;
}

function withoutScheme(text: string): string {
  // Leading white space cannot belong to a bucket; trailing white space can belong to a key.
  const trimmed = text.trimStart();
  if (/^s3:\/\//i.test(trimmed)) return trimmed.slice(5);
  return BUCKET_ARN.exec(trimmed)?.[1] ?? trimmed;
}

function shortened(text: string): string {
  return text.length <= 80 ? text : `${text.slice(0, 79)}…`;
}

/** `s3://bucket/key`: what {@link parseS3Location} reads back to the same location. */
export function s3Uri({ bucket, key }: S3Location): string {
  return `s3://${bucket}/${key}`;
}

/**
 * The partitions of AWS but its commercial one, by what the names of their regions begin with.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
const PARTITIONS: readonly (readonly [prefix: string, partition: string])[] = [
  ['cn-', 'aws-cn'],
  ['us-gov-', 'aws-us-gov'],
  ['eusc-', 'aws-eusc'],
];

/**
 * The ARN of an object, or of a bucket where the key is empty.
 *
 * @param region that the bucket is in, which tells the partition
 */
export function s3Arn({ bucket, key }: S3Location, region: string): string {
  const partition = PARTITIONS.find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'aws';
  return `arn:${partition}:s3:::${bucket}${key === '' ? '' : `/${key}`}`;
}

/**
 * The greatest practical string below `key` in S3's order (UTF-8 binary, which is the order of code
 * points): a listing that starts after it begins with `key`, where that exists.
 */
export function justBefore(key: string): string {
  const points = Array.from(key);
  const last = points.pop()?.codePointAt(0);
  if (last === undefined || last === 0) return points.join('');
  // Below the first code point after the surrogates lies the last one before them.
  const previous = last === 0xe000 ? 0xd7ff : last - 1;
  return points.join('') + String.fromCodePoint(previous, 0x10ffff);
}
