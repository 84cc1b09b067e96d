import type { S3Location } from '../s3/location.ts';
import type { CacheBehavior, Distribution, Origin } from './account.ts';
import { behaviorFor } from './cacheBehavior.ts';
import type { DistributionMapping } from './distribution.ts';
import { answeringTo } from './distributionNames.ts';
import { readBucketOrigin } from './originDomain.ts';

/** What is known of who serves which bucket. */
export interface KnownFronts {
  readonly mappings: readonly DistributionMapping[];
  readonly distributions: readonly Distribution[];
}

/**
 * The object of a URL, by the settings first, then by the account, as when an object is signed;
 * undefined where its distribution is not known, or leads to something else.
 */
export function objectAt(
  url: string,
  { mappings, distributions }: KnownFronts,
): S3Location | undefined {
  return mappedObject(url, mappings) ?? wayOf(url, distributions).location;
}

/** The way that a request for a URL takes; undefined from where it is not known any more. */
export interface UrlWay {
  readonly distribution: Distribution | undefined;
  readonly behavior: CacheBehavior | undefined;
  /** Where the behavior leads, if that is a single origin. */
  readonly origin: Origin | undefined;
  readonly location: S3Location | undefined;
}

/** The way of a URL through the distributions of an account, enabled or not. */
export function wayOf(url: string, distributions: readonly Distribution[]): UrlWay {
  const { host, hostname, pathname } = new URL(url);
  // A distribution on this computer may be listed with its port.
  const [distribution] = [host, hostname].flatMap((name) => answeringTo(name, distributions));
  const behavior = distribution && behaviorFor(pathname, distribution.behaviors);
  const origin = distribution?.origins.find(({ id }) => id === behavior?.originId);
  const bucketOrigin = origin && readBucketOrigin(origin);
  return {
    distribution,
    behavior,
    origin,
    location: bucketOrigin && locationIn(bucketOrigin.bucket, bucketOrigin.originPath, pathname),
  };
}

/** The object of a URL by what the settings map: of several mappings the one with the longest prefix. */
export function mappedObject(
  url: string,
  mappings: readonly DistributionMapping[],
): S3Location | undefined {
  const { host, pathname } = new URL(url);
  const found = mappings
    .filter(({ domain }) => domain === host)
    .map(({ bucket, originPath, prefix }) => ({
      location: locationIn(bucket, originPath, pathname),
      prefix,
    }))
    .filter(({ location, prefix }) => location.key.startsWith(prefix))
    .toSorted((a, b) => b.prefix.length - a.prefix.length);
  return found[0]?.location;
}

/** The inverse of a canonical URL: percent-encoding undone, the origin path back in front. */
function locationIn(bucket: string, originPath: string, pathname: string): S3Location {
  return { bucket, key: `${originPath}${decoded(pathname)}`.slice(1) };
}

function decoded(pathname: string): string {
  try {
    return decodeURIComponent(pathname);
  } catch {
    // What is no escape is sent as it is, and S3 takes it so.
    return pathname;
  }
}
