import { ok, type Outcome } from '../outcome.ts';
import type { CacheBehavior, CloudFrontReader, QueryForwarding } from './account.ts';

/**
 * What a cache behavior lets through of a query: what its cache policy and its origin request policy
 * say, or what the legacy settings do.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/QueryStringParameters.html
 *
 * @param behavior undefined where nothing is known of one, and nothing is let through
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
