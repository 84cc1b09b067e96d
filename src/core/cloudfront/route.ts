import type { S3Location } from '../s3/location.ts';
import type { CacheBehavior, Distribution, Origin } from './account.ts';
import { behaviorFor } from './cacheBehavior.ts';
import { canonicalUrl } from './canonicalUrl.ts';
import type { Endpoint } from './distribution.ts';
import { answeringTo, domainsOf } from './distributionNames.ts';
import { isRestricted } from './keyMatch.ts';
import { originPathTo } from './originDomain.ts';

/** One way from viewers to an object: which distribution, by which behavior, from which origin. */
export interface Route {
  readonly distribution: Distribution;
  readonly behavior: CacheBehavior;
  readonly origin: Origin;
  readonly endpoint: Endpoint;
}

/** What a route is worth to whoever signs with keys of her own, the best first. */
const STANDINGS = ['ready', 'untrusted', 'unrestricted', 'disabled'] as const;

/**
 * `untrusted`: signatures are asked for, and none of the own keys is among those that are accepted;
 * `unrestricted`: whoever knows the URL is served without one.
 */
export type Standing = (typeof STANDINGS)[number];

/** Whether a behavior accepts the signature of an own key. */
export type TrustsUs = (behavior: CacheBehavior) => boolean;

export function standingOf({ distribution, behavior }: Route, trustsUs: TrustsUs): Standing {
  if (!distribution.enabled) return 'disabled';
  if (!isRestricted(behavior)) return 'unrestricted';
  return trustsUs(behavior) ? 'ready' : 'untrusted';
}

/** Whether a distribution has an origin in a bucket: no other has a route to an object there. */
export function leadsTo(bucket: string, { origins }: Distribution): boolean {
  return origins.some((origin) => originPathTo(bucket, origin) !== undefined);
}

/**
 * Every route to an object, the best first: by what it is worth, deployed before changing, the
 * longest origin path, and an alternate domain name before that of CloudFront's own.
 */
export function routesTo(
  location: S3Location,
  distributions: readonly Distribution[],
  trustsUs: TrustsUs = () => true,
): readonly Route[] {
  const routes = distributions.flatMap((distribution) =>
    routesOf(location, distribution, domainsOf(distribution)),
  );
  return ranked(routes, trustsUs);
}

function ranked(routes: readonly Route[], trustsUs: TrustsUs): readonly Route[] {
  return routes
    .map((route) => ({ route, rank: rankOf(route, trustsUs) }))
    .toSorted((a, b) => {
      const differs = a.rank.findIndex((value, index) => value !== b.rank[index]);
      return (a.rank[differs] ?? 0) - (b.rank[differs] ?? 0);
    })
    .map(({ route }) => route);
}

function rankOf(route: Route, trustsUs: TrustsUs): readonly number[] {
  const { distribution, endpoint } = route;
  return [
    STANDINGS.indexOf(standingOf(route, trustsUs)),
    distribution.deployed ? 0 : 1,
    -endpoint.originPath.length,
    isAlias(route) ? 0 : 1,
  ];
}

function isAlias({ distribution, endpoint }: Route): boolean {
  return endpoint.domain !== distribution.domainName;
}

/**
 * Those of the ranked routes to choose from: of the best standing, each name once, and CloudFront's
 * own name only where the distribution has no other, for whoever gave it one wants it used.
 */
export function bestRoutes(routes: readonly Route[], trustsUs: TrustsUs): readonly Route[] {
  const [first] = routes;
  if (first === undefined) return [];
  const standing = standingOf(first, trustsUs);
  const best = routes.filter((route) => standingOf(route, trustsUs) === standing);
  return best.filter(
    (route, index) =>
      best.findIndex(({ endpoint }) => endpoint.domain === route.endpoint.domain) === index &&
      (isAlias(route) ||
        !best.some((other) => other.distribution === route.distribution && isAlias(other))),
  );
}

/**
 * The best route by a domain name that the caller knows, in lower case: also by one that a wildcard
 * stands for.
 */
export function routeThrough(
  domain: string,
  location: S3Location,
  distributions: readonly Distribution[],
): Route | undefined {
  const routes = answeringTo(domain, distributions).flatMap((distribution) =>
    routesOf(location, distribution, [domain]),
  );
  return ranked(routes, () => true)[0];
}

function routesOf(
  location: S3Location,
  distribution: Distribution,
  domains: readonly string[],
): readonly Route[] {
  return distribution.origins.flatMap((origin): Route[] => {
    const originPath = originPathTo(location.bucket, origin);
    if (originPath === undefined) return [];
    const behavior = behaviorOf(location.key, originPath, distribution);
    if (behavior?.originId !== origin.id) return [];
    return domains.map((domain) => ({
      distribution,
      behavior,
      origin,
      endpoint: { protocol: protocolOf(domain, behavior), domain, originPath },
    }));
  });
}

/** Undefined for a key outside the origin path. */
function behaviorOf(
  key: string,
  originPath: string,
  { domainName, behaviors }: Distribution,
): CacheBehavior | undefined {
  const url = canonicalUrl({ protocol: 'https', domain: domainName, originPath }, key);
  if (url.kind === 'ok') return behaviorFor(new URL(url.value).pathname, behaviors);
  // That no URL can carry the key is for signing to say, which needs a route to get there.
  return url.problem.code === 'key-outside-origin-path' ? undefined : behaviors.at(-1);
}

/**
 * HTTPS, which every distribution answers. CloudFront itself never goes by a loopback name: under
 * one answers a stand-in on this computer, which no certificate could vouch for, and which browsers
 * trust over HTTP as well (https://www.w3.org/TR/secure-contexts/#is-origin-trustworthy).
 */
function protocolOf(domain: string, { viewerProtocol }: CacheBehavior): Endpoint['protocol'] {
  const isLoopback = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?$/.test(domain);
  return isLoopback && viewerProtocol === 'allow-all' ? 'http' : 'https';
}
