import type { Bucket } from './bucket.ts';
import { ACCOUNT, canonicalUserId } from './identity.ts';
import type { Principal } from './policyPrincipal.ts';
import { type S3Answer, xmlAnswer } from './s3Answer.ts';
import { S3Error } from './s3Error.ts';
import type { S3Request } from './s3Request.ts';

/**
 * Whom else than the owner an access control list lets in, as far as the canned ones go.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl
 */
export type CannedAcl = keyof typeof GRANTS;

/** Who is granted something, and what. */
type Grant = readonly [Grantee, Permission];
type Grantee = 'everybody' | 'every AWS account' | 'bucket owner';
type Permission = 'FULL_CONTROL' | 'READ' | 'WRITE' | 'READ_ACP' | 'WRITE_ACP';

const GRANTS = {
  private: [],
  'public-read': [['everybody', 'READ']],
  'public-read-write': [
    ['everybody', 'READ'],
    ['everybody', 'WRITE'],
  ],
  'authenticated-read': [['every AWS account', 'READ']],
  'bucket-owner-read': [['bucket owner', 'READ']],
  'bucket-owner-full-control': [['bucket owner', 'FULL_CONTROL']],
} as const satisfies Record<string, readonly Grant[]>;

/** The permission of an ACL that stands for an action, and whose ACL has to grant it. */
const PERMISSIONS: Readonly<Record<string, readonly [Permission, of: 'object' | 'bucket']>> = {
  's3:GetObject': ['READ', 'object'],
  's3:GetObjectAcl': ['READ_ACP', 'object'],
  's3:PutObjectAcl': ['WRITE_ACP', 'object'],
  's3:ListBucket': ['READ', 'bucket'],
  's3:PutObject': ['WRITE', 'bucket'],
  's3:DeleteObject': ['WRITE', 'bucket'],
};

/** An ACL and the account whose resource it is on. */
export interface OwnedAcl {
  readonly acl: CannedAcl;
  readonly owner: string;
}

/** Whether the ACL of an object, or else of its bucket, lets somebody do something. */
export function aclAllows(
  bucket: Bucket,
  object: OwnedAcl | undefined,
  principal: Principal,
  action: string,
): boolean {
  const [permission, of] = PERMISSIONS[action] ?? [];
  const owned = of === 'object' ? object : { acl: bucket.acl, owner: ACCOUNT };
  if (owned === undefined || bucket.objectOwnership === 'BucketOwnerEnforced') return false;
  const { acl, owner } = owned;
  if (principal.kind === 'user' && principal.account === owner) return true;
  if (isPublicAcl(acl) && bucket.publicAccessBlock?.IgnorePublicAcls) return false;
  return grantsOf(acl).some(
    ([grantee, granted]) =>
      (granted === permission || granted === 'FULL_CONTROL') && isGrantee(principal, grantee),
  );
}

function isGrantee(principal: Principal, grantee: Grantee): boolean {
  if (grantee === 'everybody') return true;
  if (principal.kind !== 'user') return false;
  return grantee === 'every AWS account' || principal.account === ACCOUNT;
}

/** The ACL that a request names. Errors: `InvalidArgument`, `NotImplemented`. */
export function cannedAcl({ headers }: S3Request): CannedAcl | undefined {
  if ([...headers.keys()].some((name) => name.startsWith('x-amz-grant-'))) {
    throw new S3Error('NotImplemented', { message: 'Grants are implemented as canned ACLs only.' });
  }
  const acl = headers.get('x-amz-acl');
  if (acl === undefined || isCannedAcl(acl)) return acl;
  throw new S3Error('InvalidArgument', {
    elements: { ArgumentName: 'x-amz-acl', ArgumentValue: acl },
  });
}

/**
 * The ACL that a request gives what it makes; `undefined` where it says nothing. A bucket takes none
 * that grants something where its ACLs are off, and no public one where those are blocked.
 *
 * Errors: `AccessControlListNotSupported`, `AccessDenied`, and those of {@link cannedAcl}.
 */
export function requestedAcl(bucket: Bucket, request: S3Request): CannedAcl | undefined {
  const acl = cannedAcl(request);
  if (acl === undefined) return undefined;
  const { objectOwnership, publicAccessBlock } = bucket;
  if (objectOwnership === 'BucketOwnerEnforced' && acl !== 'bucket-owner-full-control') {
    throw new S3Error('AccessControlListNotSupported');
  }
  if (publicAccessBlock?.BlockPublicAcls && isPublicAcl(acl)) throw new S3Error('AccessDenied');
  return acl;
}

/** The ACL that PutBucketAcl or PutObjectAcl sets. Errors: as {@link requestedAcl} has them. */
export function aclToSet(bucket: Bucket, request: S3Request): CannedAcl {
  const acl = requestedAcl(bucket, request);
  if (acl !== undefined) return acl;
  throw new S3Error('NotImplemented', { message: 'Grants are implemented as canned ACLs only.' });
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status */
export function isPublicAcl(acl: CannedAcl): boolean {
  return grantsOf(acl).some(([grantee]) => grantee !== 'bucket owner');
}

/**
 * Answers GetBucketAcl and GetObjectAcl.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAcl.html
 */
export function aclAnswer({ acl, owner }: OwnedAcl): S3Answer {
  const grants: readonly (readonly [Grantee | 'owner', Permission])[] = [
    ['owner', 'FULL_CONTROL'],
    ...grantsOf(acl),
  ];
  return xmlAnswer('AccessControlPolicy', {
    Owner: { ID: canonicalUserId(owner) },
    AccessControlList: {
      Grant: grants.map(([grantee, Permission]) => ({
        ...granteeElement(grantee, owner),
        Permission,
      })),
    },
  });
}

const GROUPS = 'http://acs.amazonaws.com/groups/global';
const SCHEMA = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';

function granteeElement(grantee: Grantee | 'owner', owner: string) {
  if (grantee === 'owner' || grantee === 'bucket owner') {
    const ID = canonicalUserId(grantee === 'owner' ? owner : ACCOUNT);
    return { [`Grantee ${SCHEMA} xsi:type="CanonicalUser"`]: { ID } };
  }
  const group = grantee === 'everybody' ? 'AllUsers' : 'AuthenticatedUsers';
  return { [`Grantee ${SCHEMA} xsi:type="Group"`]: { URI: `${GROUPS}/${group}` } };
}

function isCannedAcl(text: string): text is CannedAcl {
  return Object.hasOwn(GRANTS, text);
}

function grantsOf(acl: CannedAcl): readonly Grant[] {
  return GRANTS[acl];
}
