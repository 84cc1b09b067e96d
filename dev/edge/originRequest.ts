import { withoutOwnParameters } from './accessParameters.ts';
import type {
  CacheBehaviorSettings,
  Distribution,
  DistributionStore,
  Origin,
  QueryStringsConfig,
} from './distributionStore.ts';
import { type EdgeAnswer, errorPage } from './edgeAnswer.ts';
import type { ViewerRequest } from './viewerRequest.ts';

/** What the edge asks of S3. */
export interface OriginRequest {
  readonly method: string;
  /** The raw path from its slash: in path style, or that of a website endpoint. */
  readonly path: string;
  /** The raw query without its `?`. */
  readonly query: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  /** The bucket's region, where the origin's domain name says it. */
  readonly region: string | undefined;
  /** The service that the request is signed for; undefined for a request that nobody signs. */
  readonly signedFor: string | undefined;
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
 * What a viewer's request becomes on its way to an origin: origin path in front, the raw path behind
 * it byte for byte, CloudFront's own parameters taken out. Where there is no asking the origin, the
 * answer that says so.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorS3Origin.html
 */
export function originRequest(
  store: DistributionStore,
  distribution: Distribution,
  origin: Origin | undefined,
  behavior: CacheBehaviorSettings,
  request: ViewerRequest,
): OriginRequest | EdgeAnswer {
  const location = origin && readBucketDomain(origin.DomainName);
  if (origin === undefined || location === undefined) {
    return errorPage(502, 'The origin of the cache behavior is not an S3 bucket.');
  }
  const { bucket, region, isWebsite } = location;
  if (isWebsite && usesHttps(origin, request)) {
    return errorPage(504, 'The origin does not answer at its port for HTTPS.');
  }
  const { DefaultRootObject } = distribution.DistributionConfig;
  const path = request.path === '/' ? `/${DefaultRootObject}` : request.path;
  const headers: Record<string, string> = { 'user-agent': 'Amazon CloudFront' };
  for (const name of PASSED_HEADERS) {
    const value = request.headers[name];
    if (typeof value === 'string') {
      headers[name] = value;
    }
  }
  const asked = {
    method: request.method,
    query: forwardedQuery(store, behavior, withoutOwnParameters(request.query)),
    region,
  };
  if (isWebsite) {
    return {
      ...asked,
      path: `${origin.OriginPath}${path}`,
      headers: { ...headers, host: origin.DomainName },
      signedFor: undefined,
    };
  }
  const { signedFor, headers: identifying } = originAccess(store, distribution, origin);
  return {
    ...asked,
    path: `/${bucket}${origin.OriginPath}${path}`,
    headers: { ...headers, ...identifying },
    signedFor,
  };
}

/** @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesOrigin.html#DownloadDistValuesOriginProtocolPolicy */
function usesHttps({ CustomOriginConfig }: Origin, { protocol }: ViewerRequest): boolean {
  const policy = CustomOriginConfig?.OriginProtocolPolicy ?? 'http-only';
  return policy === 'https-only' || (policy === 'match-viewer' && protocol === 'https');
}

/**
 * How S3 knows who asks. By an origin access control the request is signed and carries the
 * distribution's ARN in `X-Amz-Source-Arn`, which a bucket policy sees as `AWS:SourceArn`; by the
 * legacy origin access identity it comes from that; else from nobody.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
 */
function originAccess(
  { OriginAccessControls }: DistributionStore,
  { ARN }: Distribution,
  { OriginAccessControlId, S3OriginConfig }: Origin,
): Pick<OriginRequest, 'signedFor' | 'headers'> {
  const control = OriginAccessControls.find(
    ({ Id }) => Id === OriginAccessControlId,
  )?.OriginAccessControlConfig;
  // No viewer's own Authorization header reaches S3, hence "no-override" never finds one to keep.
  if (control !== undefined && control.SigningBehavior !== 'never') {
    return {
      signedFor: control.OriginAccessControlOriginType,
      headers: { 'x-amz-source-arn': ARN },
    };
  }
  const [, , identity] = S3OriginConfig?.OriginAccessIdentity.split('/') ?? [];
  return OriginAccessControlId === '' && identity !== undefined
    ? { signedFor: 's3', headers: { 'x-amz-origin-access-identity': identity } }
    : { signedFor: undefined, headers: {} };
}

/** The bucket that an origin's domain name is of. */
interface BucketLocation {
  readonly bucket: string;
  readonly region: string | undefined;
  /** Whether it is the bucket's website endpoint, which is a custom origin. */
  readonly isWebsite: boolean;
}

/**
 * Reads an origin's domain name as one of a bucket: `b.s3.region.amazonaws.com`,
 * `b.s3.amazonaws.com`, `b.s3-region.amazonaws.com`, dual-stack, website endpoints, China alike.
 * `undefined` for any other.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistS3AndCustomOrigins.html
 */
function readBucketDomain(domainName: string): BucketLocation | undefined {
  const match =
    /^(?<bucket>.+)\.s3(?<site>-website(?=[.-]))?(?:[.-](?:dualstack\.)?(?<region>[a-z]{2,}(?:-[a-z]+)+-\d+))?\.amazonaws\.com(?:\.cn)?$/.exec(
      domainName.toLowerCase(),
    );
  const bucket = match?.groups?.['bucket'];
  return bucket === undefined
    ? undefined
    : {
        bucket,
        region: match?.groups?.['region'],
        isWebsite: match?.groups?.['site'] !== undefined,
      };
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
