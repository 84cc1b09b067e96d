import type {
  CachePolicy,
  CookiesConfig,
  HeadersConfig,
  OriginRequestPolicy,
  QueryStringsConfig,
} from './distributionStore.ts';

/** AWS's managed cache policy "CachingOptimized", which forwards no query. */
export const CACHING_OPTIMIZED = '658327ea-f89d-4fab-a63d-7e88639e58f6';

const YEAR = 31_536_000;
const DAY = 86_400;

/** What a policy may say of headers, cookies and queries. */
interface Forwarded {
  readonly headers?: HeadersConfig;
  readonly cookies?: CookiesConfig['CookieBehavior'];
  readonly query?: QueryStringsConfig['QueryStringBehavior'];
}

/**
 * The managed cache policies that may stand before a bucket.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html
 */
export function managedCachePolicies(): CachePolicy[] {
  const methodHeaders = ['x-http-method', 'x-http-method-override', 'x-method-override'];
  const originDecides = () => whitelist(['host', 'origin', ...methodHeaders]);
  return [
    cachePolicy(CACHING_OPTIMIZED, 'Managed-CachingOptimized', [1, DAY, YEAR], true),
    cachePolicy(
      'b2884449-e4de-46a7-ac36-70bc7f1ddd6d',
      'Managed-CachingOptimizedForUncompressedObjects',
      [1, DAY, YEAR],
      false,
    ),
    cachePolicy(
      '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
      'Managed-CachingDisabled',
      [0, 0, 0],
      false,
    ),
    cachePolicy(
      '83da9c7e-98b4-4e11-a168-04f0df8e2c65',
      'UseOriginCacheControlHeaders',
      [0, 0, YEAR],
      true,
      { headers: originDecides(), cookies: 'all' },
    ),
    cachePolicy(
      '4cc15a8a-d715-48a4-82b8-cc0b614638fe',
      'UseOriginCacheControlHeaders-QueryStrings',
      [0, 0, YEAR],
      true,
      { headers: originDecides(), cookies: 'all', query: 'all' },
    ),
  ];
}

/**
 * The managed origin request policies that may stand before a bucket.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html
 */
export function managedOriginRequestPolicies(): OriginRequestPolicy[] {
  return [
    originRequestPolicy('216adef6-5c7f-47e4-b989-5492eafa07d3', 'Managed-AllViewer', {
      headers: { HeaderBehavior: 'allViewer', Headers: { Items: [] } },
      cookies: 'all',
      query: 'all',
    }),
    originRequestPolicy(
      'b689b0a8-53d0-40ab-baf2-68738e2966ac',
      'Managed-AllViewerExceptHostHeader',
      {
        headers: { HeaderBehavior: 'allExcept', Headers: { Items: ['Host'] } },
        cookies: 'all',
        query: 'all',
      },
    ),
    originRequestPolicy('88a5eaf4-2fd4-4709-b370-b4c650ea3fcf', 'Managed-CORS-S3Origin', {
      headers: whitelist([
        'Origin',
        'Access-Control-Request-Headers',
        'Access-Control-Request-Method',
      ]),
    }),
    originRequestPolicy('59781a5b-3903-41f3-afcb-af62929ccde1', 'Managed-CORS-CustomOrigin', {
      headers: whitelist(['Origin']),
    }),
    originRequestPolicy('acba4595-bd28-49b8-b9fe-13317c0390fa', 'Managed-UserAgentRefererHeaders', {
      headers: whitelist(['User-Agent', 'Referer']),
    }),
  ];
}

function cachePolicy(
  Id: string,
  Name: string,
  [MinTTL, DefaultTTL, MaxTTL]: readonly [min: number, byDefault: number, max: number],
  compressed: boolean,
  forwarded: Forwarded = {},
): CachePolicy {
  return {
    Id,
    Type: 'managed',
    CachePolicyConfig: {
      Name,
      MinTTL,
      DefaultTTL,
      MaxTTL,
      ParametersInCacheKeyAndForwardedToOrigin: {
        EnableAcceptEncodingGzip: compressed,
        EnableAcceptEncodingBrotli: compressed,
        ...configs(forwarded),
      },
    },
  };
}

function originRequestPolicy(Id: string, Name: string, forwarded: Forwarded): OriginRequestPolicy {
  return {
    Id,
    Type: 'managed',
    OriginRequestPolicyConfig: { Name, ...configs(forwarded) },
  };
}

function configs({ headers, cookies = 'none', query = 'none' }: Forwarded) {
  return {
    HeadersConfig: headers ?? { HeaderBehavior: 'none', Headers: { Items: [] } },
    CookiesConfig: { CookieBehavior: cookies, Cookies: { Items: [] } },
    QueryStringsConfig: { QueryStringBehavior: query, QueryStrings: { Items: [] } },
  } as const satisfies {
    HeadersConfig: HeadersConfig;
    CookiesConfig: CookiesConfig;
    QueryStringsConfig: QueryStringsConfig;
  };
}

function whitelist(names: string[]): HeadersConfig {
  return { HeaderBehavior: 'whitelist', Headers: { Items: names } };
}
