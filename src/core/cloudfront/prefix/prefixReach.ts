import type { S3Place } from '../../s3/location.ts';
import { behaviorName } from '../../setup/words.ts';
import type { CacheBehavior, Distribution } from '../account.ts';
import { behaviorsBelow } from '../cacheBehavior.ts';
import {
  mappingFor,
  servedPrefix,
  type DistributionMapping,
  type Endpoint,
} from '../distribution.ts';
import { isRestricted } from '../keyMatch.ts';
import { originPathTo } from '../originDomain.ts';
import type { OpenedPrefix } from './prefixResource.ts';
import { routesTo } from '../route.ts';

/** What a policy for a prefix comes to where not all below it is served alike. */
export interface PrefixReach {
  /** Names of the behaviors through which it would open something else than objects of the prefix. */
  readonly astray: readonly string[];
  /** What else there is to know, in sentences. */
  readonly notes: readonly string[];
}

/**
 * What the cache behaviors below a prefix make of a policy that opens it.
 *
 * @param takes whether a behavior accepts the signature of the key
 */
export function reachOf(
  bucket: string,
  endpoint: Endpoint,
  { prefix, url }: OpenedPrefix,
  { origins, behaviors }: Pick<Distribution, 'origins' | 'behaviors'>,
  takes: (behavior: CacheBehavior) => boolean,
): PrefixReach {
  const viewed = prefix.slice(servedPrefix(endpoint.originPath).length);

  function leadsInto({ originId }: CacheBehavior): boolean {
    const origin = origins.find(({ id }) => id === originId);
    const originPath = origin && originPathTo(bucket, origin);
    return originPath !== undefined && `${servedPrefix(originPath)}${viewed}`.startsWith(prefix);
  }

  const below = behaviorsBelow(new URL(url).pathname, behaviors);
  return {
    astray: below
      .filter((behavior) => isRestricted(behavior) && takes(behavior) && !leadsInto(behavior))
      .map(behaviorName),
    notes: below.flatMap((behavior) => {
      const part = `What ${behaviorName(behavior)} takes of it`;
      if (!isRestricted(behavior)) return [`${part} is served to everybody, without a signature.`];
      return takes(behavior) ? [] : [`${part} stays closed, because it trusts other keys.`];
    }),
  };
}

/** Says of the parts of a prefix that the settings have served under another name. */
export function mappedElsewhere(
  { bucket, prefix }: S3Place,
  { domain }: Endpoint,
  mappings: readonly DistributionMapping[],
): readonly string[] {
  return mappings
    .filter(
      (mapping) =>
        mapping.bucket === bucket &&
        mapping.domain !== domain &&
        mapping.prefix !== prefix &&
        mapping.prefix.startsWith(prefix),
    )
    .map(
      (mapping) =>
        `The settings have “${mapping.prefix}” served by ${mapping.domain}, where this opens nothing.`,
    );
}

/**
 * The parts of a place that somebody serves, by what their keys begin with: the place itself, where
 * that is served, else what settings and origin paths lead to within it; none where nothing is known.
 */
export function servedParts(
  { bucket, prefix }: S3Place,
  mappings: readonly DistributionMapping[],
  distributions: readonly Distribution[],
): readonly string[] {
  const whole = { bucket, key: prefix };
  if (mappingFor(mappings, whole) !== undefined || routesTo(whole, distributions).length > 0) {
    return [prefix];
  }
  const mapped = mappings.filter((one) => one.bucket === bucket).map((one) => one.prefix);
  const served = distributions
    .flatMap(({ origins }) => origins.map((origin) => originPathTo(bucket, origin)))
    .flatMap((originPath) => (originPath === undefined ? [] : [servedPrefix(originPath)]));
  return [...new Set([...mapped, ...served].filter((part) => part.startsWith(prefix)))];
}
