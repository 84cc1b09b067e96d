import type { Outcome } from '../outcome.ts';
import type { S3Location } from './location.ts';

/** A bucket as ListBuckets gives it. */
export interface BucketEntry {
  readonly kind: 'bucket';
  readonly name: string;
  readonly region: string | undefined;
  readonly created: Date | undefined;
}

/** A common prefix: what a delimiter of `/` folds a level's deeper keys into. Ends with `/`. */
export interface PrefixEntry {
  readonly kind: 'prefix';
  readonly prefix: string;
}

/** An object as ListObjectsV2 gives it. */
export interface ObjectEntry {
  readonly kind: 'object';
  readonly key: string;
  /** In bytes. */
  readonly size: number;
  readonly modified: Date | undefined;
  readonly etag: string | undefined;
  readonly storageClass: string;
  /** Whether no GET can read it before it is restored. */
  readonly archived: boolean;
}

/** One answer of a paged listing. `next` asks for the following one and is absent on the last. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next?: string;
}

/** The most that S3 gives at once. */
export const PAGE_SIZE = 1000;

/** What one page of a listing is asked with. */
export interface ListObjectsRequest {
  readonly bucket: string;
  readonly prefix: string;
  /** From 1 to 1000. */
  readonly pageSize: number;
  /** The `next` of the page before. */
  readonly after?: string;
  /** Where no `after` is given: begin behind this key. */
  readonly startAfter?: string;
  /**
   * How often in a row it has failed: the more often, the longer it is held back before it is asked.
   */
  readonly failures?: number;
}

/** One version of an object. https://docs.aws.amazon.com/AmazonS3/latest/userguide/versioning-workflows.html */
export interface ObjectVersion {
  /** Such as `3HL4kqtJlcpXroDTDmJ.rmSpXd3dIbrHY`; `null` for one from before the bucket kept versions. */
  readonly id: string;
  readonly isLatest: boolean;
  /** In bytes. */
  readonly size: number;
  readonly modified: Date | undefined;
}

/** What S3 tells of one object without its content. */
export interface ObjectFacts {
  readonly storageClass: string;
  readonly archived: boolean;
}

/** The reading side of S3, as the extension needs it. A signal that fires gives `cancelled`. */
export interface ObjectStore {
  /** One page of the account's buckets, by name. */
  listBuckets(
    request: { readonly pageSize: number; readonly after?: string },
    signal: AbortSignal,
  ): Promise<Outcome<Page<BucketEntry>>>;

  /** One page of a level: its objects and common prefixes together, in S3's order. */
  listObjects(
    request: ListObjectsRequest,
    signal: AbortSignal,
  ): Promise<Outcome<Page<PrefixEntry | ObjectEntry>>>;

  /** One page of all the keys that begin with a prefix, however deep, in S3's order. */
  listKeys(request: ListObjectsRequest, signal: AbortSignal): Promise<Outcome<Page<ObjectEntry>>>;

  /** Looks at one object; `object-missing` where it is not there. */
  headObject(location: S3Location, signal: AbortSignal): Promise<Outcome<ObjectFacts>>;

  /** The versions of one object, the newest first, a thousand at most. */
  listVersions(
    location: S3Location,
    signal: AbortSignal,
  ): Promise<Outcome<readonly ObjectVersion[]>>;
}

/**
 * Whether a GET is refused until the object is restored.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/restoring-objects.html
 *
 * @param restored whether a restored copy is available now
 * @param archiveStatus of an Intelligent-Tiering object, where S3 tells it
 */
export function isArchived(
  storageClass: string,
  restored: boolean,
  archiveStatus?: string,
): boolean {
  const deep = storageClass === 'GLACIER' || storageClass === 'DEEP_ARCHIVE';
  return (deep || archiveStatus !== undefined) && !restored;
}
