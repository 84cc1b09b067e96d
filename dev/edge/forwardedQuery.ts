import type { CacheBehaviorSettings, CloudFrontState, QueryStringsConfig } from './distribution.ts';

/**
 * What of a viewer's query (CloudFront's own parameters taken out already) goes to the origin:
 * what the behavior's cache policy and its origin request policy let through between them, or
 * what the legacy ForwardedValues say; nothing by default. `undefined` where nothing is left.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/QueryStringParameters.html
 */
export function forwardedQuery(
  state: CloudFrontState,
  behavior: CacheBehaviorSettings,
  query: string | undefined,
): string | undefined {
  if (query === undefined || behavior.ForwardedValues?.QueryString === true) {
    return query;
  }
  const policies = queryStringsConfigs(state, behavior);
  const kept = query
    .split('&')
    .filter((part) => policies.some((policy) => letsThrough(policy, part.split('=')[0] ?? '')));
  return kept.length === 0 ? undefined : kept.join('&');
}

function queryStringsConfigs(
  state: CloudFrontState,
  behavior: CacheBehaviorSettings,
): QueryStringsConfig[] {
  const cache = state.CachePolicies.find((policy) => policy.Id === behavior.CachePolicyId);
  const request = state.OriginRequestPolicies.find(
    (policy) => policy.Id === behavior.OriginRequestPolicyId,
  );
  return [
    cache?.CachePolicyConfig.ParametersInCacheKeyAndForwardedToOrigin.QueryStringsConfig,
    request?.OriginRequestPolicyConfig.QueryStringsConfig,
  ].filter((config) => config !== undefined);
}

function letsThrough(config: QueryStringsConfig, name: string): boolean {
  switch (config.QueryStringBehavior) {
    case 'all':
      return true;
    case 'none':
      return false;
    case 'whitelist':
      return config.QueryStrings.Items.includes(name);
    case 'allExcept':
      return !config.QueryStrings.Items.includes(name);
  }
}
