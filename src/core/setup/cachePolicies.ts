import { hclAttributes, hclBlock } from '../notation/hcl.ts';
import { indented } from '../notation/indented.ts';
import { cdkConstruct, tsString } from '../notation/typeScript.ts';

/**
 * AWS's managed cache policy `CachingOptimized`, which forwards nothing of a request but its path.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html
 */
export const CACHING_OPTIMIZED = '658327ea-f89d-4fab-a63d-7e88639e58f6';

/**
 * The query parameters of GetObject by which a link sets headers of the answer, such as the name
 * under which a file is saved. S3 heeds them on signed requests, which an origin access control
 * makes of all.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html#API_GetObject_RequestParameters
 */
export const RESPONSE_OVERRIDES = [
  'response-cache-control',
  'response-content-disposition',
  'response-content-encoding',
  'response-content-language',
  'response-content-type',
  'response-expires',
] as const;

/**
 * A cache policy that forwards {@link RESPONSE_OVERRIDES} and tells answers apart by them, as
 * CloudFront's API takes it. Otherwise it is `CachingOptimized`. No managed policy is of use: of
 * those that forward queries some forward the viewer's `Host` too, by which S3 would look for a
 * bucket, and some leave the query out of the cache key.
 * https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CachePolicyConfig.html
 *
 * @param listOf how a list is written: {@link counted}, or for CloudFormation as it is
 */
export function overridesCachePolicy(
  name: string,
  listOf: (items: readonly string[]) => object,
): object {
  return {
    Name: name,
    MinTTL: 1,
    DefaultTTL: 86_400,
    MaxTTL: 31_536_000,
    ParametersInCacheKeyAndForwardedToOrigin: {
      EnableAcceptEncodingGzip: true,
      EnableAcceptEncodingBrotli: true,
      HeadersConfig: { HeaderBehavior: 'none' },
      CookiesConfig: { CookieBehavior: 'none' },
      QueryStringsConfig: {
        QueryStringBehavior: 'whitelist',
        QueryStrings: listOf(RESPONSE_OVERRIDES),
      },
    },
  };
}

/** A list as CloudFront's API takes it. */
export function counted(items: readonly string[]): object {
  return { Quantity: items.length, Items: items };
}

/** The same policy as a resource of Terraform. */
export function terraformCachePolicy(label: string, name: string): string {
  return hclBlock(`resource "aws_cloudfront_cache_policy" "${label}"`, [
    ...hclAttributes({ name, min_ttl: 1, default_ttl: 86_400, max_ttl: 31_536_000 }),
    {
      block: 'parameters_in_cache_key_and_forwarded_to_origin',
      body: [
        ...hclAttributes({
          enable_accept_encoding_brotli: true,
          enable_accept_encoding_gzip: true,
        }),
        { block: 'headers_config', body: hclAttributes({ header_behavior: 'none' }) },
        { block: 'cookies_config', body: hclAttributes({ cookie_behavior: 'none' }) },
        {
          block: 'query_strings_config',
          body: [
            ...hclAttributes({ query_string_behavior: 'whitelist' }),
            { block: 'query_strings', body: hclAttributes({ items: RESPONSE_OVERRIDES }) },
          ],
        },
      ],
    },
  ]);
}

/** The same policy as a construct of CDK, whose library is `cloudfront`. */
export function cdkCachePolicy(id: string, name: string): string {
  const parameters = RESPONSE_OVERRIDES.map((parameter) => `${tsString(parameter)},`).join('\n');
  return cdkConstruct('cloudfront.CachePolicy', id, {
    cachePolicyName: tsString(name),
    minTtl: 'Duration.seconds(1)',
    defaultTtl: 'Duration.days(1)',
    maxTtl: 'Duration.days(365)',
    enableAcceptEncodingBrotli: 'true',
    enableAcceptEncodingGzip: 'true',
    queryStringBehavior: `cloudfront.CacheQueryStringBehavior.allowList(\n${indented(parameters)}\n)`,
  });
}
