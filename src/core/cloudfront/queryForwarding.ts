import { ok, type Outcome } from '../outcome.ts';
import type { CacheBehavior, CloudFrontReader, QueryForwarding } from './account.ts';

/**
 * What a cache behavior lets through of a query: what its cache policy and its origin request policy
 * say, or what the legacy settings do.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/QueryStringParameters.html
 *
 * @param behavior undefined where nothing is known of one, and nothing is let through
 *
 * @returns one or two, that of the cache policy first
 *
 * Errors: those of `CloudFrontReader`.
 */
export async function forwardingOf(
  behavior: CacheBehavior | undefined,
  reader: Pick<CloudFrontReader, 'getCachePolicy' | 'getOriginRequestPolicy'>,
  signal: AbortSignal,
): Promise<Outcome<readonly QueryForwarding[]>> {
  const { cachePolicyId, originRequestPolicyId, forwardsQuery } = behavior ?? {};
  if (forwardsQuery !== undefined) {
    return ok([{ kind: forwardsQuery ? 'all' : 'none', names: [] }]);
  }
  const policies = await Promise.all([
    cachePolicyId === undefined ? undefined : reader.getCachePolicy(cachePolicyId, signal),
    originRequestPolicyId === undefined
      ? undefined
      : reader.getOriginRequestPolicy(originRequestPolicyId, signal),
  ]);
  const asked = policies.filter((policy) => policy !== undefined);
  const unseen = asked.find((policy) => policy.kind !== 'ok');
  return unseen ?? ok(asked.flatMap((policy) => (policy.kind === 'ok' ? [policy.value] : [])));
}

/** Whether a parameter reaches the origin, which takes one of the policies. */
export function isForwarded(policies: readonly QueryForwarding[], name: string): boolean {
  return policies.some(({ kind, names }) => {
    if (kind === 'listed') return names.includes(name);
    return kind === 'all-but-listed' ? !names.includes(name) : kind === 'all';
  });
}

/** AWS's managed cache policy `CachingDisabled`, by which nothing is kept that could be mixed up. */
const CACHING_DISABLED = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';

/**
 * Whether answers are kept apart by a parameter. Where an origin request policy alone lets it through,
 * a cache gives the answer to one value of it to whoever asks with another.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-the-cache-key.html
 *
 * @param policies as {@link forwardingOf} gives them
 */
export function isInCacheKey(
  { cachePolicyId, forwardsQuery }: CacheBehavior,
  policies: readonly QueryForwarding[],
  name: string,
): boolean {
  const isByPolicy = forwardsQuery === undefined && cachePolicyId !== CACHING_DISABLED;
  return !isByPolicy || isForwarded(policies.slice(0, 1), name);
}
