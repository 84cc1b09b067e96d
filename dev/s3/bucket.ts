import type { CannedAcl } from './acl.ts';
import { type BucketEncryption, S3_MANAGED } from './bucketEncryption.ts';
import type { Inventory } from './bucketInventory.ts';
import type { Website } from './bucketWebsite.ts';
import { memoryObjects } from './memoryObjects.ts';
import type { ObjectOwnership } from './objectOwnership.ts';
import type { ObjectSource, WritableObjectSource } from './objectSource.ts';
import type { ObjectVersion } from './objectVersions.ts';
import type { PolicyDocument } from './policyDocument.ts';
import { ALL_BLOCKED, type PublicAccessBlock } from './publicAccessBlock.ts';

export interface Bucket {
  readonly name: string;
  readonly region: string;
  readonly created: Date;
  readonly objects: ObjectSource | WritableObjectSource;
  keepsVersions: boolean;
  /** By key, those behind the object that is there, or was: the newest first. */
  readonly olderVersions: Map<string, readonly ObjectVersion[]>;
  policy: PolicyDocument | undefined;
  /** Undefined where nothing is blocked. */
  publicAccessBlock: PublicAccessBlock | undefined;
  /** Undefined where its controls were taken away, which is as `ObjectWriter`. */
  objectOwnership: ObjectOwnership | undefined;
  acl: CannedAcl;
  encryption: BucketEncryption;
  readonly inventories: readonly Inventory[];
  /** Undefined where its website endpoint serves nothing. */
  website: Website | undefined;
}

/**
 * What a bucket may be made with, such as no Block Public Access, or in place of objects in memory a
 * million made-up ones.
 */
export type BucketSettings = Partial<Omit<Bucket, 'name' | 'policy' | 'olderVersions'>>;

/**
 * Makes a bucket as S3 makes new ones, unless told otherwise: closed to the public, with ACLs off,
 * encrypted with S3's own keys.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/create-bucket-faq.html
 */
export function newBucket(name: string, settings: BucketSettings & Pick<Bucket, 'region'>): Bucket {
  return {
    name,
    created: new Date(),
    objects: memoryObjects(),
    keepsVersions: false,
    olderVersions: new Map(),
    policy: undefined,
    publicAccessBlock: ALL_BLOCKED,
    objectOwnership: 'BucketOwnerEnforced',
    acl: 'private',
    encryption: S3_MANAGED,
    inventories: [],
    website: undefined,
    ...settings,
  };
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export function isBucketName(name: string): boolean {
  return /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) && !name.includes('..');
}
