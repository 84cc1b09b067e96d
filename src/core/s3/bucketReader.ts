import type { Outcome } from '../outcome.ts';
import type { S3Location } from './location.ts';

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
  readonly storageClass: string;
  readonly archived: boolean;
  /** ARN or ID of the KMS key it is encrypted with; undefined for S3's own keys. */
  readonly kmsKeyId: string | undefined;
}

/** Whose an object is. IDs are the canonical ones of accounts. */
export interface ObjectOwner {
  readonly objectOwnerId: string;
  readonly bucketOwnerId: string;
}

/**
 * How a bucket is set up, read. Every method may fail with `access-denied`, which names the
 * permission, `bucket-missing`, and the codes of credentials and network; a signal that fires gives
 * `cancelled`.
 */
export interface BucketReader {
  /** The region that a bucket is in; undefined where S3 does not tell it. */
  getRegion(bucket: string, signal: AbortSignal): Promise<Outcome<string | undefined>>;
  /** Undefined where nothing is blocked. */
  getPublicAccessBlock(
    bucket: string,
    signal: AbortSignal,
  ): Promise<Outcome<PublicAccessBlock | undefined>>;
  /** Object Ownership; undefined where it was never set, which is as `ObjectWriter`. */
  getOwnership(bucket: string, signal: AbortSignal): Promise<Outcome<string | undefined>>;
  /** The policy document, JSON; undefined where there is none. */
  getPolicy(bucket: string, signal: AbortSignal): Promise<Outcome<string | undefined>>;
  /** Undefined where there is no such object. */
  describeObject(
    location: S3Location,
    signal: AbortSignal,
  ): Promise<Outcome<ObjectDetails | undefined>>;
  /** Undefined where there is no such object. */
  getOwner(location: S3Location, signal: AbortSignal): Promise<Outcome<ObjectOwner | undefined>>;
}
