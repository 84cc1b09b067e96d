import type { CacheBehavior, Distribution, Origin } from '../cloudfront/account.ts';
import { behaviorFor } from '../cloudfront/cacheBehavior.ts';
import { canonicalUrl } from '../cloudfront/canonicalUrl.ts';
import type { DistributionMapping, Endpoint } from '../cloudfront/distribution.ts';
import { answeringTo, domainsOf } from '../cloudfront/distributionNames.ts';
import { originPathTo } from '../cloudfront/originDomain.ts';
import { routesTo, type TrustsUs } from '../cloudfront/route.ts';
import type { LinkRoute } from './facts.ts';

/** Which link is asked about. */
export interface LinkQuestion {
  readonly bucket: string;
  /** Undefined where the bucket has no object to try. */
  readonly key: string | undefined;
  /** The distribution that is asked about; undefined for the one that links take. */
  readonly distributionId: string | undefined;
  /** What the settings say of the object; it outdoes what the account says. */
  readonly mapping: DistributionMapping | undefined;
}

/** Where viewers ask for the object, and the way that it takes from there. */
export interface LinkWay {
  readonly route: LinkRoute | undefined;
  readonly endpoint: Endpoint | undefined;
}

/**
 * The way that links of an object take: through the distribution that is asked about, else through
 * the one that the settings name, else through the best there is. Where it leads astray it is given
 * all the same, for checks to say where it goes wrong.
 *
 * @param distributions undefined where the profile may not see them
 */
export function linkWay(
  question: LinkQuestion,
  distributions: readonly Distribution[] = [],
  trustsUs: TrustsUs = () => true,
): LinkWay {
  const { bucket, key, distributionId, mapping } = question;
  const asked = distributions.filter(({ id }) => id === distributionId);
  const named = mapping === undefined ? [] : answeringAt(mapping, distributions);
  const meant = asked.length > 0 ? asked : named;
  const candidates = meant.length > 0 ? meant : distributions;
  const [best] = key === undefined ? [] : routesTo({ bucket, key }, candidates, trustsUs);
  const distribution =
    best?.distribution ?? candidates.find((one) => originsOf(bucket, one).length > 0) ?? meant[0];
  const isMapped = distributionId === undefined || named.some(({ id }) => id === distributionId);
  const endpoint =
    (isMapped ? mapping : undefined) ??
    best?.endpoint ??
    (distribution && ownEndpoint(distribution, bucket));
  const route = distribution && endpoint && routeOf(question, distribution, endpoint);
  return { endpoint, route };
}

/**
 * The distributions that answer at an endpoint. Its port takes no part, unless a distribution on this
 * computer is listed with it.
 */
export function answeringAt(
  endpoint: Endpoint,
  distributions: readonly Distribution[],
): readonly Distribution[] {
  const exact = answeringTo(endpoint.domain, distributions);
  return exact.length > 0 ? exact : answeringTo(hostOf(endpoint), distributions);
}

/** The domain name of an endpoint without its port. */
export function hostOf({ domain }: Pick<Endpoint, 'domain'>): string {
  return domain.replace(/:\d+$/, '');
}

/** The origins of a distribution that are a bucket. */
export function originsOf(bucket: string, { origins }: Distribution): readonly Origin[] {
  return origins.filter((origin) => originPathTo(bucket, origin) !== undefined);
}

function ownEndpoint(distribution: Distribution, bucket: string): Endpoint {
  const [domain = distribution.domainName] = domainsOf(distribution);
  const [origin] = originsOf(bucket, distribution);
  const originPath = origin && originPathTo(bucket, origin);
  return { protocol: 'https', domain, originPath: originPath ?? '' };
}

function routeOf(
  { bucket, key }: LinkQuestion,
  distribution: Distribution,
  endpoint: Endpoint,
): LinkRoute {
  const { origins, behaviors } = distribution;
  const ofBucket = originsOf(bucket, distribution);
  const behavior =
    key === undefined
      ? behaviors.find(({ originId }) => ofBucket.some(({ id }) => id === originId))
      : behaviorTaking(key, endpoint, behaviors);
  const origin = origins.find(({ id }) => id === behavior?.originId);
  const bucketOrigin =
    ofBucket.find((one) => one === origin) ??
    ofBucket.find((one) => originPathTo(bucket, one) === endpoint.originPath) ??
    ofBucket[0];
  return { distribution, behavior, origin, bucketOrigin };
}

/** Undefined for a key that no URL of the endpoint leads to. */
function behaviorTaking(
  key: string,
  endpoint: Endpoint,
  behaviors: readonly CacheBehavior[],
): CacheBehavior | undefined {
  const url = canonicalUrl(endpoint, key);
  return url.kind === 'ok' ? behaviorFor(new URL(url.value).pathname, behaviors) : undefined;
}
