import type {
  CacheBehaviorSettings,
  Distribution,
  DistributionStore,
} from './distributionStore.ts';
import type { EdgeAnswer } from './edgeAnswer.ts';
import { type OriginRequest, originRequest } from './originRequest.ts';
import type { ViewerRequest } from './viewerRequest.ts';

/** What the origins of a behavior are asked, one after the other. */
export interface OriginRoute {
  /** What an origin is asked or, where it cannot be, the answer that says so. At least one. */
  readonly stops: readonly (OriginRequest | EdgeAnswer)[];
  /** The statuses of one origin at which the next one is asked. */
  readonly failover: readonly number[];
}

/**
 * The way of a viewer's request to the origin of a behavior, or to those of its origin group.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/high_availability_origin_failover.html
 */
export function originRoute(
  store: DistributionStore,
  distribution: Distribution,
  behavior: CacheBehaviorSettings,
  request: ViewerRequest,
): OriginRoute {
  const { Origins, OriginGroups } = distribution.DistributionConfig;
  const target = behavior.TargetOriginId;
  const group = OriginGroups.Items.find(({ Id }) => Id === target);
  const ids = group?.Members.Items.map(({ OriginId }) => OriginId) ?? [target];
  return {
    stops: ids.map((id) => {
      const origin = Origins.Items.find(({ Id }) => Id === id);
      return originRequest(store, distribution, origin, behavior, request);
    }),
    failover: group?.FailoverCriteria.StatusCodes.Items ?? [],
  };
}
