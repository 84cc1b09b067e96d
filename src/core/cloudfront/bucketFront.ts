import type { S3Place } from '../s3/location.ts';
import type { Distribution } from './account.ts';
import { servedPrefix } from './distribution.ts';
import { domainsOf } from './distributionNames.ts';
import { isRestricted } from './keyMatch.ts';
import { originPathTo } from './originDomain.ts';

/** A distribution in front of a bucket, or of a part of one. */
export interface BucketFront {
  readonly distribution: Distribution;
  /** The name that its links have; undefined where it has wildcards alone. */
  readonly domain: string | undefined;
  /** How much of what it serves from there asks viewers for a signature. */
  readonly restricted: 'all' | 'some' | 'none';
}

/** The distributions in front of a place in S3, enabled ones first. */
export function frontsOf(
  { bucket, prefix }: S3Place,
  distributions: readonly Distribution[],
): readonly BucketFront[] {
  return distributions
    .flatMap((distribution): BucketFront[] => {
      const origins = distribution.origins.filter((origin) => {
        const originPath = originPathTo(bucket, origin);
        if (originPath === undefined) return false;
        const served = servedPrefix(originPath);
        return served.startsWith(prefix) || prefix.startsWith(served);
      });
      const behaviors = distribution.behaviors.filter(({ originId }) =>
        origins.some(({ id }) => id === originId),
      );
      if (behaviors.length === 0) return [];
      const count = behaviors.filter(isRestricted).length;
      const restricted = count === 0 ? 'none' : count === behaviors.length ? 'all' : 'some';
      return [{ distribution, domain: domainsOf(distribution)[0], restricted }];
    })
    .toSorted((a, b) => Number(b.distribution.enabled) - Number(a.distribution.enabled));
}
