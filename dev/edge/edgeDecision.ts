import { matchBehavior } from './cacheBehavior.ts';
import type { Distribution, DistributionStore, GeoRestriction } from './distributionStore.ts';
import { type EdgeAnswer, errorPage, redirect, refusal } from './edgeAnswer.ts';
import { findDistribution } from './findDistribution.ts';
import { type OriginRoute, originRoute } from './originRoute.ts';
import { type Circumstances, judgeViewer } from './viewerAccess.ts';
import { hasBody, type ViewerRequest, writeUrl } from './viewerRequest.ts';

/** What is to be done about a request: answer it here, or ask the origin. */
export type EdgeDecision =
  | { readonly kind: 'answer'; readonly answer: EdgeAnswer }
  | { readonly kind: 'forward'; readonly route: OriginRoute };

/** The longest URL in bytes, query included. */
const LONGEST_URL = 8192;

/** The distribution that a request is for, and what is to be done about it. */
export interface Decided {
  readonly distribution: Distribution | undefined;
  readonly decision: EdgeDecision;
}

/**
 * Takes a request through everything that CloudFront looks at before it asks an origin: length,
 * distribution, firewall, country, cache behavior, viewer protocol, method, signature.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorS3Origin.html
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-403-invalid-method.html
 */
export function decide(
  store: DistributionStore,
  request: ViewerRequest,
  circumstances: Circumstances,
): Decided {
  if (writeUrl(request).length > LONGEST_URL) {
    const tooLong = errorPage(413, 'Request Entity Too Large.');
    return {
      distribution: undefined,
      decision: answered({ ...tooLong, headers: { ...tooLong.headers, Connection: 'close' } }),
    };
  }
  const distribution = findDistribution(store.Distributions, request.host);
  return {
    distribution,
    decision:
      distribution === undefined
        ? answered(errorPage(403, 'Bad request. No enabled distribution has this domain name.'))
        : decideFor(distribution, store, request, circumstances),
  };
}

function decideFor(
  distribution: Distribution,
  store: DistributionStore,
  request: ViewerRequest,
  circumstances: Circumstances,
): EdgeDecision {
  const { WebACLId, Restrictions } = distribution.DistributionConfig;
  if (WebACLId !== '' && circumstances.isBlocked(WebACLId)) {
    return answered(errorPage(403, 'Request blocked.'));
  }
  if (!isServed(Restrictions.GeoRestriction, circumstances.country)) {
    return answered(
      errorPage(
        403,
        'The Amazon CloudFront distribution is configured to block access from your country.',
      ),
    );
  }
  const behavior = matchBehavior(distribution.DistributionConfig, request.path);
  if (request.protocol === 'http' && behavior.ViewerProtocolPolicy !== 'allow-all') {
    return answered(
      behavior.ViewerProtocolPolicy === 'redirect-to-https'
        ? redirect(writeUrl({ ...request, protocol: 'https' }))
        : errorPage(403, 'Bad request. This content is served over HTTPS alone.'),
    );
  }
  if (!behavior.AllowedMethods.Items.some((method) => method === request.method)) {
    return answered(errorPage(403, 'This distribution does not allow the HTTP request method.'));
  }
  if (hasBody(request)) {
    return answered(errorPage(403, 'Bad request. A request to read carries no body.'));
  }
  const code = judgeViewer(store, distribution, behavior, request, circumstances);
  return code === undefined
    ? { kind: 'forward', route: originRoute(store, distribution, behavior, request) }
    : answered(refusal(code));
}

/** @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/georestrictions.html */
function isServed({ RestrictionType, Items }: GeoRestriction, country: string): boolean {
  return (
    RestrictionType === 'none' || Items.includes(country) === (RestrictionType === 'whitelist')
  );
}

function answered(answer: EdgeAnswer): EdgeDecision {
  return { kind: 'answer', answer };
}
