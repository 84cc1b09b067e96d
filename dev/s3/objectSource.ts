import type { CannedAcl } from './acl.ts';
import { S3Error } from './s3Error.ts';

/** What a listing tells of an object. */
export interface ListedObject {
  readonly key: string;
  /** In bytes. */
  readonly size: number;
  /** In double quotes, as S3 sends it. */
  readonly etag: string;
  readonly lastModified: Date;
  /** Such as `STANDARD`, `GLACIER`, `DEEP_ARCHIVE`. */
  readonly storageClass: string;
  /** Of an archived object: how far a restore has come. */
  readonly restore?: RestoreState;
  /** Of an Intelligent-Tiering object that has been archived. */
  readonly archiveStatus?: 'ARCHIVE_ACCESS' | 'DEEP_ARCHIVE_ACCESS';
  /** The account that uploaded it: that of the buckets, unless given. */
  readonly owner?: string;
}

type RestoreState =
  { readonly kind: 'under-way' } | { readonly kind: 'done'; readonly until: Date };

/** An object with its content. */
export interface StoredObject extends ListedObject {
  readonly body: Uint8Array;
  /** What a GET sends back as it was put: `content-type`, `cache-control`, `x-amz-meta-…` */
  readonly headers: Readonly<Record<string, string>>;
  /** `private` unless given. */
  readonly acl?: CannedAcl;
  /** ARN of the KMS key that it is encrypted with: S3's own keys, unless given. */
  readonly kmsKeyArn?: string;
  /** Absent where it was stored in a bucket that kept no versions. */
  readonly versionId?: string;
}

/** The objects of a bucket. A source may make them up, so that a bucket can hold millions. */
export interface ObjectSource {
  /** The objects from a key on, itself included, in S3's order; read no further than asked for. */
  from(key: string): Iterable<ListedObject>;
  get(key: string): StoredObject | undefined;
}

/** A source that keeps what it is given. */
export interface WritableObjectSource extends ObjectSource {
  set(object: StoredObject): void;
  delete(key: string): void;
}

/** Whether a GET is refused until the object is restored. */
export function isArchived({ storageClass, archiveStatus, restore }: ListedObject): boolean {
  const archived =
    storageClass === 'GLACIER' || storageClass === 'DEEP_ARCHIVE' || archiveStatus !== undefined;
  return archived && restore?.kind !== 'done';
}

/** The source as one that keeps what it is given. Errors: `MethodNotAllowed` where it does not. */
export function writable(source: ObjectSource | WritableObjectSource): WritableObjectSource {
  if (!('set' in source)) throw new S3Error('MethodNotAllowed');
  return source;
}
