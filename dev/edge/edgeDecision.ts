import { matchBehavior } from './cacheBehavior.ts';
import type { DistributionStore } from './distributionStore.ts';
import { type EdgeAnswer, errorPage, redirect, refusal } from './edgeAnswer.ts';
import { findDistribution } from './findDistribution.ts';
import { type OriginRequest, originRequest } from './originRequest.ts';
import { type Circumstances, judgeViewer } from './viewerAccess.ts';
import { hasBody, type ViewerRequest, writeUrl } from './viewerRequest.ts';

/** What is to be done about a request: answer it here, or ask the origin. */
export type EdgeDecision =
  | { readonly kind: 'answer'; readonly answer: EdgeAnswer }
  | { readonly kind: 'forward'; readonly request: OriginRequest };

/** The longest URL in bytes, query included. */
const LONGEST_URL = 8192;

/**
 * Takes a request through everything that CloudFront looks at before it asks an origin: length,
 * distribution, cache behavior, viewer protocol, method, signature.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorS3Origin.html
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-403-invalid-method.html
 */
export function decide(
  store: DistributionStore,
  request: ViewerRequest,
  circumstances: Circumstances,
): EdgeDecision {
  if (writeUrl(request).length > LONGEST_URL) {
    const tooLong = errorPage(413, 'Request Entity Too Large.');
    return answered({ ...tooLong, headers: { ...tooLong.headers, Connection: 'close' } });
  }
  const distribution = findDistribution(store.Distributions, request.host);
  if (distribution === undefined) {
    return answered(errorPage(403, 'Bad request. No enabled distribution has this domain name.'));
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
  const code = judgeViewer(store, behavior, request, circumstances);
  if (code !== undefined) {
    return answered(refusal(code));
  }
  const forwarded = originRequest(store, distribution, behavior, request);
  return forwarded === undefined
    ? answered(errorPage(502, 'The origin of the cache behavior is not an S3 bucket.'))
    : { kind: 'forward', request: forwarded };
}

function answered(answer: EdgeAnswer): EdgeDecision {
  return { kind: 'answer', answer };
}
