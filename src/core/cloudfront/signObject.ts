import { fail, type Result } from '../outcome.ts';
import type { Problem } from '../problem.ts';
import { canonicalUrl } from './canonicalUrl.ts';
import type { Endpoint } from './distribution.ts';
import { isCanned, type Policy } from './policy.ts';
import { signUrl, type HashAlgorithm, type SigningKey, type SignPolicy } from './signedUrl.ts';

/** What a link shall grant, beside which object. */
export interface Grant extends Omit<Policy, 'resource'> {
  /** What is opened beside the object: all URLs that begin with what stands before a last `*`. */
  readonly resource?: string;
  readonly hashAlgorithm: HashAlgorithm;
  /** Parameters that are part of the URL and of what is signed. */
  readonly query: Readonly<Record<string, string>>;
}

/** A query and conditions in one link: its `?` would open more than the object. */
export const QUERY_AS_WILDCARD: Problem<'option-invalid'> = {
  code: 'option-invalid',
  option: 'query',
  detail:
    'Together with notBefore or ipAddress it would need a custom policy, in which “?” is a wildcard that opens other objects too. Leave one of them out.',
};

/** Everything that signing one object needs and no prompt is left for. */
export interface Signing {
  readonly endpoint: Endpoint;
  readonly key: SigningKey;
  readonly grant: Grant;
}

/**
 * The whole way from a key in the bucket to its signed URL.
 *
 * Errors: those of `canonicalUrl` and `signUrl`; `option-invalid` for a query in a custom policy,
 * where its `?` is a wildcard and the link would open other objects as well.
 */
export function signObject(
  objectKey: string,
  { endpoint, key, grant: { hashAlgorithm, query, resource, ...conditions } }: Signing,
  signPolicy: SignPolicy,
): Result<string> {
  const url = canonicalUrl(endpoint, objectKey, query);
  if (url.kind !== 'ok') return url;
  const policy: Policy = { resource: resource ?? url.value, ...conditions };
  if (resource === undefined && !isCanned(policy) && url.value.includes('?')) {
    return fail(QUERY_AS_WILDCARD);
  }
  return signUrl(policy, key, hashAlgorithm, signPolicy, url.value);
}
