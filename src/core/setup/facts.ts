import type {
  CacheBehavior,
  Distribution,
  KeyGroup,
  Origin,
  OriginAccessControl,
  PublicKey,
  QueryForwarding,
} from '../cloudfront/account.ts';
import type { Endpoint } from '../cloudfront/distribution.ts';
import type { OwnKey } from '../cloudfront/keyMatch.ts';
import type { LinkAnswer } from '../cloudfront/linkAnswer.ts';
import type { Failure, Success } from '../outcome.ts';
import type { ObjectDetails, ObjectOwner, PublicAccessBlock } from '../s3/bucketReader.ts';
import type { KmsKey } from './kmsReader.ts';
import type { Signer } from './signer.ts';

/** What was looked at, or the problem that kept it from being seen. */
export type Seen<T> = Success<T> | Failure;

/** The way that a link of the object takes, also where it leads astray. */
export interface LinkRoute {
  readonly distribution: Distribution;
  /** The behavior that takes the path; undefined for a key that no origin path leads to. */
  readonly behavior: CacheBehavior | undefined;
  /** Where that behavior leads; undefined where that is no single origin. */
  readonly origin: Origin | undefined;
  /** The origin that has the object; undefined where the distribution has none that does. */
  readonly bucketOrigin: Origin | undefined;
}

/** Answers to three requests for one byte of the object; undefined where there was none to send. */
export interface LiveAnswers {
  /** Through CloudFront, without a signature. */
  readonly unsigned: LinkAnswer | undefined;
  /** Straight from S3, without a signature. */
  readonly direct: LinkAnswer | undefined;
  /** Through CloudFront, with a signature that lives for minutes. */
  readonly signed: Seen<LinkAnswer> | undefined;
  /** How far CloudFront's clock is ahead of this computer's, in seconds; undefined where it was not told. */
  readonly clockAhead: number | undefined;
}

/** All that is known of the way from a bucket to a link; what checks judge by. */
export interface SetupFacts {
  readonly bucket: string;
  /** Undefined where a bucket or a distribution is checked and it has no object to try. */
  readonly key: string | undefined;
  /** Undefined where S3 does not tell it. */
  readonly region: string | undefined;
  readonly publicAccessBlock: Seen<PublicAccessBlock | undefined>;
  /** Object Ownership: `BucketOwnerEnforced` where ACLs are off. */
  readonly ownership: Seen<string | undefined>;
  /** The policy document, JSON. */
  readonly bucketPolicy: Seen<string | undefined>;
  /** Undefined where there is no such object. */
  readonly object: Seen<ObjectDetails | undefined>;
  /** Undefined where there is no such object. */
  readonly objectOwner: Seen<ObjectOwner | undefined>;
  /** Of the key that the object is encrypted with; undefined where there is none. */
  readonly kmsKey: Seen<KmsKey | undefined>;
  readonly distributions: Seen<readonly Distribution[]>;
  /** Undefined where no distribution has to do with it. */
  readonly route: LinkRoute | undefined;
  /** Where viewers ask for the object; undefined where neither a distribution nor a setting says it. */
  readonly endpoint: Endpoint | undefined;
  /** Of the origin that the route leads to; undefined where it has none. */
  readonly originAccessControl: Seen<OriginAccessControl | undefined>;
  /** What of a query the behavior lets through: by its cache policy and by its origin request policy. */
  readonly queryForwarding: Seen<readonly QueryForwarding[]>;
  readonly keyGroups: Seen<readonly KeyGroup[]>;
  readonly publicKeys: Seen<readonly PublicKey[]>;
  /** The private keys that are kept here. */
  readonly storedKeys: readonly OwnKey[];
  /** What links of the object are signed with; undefined where no private key is kept here. */
  readonly signer: Signer | undefined;
  readonly live: LiveAnswers;
}
