import type { CacheBehavior, Distribution } from '../cloudfront/account.ts';
import { counted } from '../counted.ts';
import { behaviorName, distributionName, listed } from '../setup/words.ts';

/** The most distributions that are named one by one. */
const NAMED = 5;

/** The distributions that have a behavior which trusts a key group. */
export function trusting(
  keyGroupId: string,
  distributions: readonly Distribution[],
): readonly Distribution[] {
  return distributions.filter(({ behaviors }) => behaviors.some(trusts(keyGroupId)));
}

/**
 * Who trusts a key group, to end a sentence: `trusted by the default behavior of distribution
 * EDFDVBD632BHDS5 (d111111abcdef8.cloudfront.net)`.
 *
 * @param distributions undefined where the profile may not see them
 */
export function trustWords(
  keyGroupId: string,
  distributions: readonly Distribution[] | undefined,
): string {
  if (distributions === undefined) return 'trusted by behaviors that this profile may not see';
  const all = trusting(keyGroupId, distributions);
  if (all.length === 0) return 'trusted by no behavior yet';
  const named = all
    .slice(0, NAMED)
    .map(
      (distribution) =>
        `${listed(distribution.behaviors.filter(trusts(keyGroupId)).map(behaviorName))} of ${distributionName(distribution)}`,
    );
  const others = all.length - named.length;
  const rest = others === 0 ? [] : [counted(others, 'other distribution')];
  return `trusted by ${[...named, ...rest].join('; ')}`;
}

function trusts(keyGroupId: string): (behavior: CacheBehavior) => boolean {
  return ({ keyGroupIds }) => keyGroupIds.includes(keyGroupId);
}
