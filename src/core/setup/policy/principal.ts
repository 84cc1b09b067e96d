import { isJsonObject } from '../../json.ts';
import { textsOf } from './texts.ts';

/** Whom a policy names, one of them. */
export type Principal =
  | { readonly kind: 'everybody' }
  /** All that an account lets have a resource of others. */
  | { readonly kind: 'account'; readonly account: string }
  /** A user, a role or a session. */
  | { readonly kind: 'identity'; readonly account: string; readonly arn: string }
  | { readonly kind: 'service'; readonly service: string }
  /** The legacy identity as which CloudFront reads; `E…`. */
  | { readonly kind: 'origin-access-identity'; readonly id: string }
  /** An account or an origin access identity by the ID that S3 has for it. */
  | { readonly kind: 'canonical-user'; readonly id: string }
  /** A federated user, or an identity that does not exist any more. */
  | { readonly kind: 'other'; readonly name: string };

/** The Principal element of a statement, or NotPrincipal, which is everybody else. */
export interface PrincipalElement {
  readonly listed: readonly Principal[];
  readonly negated: boolean;
}

/** The principal by which policies know CloudFront. */
export const CLOUDFRONT = 'cloudfront.amazonaws.com';

/**
 * Reads a Principal element in any of its forms: `*`, or names of each kind, alone or in a list.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function readPrincipals(element: unknown): readonly Principal[] {
  if (element === '*') return [{ kind: 'everybody' }];
  if (!isJsonObject(element)) return [];
  return Object.entries(element).flatMap(([type, names]) =>
    textsOf(names).map((name) => readPrincipal(type, name)),
  );
}

/** Reads one name of a Principal element; `type` is such as `AWS`. */
export function readPrincipal(type: string, name: string): Principal {
  switch (type) {
    case 'AWS':
      return readAwsPrincipal(name);
    case 'Service':
      return { kind: 'service', service: name };
    case 'CanonicalUser':
      return { kind: 'canonical-user', id: name };
    default:
      return { kind: 'other', name };
  }
}

function readAwsPrincipal(name: string): Principal {
  if (name === '*') return { kind: 'everybody' };
  const identity = /^arn:[a-z-]+:iam::cloudfront:user\/CloudFront Origin Access Identity (\w+)$/;
  const id = identity.exec(name)?.[1];
  if (id !== undefined) return { kind: 'origin-access-identity', id };
  const account = /^(?:arn:[a-z-]+:iam::)?(\d{12})(?::root)?$/.exec(name)?.[1];
  if (account !== undefined) return { kind: 'account', account };
  const owner = /^arn:[a-z-]+:(?:iam|sts)::(\d{12}):/.exec(name)?.[1];
  return owner === undefined
    ? { kind: 'other', name }
    : { kind: 'identity', account: owner, arn: name };
}
