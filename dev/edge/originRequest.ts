import { withoutOwnParameters } from './accessParameters.ts';
import type {
  CacheBehaviorSettings,
  Distribution,
  DistributionStore,
  QueryStringsConfig,
} from './distributionStore.ts';
import type { ViewerRequest } from './viewerRequest.ts';

/** What the edge asks of S3. */
export interface OriginRequest {
  readonly method: string;
  /** The raw path in path style, from the slash before the bucket. */
  readonly path: string;
  /** The raw query without its `?`. */
  readonly query: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  /** The bucket's region, where the origin's domain name says it. */
  readonly region: string | undefined;
  /** Whether an origin access control has it signed; else S3 sees an anonymous request. */
  readonly signed: boolean;
}

/** Of a viewer's headers S3 sees those that choose between a whole object, a part and none. */
const PASSED_HEADERS = [
  'range',
  'if-range',
  'if-match',
  'if-none-match',
  'if-modified-since',
  'if-unmodified-since',
] as const;

/**
 * What a viewer's request becomes on its way to the behavior's origin: origin path in front, the
 * raw path behind it byte for byte, CloudFront's own parameters taken out, and the distribution's
 * ARN in `X-Amz-Source-Arn`, which a bucket policy sees as `AWS:SourceArn`. `undefined` where the
 * behavior's origin is no bucket.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorS3Origin.html
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
 */
export function originRequest(
  store: DistributionStore,
  distribution: Distribution,
  behavior: CacheBehaviorSettings,
  request: ViewerRequest,
): OriginRequest | undefined {
  const config = distribution.DistributionConfig;
  const origin = config.Origins.Items.find(({ Id }) => Id === behavior.TargetOriginId);
  const location = origin && readBucketDomain(origin.DomainName);
  if (location === undefined) {
    return undefined;
  }
  const accessControl = store.OriginAccessControls.find(
    ({ Id }) => Id === origin?.OriginAccessControlId,
  )?.OriginAccessControlConfig;
  // No viewer's own Authorization header reaches S3, hence "no-override" never finds one to keep.
  const signed = accessControl !== undefined && accessControl.SigningBehavior !== 'never';
  const path = request.path === '/' ? `/${config.DefaultRootObject}` : request.path;
  const headers: Record<string, string> = { 'user-agent': 'Amazon CloudFront' };
  for (const name of PASSED_HEADERS) {
    const value = request.headers[name];
    if (typeof value === 'string') {
      headers[name] = value;
    }
  }
  if (signed) {
    headers['x-amz-source-arn'] = distribution.ARN;
  }
  return {
    method: request.method,
    path: `/${location.bucket}${origin?.OriginPath ?? ''}${path}`,
    query: forwardedQuery(store, behavior, withoutOwnParameters(request.query)),
    headers,
    region: location.region,
    signed,
  };
}

/**
 * Reads an origin's domain name as one of a bucket: `b.s3.region.amazonaws.com`,
 * `b.s3.amazonaws.com`, `b.s3-region.amazonaws.com`, dual-stack and China alike. `undefined` for
 * any other, website endpoints among them: those are custom origins.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistS3AndCustomOrigins.html
 */
function readBucketDomain(
  domainName: string,
): { readonly bucket: string; readonly region: string | undefined } | undefined {
  const match =
    /^(?<bucket>.+)\.s3(?:[.-](?:dualstack\.)?(?!website-)(?<region>[a-z]{2,}(?:-[a-z]+)+-\d+))?\.amazonaws\.com(?:\.cn)?$/.exec(
      domainName.toLowerCase(),
    );
  const bucket = match?.groups?.['bucket'];
  return bucket === undefined ? undefined : { bucket, region: match?.groups?.['region'] };
}

/**
 * What of a query goes to the origin: what the behavior's cache policy and its origin request
 * policy let through between them, or what the legacy ForwardedValues say; nothing by default.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/QueryStringParameters.html
 */
function forwardedQuery(
  store: DistributionStore,
  behavior: CacheBehaviorSettings,
  query: string | undefined,
): string | undefined {
  if (query === undefined || behavior.ForwardedValues?.QueryString === true) {
    return query;
  }
  const policies = [
    store.CachePolicies.find(({ Id }) => Id === behavior.CachePolicyId)?.CachePolicyConfig
      .ParametersInCacheKeyAndForwardedToOrigin.QueryStringsConfig,
    store.OriginRequestPolicies.find(({ Id }) => Id === behavior.OriginRequestPolicyId)
      ?.OriginRequestPolicyConfig.QueryStringsConfig,
  ].filter((config) => config !== undefined);
  const kept = query
    .split('&')
    .filter((part) => policies.some((policy) => letsThrough(policy, part.split('=')[0] ?? '')));
  return kept.length === 0 ? undefined : kept.join('&');
}

function letsThrough(
  { QueryStringBehavior, QueryStrings }: QueryStringsConfig,
  name: string,
): boolean {
  const listed = QueryStrings.Items.includes(name);
  return (
    QueryStringBehavior === 'all' ||
    (QueryStringBehavior === 'whitelist' && listed) ||
    (QueryStringBehavior === 'allExcept' && !listed)
  );
}
