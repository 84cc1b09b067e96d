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

/** A user of the account that owns the buckets: may do everything that nothing denies. */
export interface AccountUser extends AccessKey {
  readonly kind: 'user';
  /** As in `arn:aws:iam::ACCOUNT:user/NAME`. */
  readonly name: string;
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
 * distribution it acts for by ARN in the signed header `x-amz-source-arn`.
 */
interface ServicePrincipal extends AccessKey {
  readonly kind: 'service';
  readonly service: 'cloudfront.amazonaws.com';
}

/** The account that owns every bucket: the one of the examples in AWS's documentation. */
export const ACCOUNT = '111122223333';

/** The ARN by which a bucket policy names a user. */
export function userArn({ name }: AccountUser): string {
  return `arn:aws:iam::${ACCOUNT}:user/${name}`;
}
