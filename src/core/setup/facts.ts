import type {
  Distribution,
  KeyGroup,
  OriginAccessControl,
  PublicKey,
  QueryForwarding,
} from '../cloudfront/account.ts';
import type { LinkAnswer } from '../cloudfront/linkAnswer.ts';
import type { Route } from '../cloudfront/route.ts';
import type { Failure, Success } from '../outcome.ts';

/** What was looked at, or the problem that kept it from being seen. */
export type Seen<T> = Success<T> | Failure;

/**
 * The four settings that keep a bucket closed whatever its policies say.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 */
export interface PublicAccessBlock {
  readonly blockPublicAcls: boolean;
  readonly ignorePublicAcls: boolean;
  readonly blockPublicPolicy: boolean;
  readonly restrictPublicBuckets: boolean;
}

/** An object as far as its link depends on it. */
export interface ObjectDetails {
  /** In bytes. */
  readonly size: number;
  readonly storageClass: string;
  readonly archived: boolean;
  /** ARN or ID of the KMS key it is encrypted with; undefined for S3's own keys. */
  readonly kmsKeyId: string | undefined;
}

/** A KMS key as far as CloudFront has to be let in to it. */
export interface KmsKey {
  readonly arn: string;
  /** AWS manages `aws/s3`, whose policy nobody can change. */
  readonly managedByAws: boolean;
  /** The policy document, JSON. */
  readonly policy: string;
}

/** Answers to three requests for one byte of the object. */
export interface LiveAnswers {
  /** Through CloudFront, without a signature. */
  readonly unsigned: LinkAnswer;
  /** Straight from S3, without a signature. */
  readonly direct: LinkAnswer;
  /** Through CloudFront, with a signature that lives for minutes; undefined where none could be made. */
  readonly signed: LinkAnswer | undefined;
  /** How far CloudFront's clock is ahead of this computer's, in seconds; undefined where it was not told. */
  readonly clockAhead: number | undefined;
}

/** All that is known of the way from a bucket to a link; what checks judge by. */
export interface SetupFacts {
  readonly bucket: string;
  /** Undefined where a bucket or a distribution is checked and it has no object to try. */
  readonly key: string | undefined;
  readonly region: string;
  readonly publicAccessBlock: Seen<PublicAccessBlock | undefined>;
  /** `BucketOwnerEnforced` where ACLs are off. */
  readonly ownership: Seen<string | undefined>;
  /** The policy document, JSON. */
  readonly bucketPolicy: Seen<string | undefined>;
  /** Undefined where there is no such object. */
  readonly object: Seen<ObjectDetails | undefined>;
  /** Of the key that the object is encrypted with; undefined where there is none. */
  readonly kmsKey: Seen<KmsKey | undefined>;
  readonly distributions: Seen<readonly Distribution[]>;
  /** The way that links of the object take; undefined where no distribution leads to it. */
  readonly route: Route | undefined;
  readonly originAccessControl: Seen<OriginAccessControl | undefined>;
  /** What of a query the behavior lets through. */
  readonly queryForwarding: Seen<QueryForwarding>;
  readonly keyGroups: Seen<readonly KeyGroup[]>;
  readonly publicKeys: Seen<readonly PublicKey[]>;
  /** The private keys that are kept here, by their public halves. */
  readonly storedKeys: readonly { readonly keyPairId: string; readonly publicKeyPem: string }[];
  /** The key that links of this object are signed with; undefined where none fits. */
  readonly signingKeyPairId: string | undefined;
  readonly live: LiveAnswers;
}
