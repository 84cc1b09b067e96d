import { aclAllows } from './acl.ts';
import type { Bucket } from './bucket.ts';
import { ACCOUNT, accountOf, type AccountUser, type Identity, userArn } from './identity.ts';
import { ownerOf } from './objectOwnership.ts';
import { evaluatePolicy } from './policyDocument.ts';
import type { Principal } from './policyPrincipal.ts';
import { isPublicPolicy } from './publicPolicy.ts';
import { matchesWildcards } from './wildcards.ts';

/** Who asks, as far as a signature proves it, and from where. */
export interface Caller {
  /** Undefined for an anonymous caller. */
  readonly identity: Identity | undefined;
  /** The ARN of what a service principal acts for. */
  readonly sourceArn: string | undefined;
  /** The ID of the legacy identity as which CloudFront reads. */
  readonly originAccessIdentity: string | undefined;
  readonly address: string;
  /** Whether a policy takes the request for one over TLS. */
  readonly secure: boolean;
}

/** What only the owner of an object, and its ACL, can allow: no policy of a bucket of another's. */
const BY_OBJECT_OWNER = ['s3:GetObject', 's3:GetObjectAcl', 's3:PutObjectAcl'];

/**
 * Whether a caller may do something. Users of the account that owns the bucket may unless the bucket
 * policy or their own denials say no; everybody else may as far as the bucket policy, or an ACL
 * where those are on, says yes.
 *
 * @param action such as `s3:GetObject`
 * @param bucket undefined where the action is on no bucket
 * @param key where the action is on an object
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/how-s3-evaluates-access-control.html
 */
export function isAllowed(caller: Caller, action: string, bucket?: Bucket, key?: string): boolean {
  const { identity } = caller;
  if (identity?.kind === 'user' && isDenied(identity, action, bucket?.name)) return false;
  const isOwners = identity?.kind === 'user' && accountOf(identity) === ACCOUNT;
  if (bucket === undefined) return isOwners;
  const principal = principalOf(caller);
  const verdict = evaluatePolicy(bucket.policy, {
    principal,
    action,
    resource: `arn:aws:s3:::${bucket.name}${key === undefined ? '' : `/${key}`}`,
    context: callerContext(caller),
  });
  if (verdict === 'deny') return false;
  const stored = key === undefined ? undefined : bucket.objects.get(key);
  const object = stored && { acl: stored.acl ?? 'private', owner: ownerOf(bucket, stored) };
  if (aclAllows(bucket, object, principal, action)) return true;
  const isForeign = object !== undefined && object.owner !== ACCOUNT;
  if (isForeign && BY_OBJECT_OWNER.includes(action)) return false;
  return isOwners || (verdict === 'allow' && !isCutOff(bucket, principal));
}

/** A public policy lets nobody in from outside the account, but for services, where that is set. */
function isCutOff({ publicAccessBlock, policy }: Bucket, { kind }: Principal): boolean {
  return (
    publicAccessBlock?.RestrictPublicBuckets === true &&
    kind !== 'service' &&
    isPublicPolicy(policy)
  );
}

/** Whether a user's own policies say no. */
export function isDenied({ denials = [] }: AccountUser, action: string, bucket = ''): boolean {
  return denials.some(
    (denial) =>
      matchesWildcards(denial.action ?? '*', action) &&
      matchesWildcards(denial.bucket ?? '*', bucket),
  );
}

/** Who asks, as policies name it. */
export function principalOf({ identity, originAccessIdentity: id }: Caller): Principal {
  if (identity === undefined) return { kind: 'anonymous' };
  if (identity.kind === 'user') {
    return { kind: 'user', arn: userArn(identity), account: accountOf(identity) };
  }
  return id === undefined
    ? { kind: 'service', service: identity.service }
    : { kind: 'origin-access-identity', id };
}

/**
 * What conditions of a policy see of a caller, by lower-case key.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function callerContext(caller: Caller): ReadonlyMap<string, string> {
  const { identity, sourceArn, address, secure } = caller;
  const principal = principalOf(caller);
  const values = {
    'aws:securetransport': String(secure),
    'aws:sourceip': address,
    'aws:principalisawsservice': String(principal.kind === 'service'),
    'aws:principalservicename': principal.kind === 'service' ? principal.service : undefined,
    'aws:principalarn': principal.kind === 'user' ? principal.arn : undefined,
    'aws:principalaccount': principal.kind === 'user' ? principal.account : undefined,
    'aws:principalorgid': identity?.kind === 'user' ? identity.organization : undefined,
    'aws:sourcearn': sourceArn,
    'aws:sourceaccount': sourceArn?.split(':')[4],
  };
  return new Map(
    Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}
