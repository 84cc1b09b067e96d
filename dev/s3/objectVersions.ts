import { randomBytes } from 'node:crypto';
import type { Bucket } from './bucket.ts';
import { type StoredObject, writable } from './objectSource.ts';
import { S3Error } from './s3Error.ts';
import { elementText } from './xml.ts';

/** What stands in for an object that is deleted from a bucket that keeps versions. */
interface DeleteMarker {
  readonly versionId: string;
  readonly lastModified: Date;
  readonly isDeleteMarker: true;
}

export type ObjectVersion = StoredObject | DeleteMarker;

/** The ID of what was there before its bucket kept versions. */
const NULL_VERSION = 'null';

/** What the IDs look like that S3 makes. */
const VERSION_ID = /^[\w.]{32}$/;

/** Stores an object, behind which the one that was there stays where its bucket keeps versions. */
export function storeVersion(bucket: Bucket, object: StoredObject): StoredObject {
  const stored = bucket.keepsVersions ? { ...object, versionId: newVersionId() } : object;
  keepCurrent(bucket, object.key);
  writable(bucket.objects).set(stored);
  return stored;
}

/** Deletes an object: for good, or with a marker in its place where its bucket keeps versions. */
export function deleteObject(bucket: Bucket, key: string): DeleteMarker | undefined {
  keepCurrent(bucket, key);
  writable(bucket.objects).delete(key);
  if (!bucket.keepsVersions) return undefined;
  const marker = {
    versionId: newVersionId(),
    lastModified: new Date(),
    isDeleteMarker: true,
  } as const;
  bucket.olderVersions.set(key, [marker, ...olderVersions(bucket, key)]);
  return marker;
}

/** All versions of a key, the newest first. */
export function versionsOf(bucket: Bucket, key: string): readonly ObjectVersion[] {
  const current = bucket.objects.get(key);
  return [...(current === undefined ? [] : [current]), ...olderVersions(bucket, key)];
}

/** `null` for what was there before its bucket kept versions. */
export function versionIdOf({ versionId = NULL_VERSION }: ObjectVersion): string {
  return versionId;
}

export function isDeleteMarker(version: ObjectVersion | undefined): version is DeleteMarker {
  return version !== undefined && 'isDeleteMarker' in version;
}

/**
 * Finds a version. Errors: `InvalidArgument`, `NoSuchVersion`, and `MethodNotAllowed` for a marker.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/RetrievingObjectVersions.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/DeleteMarker.html
 */
export function findVersion(bucket: Bucket, key: string, id: string): StoredObject {
  if (id !== NULL_VERSION && !VERSION_ID.test(id)) {
    throw new S3Error('InvalidArgument', {
      message: 'Invalid version id specified',
      elements: { ArgumentName: 'versionId', ArgumentValue: id },
    });
  }
  const version = versionsOf(bucket, key).find((one) => versionIdOf(one) === id);
  if (version === undefined) {
    throw new S3Error('NoSuchVersion', { elements: { Key: key, VersionId: id } });
  }
  if (isDeleteMarker(version)) {
    throw new S3Error('MethodNotAllowed', { headers: markerHeaders(version) });
  }
  return version;
}

/** What an answer says of a marker that it found, or made. */
export function markerHeaders({ versionId }: DeleteMarker): Record<string, string> {
  return { 'x-amz-delete-marker': 'true', 'x-amz-version-id': versionId };
}

/** Reads the body of PutBucketVersioning. Errors: `MalformedXML`, `NotImplemented`. */
export function parseVersioning(xml: string): true {
  const status = elementText(xml, 'Status');
  if (status === 'Enabled') return true;
  if (status !== 'Suspended') throw new S3Error('MalformedXML');
  throw new S3Error('NotImplemented', { message: 'Versions are kept here from then on.' });
}

function keepCurrent(bucket: Bucket, key: string): void {
  const current = bucket.objects.get(key);
  if (current === undefined || !bucket.keepsVersions) return;
  bucket.olderVersions.set(key, [current, ...olderVersions(bucket, key)]);
}

function olderVersions({ olderVersions: older }: Bucket, key: string): readonly ObjectVersion[] {
  return older.get(key) ?? [];
}

function newVersionId(): string {
  return randomBytes(16).toString('hex');
}
