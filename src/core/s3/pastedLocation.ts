import { objectAt, type KnownFronts } from '../cloudfront/objectAt.ts';
import { readBucketOrigin } from '../cloudfront/originDomain.ts';
import { ok, type Result } from '../outcome.ts';
import { parseS3Location, type S3Location } from './location.ts';

/**
 * Reads what people type or paste: what {@link parseS3Location} reads, or a web address of S3 in any
 * of its forms, or of a distribution that is known, signed or not. The key of an address is
 * percent-decoded, and its query dropped.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html
 *
 * Errors: `location-invalid`.
 */
export function parsePastedLocation(text: string, known: KnownFronts): Result<S3Location> {
  const location = locationOfUrl(text) ?? (isWebAddress(text) ? objectAt(text, known) : undefined);
  return location === undefined ? parseS3Location(text) : ok(location);
}

/** The place that a web address of S3 names, an empty key for a whole bucket; undefined for any other. */
export function locationOfUrl(text: string): S3Location | undefined {
  if (!isWebAddress(text)) return undefined;
  const { hostname, pathname } = new URL(text);
  const origin = readBucketOrigin({ domainName: hostname, originPath: pathname });
  return origin && { bucket: origin.bucket, key: origin.originPath.slice(1) };
}

function isWebAddress(text: string): boolean {
  return /^\s*https?:/i.test(text) && URL.canParse(text);
}
