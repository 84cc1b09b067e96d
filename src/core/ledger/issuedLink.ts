import { parseIpv4Range } from '../cloudfront/policy.ts';
import { queryOf } from '../cloudfront/queryParameters.ts';
import type { Grant } from '../cloudfront/signObject.ts';
import { unsignedUrl } from '../cloudfront/signedUrl.ts';
import { isJsonObject } from '../json.ts';
import { parseKeyPairId } from '../keys/keyPairId.ts';
import { parseS3Location, type S3Location } from '../s3/location.ts';

/**
 * A link that was issued here, or many that one act has issued: all that it takes to sign the same
 * once more, and nothing that opens anything. Moments are in epoch seconds.
 */
export interface IssuedLink {
  /** Names it among all that were issued here. */
  readonly id: string;
  /** The object; of many, their bucket and the folder that all are in. */
  readonly location: S3Location;
  /** The canonical URL without a signature; of many, what all of theirs begin with. */
  readonly url: string;
  readonly keyPairId: string;
  readonly grant: Grant;
  readonly issuedAt: number;
  /** How many objects got a link, one for the most part. */
  readonly objects: number;
}

/** What is known of a link before it is kept. */
export type NewlyIssued = Omit<IssuedLink, 'id'>;

/** The last moment that a `Date` can hold, in seconds. */
const LAST_MOMENT = 8.64e12;

/** A link as one line of JSON, which {@link parseIssuedLink} reads back. */
export function issuedLinkJson({
  location: { bucket, key },
  url,
  keyPairId,
  grant: { expiresAt, notBefore, ipAddress, resource, hashAlgorithm, query },
  issuedAt,
  objects,
}: NewlyIssued): string {
  // Each by its name, so that nothing else is ever written.
  const grant = { expiresAt, notBefore, ipAddress, resource, hashAlgorithm, query };
  return JSON.stringify({ bucket, key, url, keyPairId, grant, issuedAt, objects });
}

/** Reads what {@link issuedLinkJson} has written; undefined where it is anything else. */
export function parseIssuedLink(id: string, raw: unknown): IssuedLink | undefined {
  if (!isJsonObject(raw)) return undefined;
  const { bucket, key, url, keyPairId, issuedAt, objects } = raw;
  const grant = parseGrant(raw['grant']);
  if (grant === undefined || !isBucket(bucket) || typeof key !== 'string') return undefined;
  if (!isUnsignedUrl(url) || !isMoment(issuedAt) || !isCount(objects)) return undefined;
  if (typeof keyPairId !== 'string' || parseKeyPairId(keyPairId).kind !== 'ok') return undefined;
  return { id, location: { bucket, key }, url, keyPairId, grant, issuedAt, objects };
}

function parseGrant(raw: unknown): Grant | undefined {
  if (!isJsonObject(raw)) return undefined;
  const { expiresAt, notBefore, ipAddress, resource, hashAlgorithm, query: rawQuery } = raw;
  const query = isJsonObject(rawQuery) ? queryOf(rawQuery) : undefined;
  if (query === undefined || !isMoment(expiresAt)) return undefined;
  if (hashAlgorithm !== 'SHA1' && hashAlgorithm !== 'SHA256') return undefined;
  if (notBefore !== undefined && !isMoment(notBefore)) return undefined;
  if (ipAddress !== undefined && !isIpv4Range(ipAddress)) return undefined;
  if (resource !== undefined && !isUnsignedUrl(resource)) return undefined;
  return {
    expiresAt,
    ...(notBefore !== undefined && { notBefore }),
    ...(ipAddress !== undefined && { ipAddress }),
    ...(resource !== undefined && { resource }),
    hashAlgorithm,
    query,
  };
}

function isBucket(raw: unknown): raw is string {
  if (typeof raw !== 'string') return false;
  const place = parseS3Location(raw);
  return place.kind === 'ok' && place.value.bucket === raw;
}

/** A record with a signature in it would be one that opens something. */
function isUnsignedUrl(raw: unknown): raw is string {
  if (typeof raw !== 'string' || !URL.canParse(raw)) return false;
  return /^https?:$/.test(new URL(raw).protocol) && unsignedUrl(raw) === raw;
}

function isIpv4Range(raw: unknown): raw is string {
  return typeof raw === 'string' && parseIpv4Range(raw) === raw;
}

function isMoment(raw: unknown): raw is number {
  return isWhole(raw) && raw >= 0 && raw <= LAST_MOMENT;
}

function isCount(raw: unknown): raw is number {
  return isWhole(raw) && raw > 0;
}

function isWhole(raw: unknown): raw is number {
  return typeof raw === 'number' && Number.isSafeInteger(raw);
}
