import type { CacheBehavior, Distribution, KeyGroup } from '../cloudfront/account.ts';

/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}

/** `distribution E1 (d1.cloudfront.net)`. */
export function distributionName({ id, domainName }: Distribution): string {
  return `distribution ${id} (${domainName})`;
}

/** `the default behavior`, or `the behavior “images/*”`. */
export function behaviorName({ pathPattern }: Pick<CacheBehavior, 'pathPattern'>): string {
  return pathPattern === undefined ? 'the default behavior' : `the behavior “${pathPattern}”`;
}

/** `key group “signers” (K1 and K2)`. */
export function keyGroupName({ name, publicKeyIds }: KeyGroup): string {
  const keys = publicKeyIds.length === 0 ? 'no keys' : listed(publicKeyIds);
  return `key group “${name}” (${keys})`;
}

/** A text with a capital at its front, to begin a sentence. */
export function sentenceOf(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
