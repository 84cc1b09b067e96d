import type { Bucket } from './bucket.ts';
import { evaluatePolicy, matchesWildcards, type Principal } from './bucketPolicy.ts';
import { ACCOUNT, type AccountUser, type Identity, userArn } from './identity.ts';

/** Who asks, as far as a signature proves it. */
export interface Caller {
  /** Undefined for an anonymous caller. */
  readonly identity: Identity | undefined;
  /** The ARN of what a service principal acts for. */
  readonly sourceArn: string | undefined;
}

/**
 * Whether a caller may do something. The owner's users may unless the bucket policy or their own
 * denials say no; everybody else may as far as the bucket policy says yes.
 *
 * @param action such as `s3:GetObject`
 * @param bucket undefined where the action is on no bucket
 * @param key where the action is on an object
 */
export function isAllowed(caller: Caller, action: string, bucket?: Bucket, key?: string): boolean {
  const { identity, sourceArn } = caller;
  if (identity?.kind === 'user' && isDenied(identity, action, bucket?.name)) return false;
  if (bucket === undefined) return identity?.kind === 'user';
  const verdict = evaluatePolicy(bucket.policy, {
    principal: principalOf(identity),
    action,
    resource: `arn:aws:s3:::${bucket.name}${key === undefined ? '' : `/${key}`}`,
    context: contextOf(sourceArn),
  });
  if (verdict === 'silent') return identity?.kind === 'user';
  return verdict === 'allow';
}

function isDenied({ denials = [] }: AccountUser, action: string, bucket = ''): boolean {
  return denials.some(
    (denial) =>
      matchesWildcards(denial.action ?? '*', action) &&
      matchesWildcards(denial.bucket ?? '*', bucket),
  );
}

function principalOf(identity: Identity | undefined): Principal {
  if (identity === undefined) return { kind: 'anonymous' };
  return identity.kind === 'user'
    ? { kind: 'user', arn: userArn(identity), account: ACCOUNT }
    : { kind: 'service', service: identity.service };
}

function contextOf(sourceArn: string | undefined): ReadonlyMap<string, string> {
  const context = new Map([['aws:securetransport', 'false']]);
  if (sourceArn !== undefined) {
    context.set('aws:sourcearn', sourceArn);
    context.set('aws:sourceaccount', sourceArn.split(':')[4] ?? '');
  }
  return context;
}
