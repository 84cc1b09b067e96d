import { createHash } from 'node:crypto';

/** Who may hold an access key of the server. */
export type Identity = AccountUser | ServicePrincipal;

/** An access key, temporary where it has a session token. */
interface AccessKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** When the session ends; from then on the answer is `ExpiredToken`. */
  readonly expiration?: Date;
}

/**
 * A user of an account, whose own policies allow everything that nothing denies. In the buckets of
 * another account that is as much as the bucket's policy says.
 */
export interface AccountUser extends AccessKey {
  readonly kind: 'user';
  /** As in `arn:aws:iam::ACCOUNT:user/NAME`. */
  readonly name: string;
  /** The account that owns the buckets, unless given. */
  readonly account?: string;
  /** ID of the organization that the account is in, such as `o-exampleorgid`. */
  readonly organization?: string;
  readonly denials?: readonly Denial[];
}

/** What a user may not do; `*` and `?` are wildcards, and what is left out stands for all. */
interface Denial {
  /** Such as `s3:ListBucket`. */
  readonly action?: string;
  readonly bucket?: string;
}

/**
 * CloudFront, which reads a bucket only as far as the bucket's policy says. It names the
 * distribution it acts for by ARN in the signed header `x-amz-source-arn`, or else in
 * `x-amz-origin-access-identity` the ID of the legacy identity as which it reads.
 */
interface ServicePrincipal extends AccessKey {
  readonly kind: 'service';
  readonly service: 'cloudfront.amazonaws.com';
}

/** The account that owns every bucket: the one of the examples in AWS's documentation. */
export const ACCOUNT = '111122223333';

/** The account that a user belongs to. */
export function accountOf({ account = ACCOUNT }: AccountUser): string {
  return account;
}

/** The ARN by which a policy names a user. */
export function userArn(user: AccountUser): string {
  return `arn:aws:iam::${accountOf(user)}:user/${user.name}`;
}

/**
 * The obfuscated ID under which S3 knows an account or an origin access identity.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/finding-canonical-user-id.html
 */
export function canonicalUserId(accountOrIdentity: string): string {
  return createHash('sha256').update(accountOrIdentity).digest('hex');
}
