import { matchBehavior } from './cacheBehavior.ts';
import type { Distribution, DistributionStore } from './distributionStore.ts';
import { type OriginRoute, originRoute } from './originRoute.ts';
import type { ViewerRequest } from './viewerRequest.ts';

/** What a viewer gets in place of an error. */
export interface CustomErrorPage {
  /** The status that the viewer is told, if the page is there. */
  readonly status: number;
  /** The way to the page. */
  readonly route: OriginRoute;
}

/**
 * The page that a distribution has in place of an error, its own refusals included; `undefined`
 * where it has none. The page is fetched by the behavior that its path matches; no viewer asks for
 * it, so none has to be let in.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/GeneratingCustomErrorResponses.html
 */
export function customErrorPage(
  store: DistributionStore,
  distribution: Distribution,
  request: ViewerRequest,
  status: number,
): CustomErrorPage | undefined {
  const config = distribution.DistributionConfig;
  const found = config.CustomErrorResponses.Items.find(({ ErrorCode }) => ErrorCode === status);
  if (found === undefined || found.ResponsePagePath === '') {
    return undefined;
  }
  const path = found.ResponsePagePath;
  const method = request.method === 'HEAD' ? 'HEAD' : 'GET';
  const asked: ViewerRequest = { ...request, method, path, query: undefined, headers: {} };
  return {
    status: Number(found.ResponseCode),
    route: originRoute(store, distribution, matchBehavior(config, path), asked),
  };
}
