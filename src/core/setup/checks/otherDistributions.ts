import { isRestricted } from '../../cloudfront/keyMatch.ts';
import { routesTo, type Route } from '../../cloudfront/route.ts';
import { bucketRequest, policyOf, readerOf } from '../bucketAccess.ts';
import type { Check, Mend } from '../check.ts';
import type { LinkRoute } from '../facts.ts';
import { accessTo } from '../policy/access.ts';
import { fails, holds, NO_OBJECT, ofRoute, unknown } from '../verdicts.ts';
import { behaviorName, distributionName, sentenceOf } from '../words.ts';

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-trusted-signers.html */
export const otherDistributions: Check = {
  id: 'other-distributions',
  topic: 'The bucket',
  title: 'No other distribution serves the object without a signature',
  why: 'One distribution that asks for no signature opens what another one keeps closed.',
  after: [],
  judge(facts) {
    const { bucket, key, distributions } = facts;
    const policy = policyOf(facts);
    if (policy.kind !== 'ok') return unknown(policy.problem);
    return ofRoute(facts, (own) => {
      if (key === undefined) return NO_OBJECT;
      const all = distributions.kind === 'ok' ? distributions.value : [];
      const others = all.filter(({ id, enabled }) => enabled && id !== own.distribution.id);
      const open = routesTo({ bucket, key }, others).find((route) => {
        const reader = readerOf({ ...route, bucketOrigin: route.origin });
        const access = accessTo(policy.value, bucketRequest(facts, reader));
        return !isRestricted(route.behavior) && access.kind === 'allowed';
      });
      return open === undefined
        ? holds('None does.')
        : fails(
            `${sentenceOf(distributionName(open.distribution))} serves “${key}” to everybody: ${behaviorName(open.behavior)} of it trusts no key group, and the bucket policy lets it read.`,
            mendOf(open, own),
          );
    });
  },
};

function mendOf({ distribution, behavior }: Route, own: LinkRoute): Mend {
  const { id } = distribution;
  const { keyGroupIds = [] } = own.behavior ?? {};
  return {
    advice: `Have ${behaviorName(behavior)} of distribution ${id} trust the key groups of distribution ${own.distribution.id}, or take distribution ${id} out of the bucket policy.`,
    changes:
      keyGroupIds.length === 0
        ? []
        : [
            {
              kind: 'distribution',
              distributionId: id,
              edits: [{ kind: 'trust-key-groups', pathPattern: behavior.pathPattern, keyGroupIds }],
            },
          ],
  };
}
