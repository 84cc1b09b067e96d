import { fail, ok, type Result } from '../outcome.ts';
import type { S3Location } from '../s3/location.ts';

/** Where a viewer reaches a distribution, and which part of the bucket its origin serves. */
export interface Endpoint {
  readonly protocol: 'https' | 'http';
  /** Domain name or alternate domain name, lower case, with a port where it is not the usual one. */
  readonly domain: string;
  /** Empty, or beginning with `/` and not ending with one. */
  readonly originPath: string;
}

/** One entry of the setting `cloudfrontSigner.distributions`: who serves a part of a bucket. */
export interface DistributionMapping extends Endpoint {
  readonly bucket: string;
  /** Empty for the whole bucket. */
  readonly prefix: string;
  readonly keyPairId: string | undefined;
}

/** The mapping with the longest prefix that the object's key begins with. */
export function mappingFor(
  mappings: readonly DistributionMapping[],
  { bucket, key }: S3Location,
): DistributionMapping | undefined {
  return mappings
    .filter((mapping) => mapping.bucket === bucket && key.startsWith(mapping.prefix))
    .reduce<DistributionMapping | undefined>(
      (best, mapping) => (best && best.prefix.length >= mapping.prefix.length ? best : mapping),
      undefined,
    );
}

/**
 * Reads a domain name as people paste it: with or without `https://` and a trailing slash.
 * International names become their ASCII form, as in the certificate and on the wire.
 *
 * @param asked the protocol that counts, whatever the text says: it decides which port goes unsaid
 *
 * Errors: `domain-invalid`.
 */
export function parseDomain(
  text: string,
  asked?: 'https' | 'http',
): Result<{ readonly domain: string; readonly protocol: 'https' | 'http' }> {
  const trimmed = text.trim();
  const protocol = asked ?? (/^http:\/\//i.test(trimmed) ? 'http' : 'https');
  const address = `${protocol}://${trimmed.replace(/^https?:\/\//i, '')}`;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const isDomainAlone =
    url?.pathname === '/' &&
    url.username === '' &&
    url.password === '' &&
    !/[?#\s]/.test(trimmed) &&
    /^(?:[a-z0-9-]+(?:\.[a-z0-9-]+)*|\[[0-9a-f:]+\])(?::\d+)?$/.test(url.host);
  if (!isDomainAlone) return fail({ code: 'domain-invalid', text: trimmed.slice(0, 80) });
  return ok({ domain: url.host, protocol });
}

/** Brings an origin path into CloudFront's form: `media/` and `/media` are both `/media`. */
export function normalizeOriginPath(text: string): string {
  const inner = text.trim().replace(/^\/+|\/+$/g, '');
  return inner === '' ? '' : `/${inner}`;
}

/**
 * What all keys begin with that are served by an origin with this path, empty or in
 * CloudFront's form.
 */
export function servedPrefix(originPath: string): string {
  return originPath === '' ? '' : `${originPath.slice(1)}/`;
}
