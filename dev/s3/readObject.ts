import { type Caller, isAllowed } from './access.ts';
import type { Bucket } from './bucket.ts';
import { checkKmsAccess, checkSignatureForKms } from './kmsAccess.ts';
import { getObject } from './objectRequests.ts';
import { isArchived, type StoredObject } from './objectSource.ts';
import {
  findVersion,
  isDeleteMarker,
  markerHeaders,
  versionIdOf,
  versionsOf,
} from './objectVersions.ts';
import type { OperationContext } from './operation.ts';
import type { S3Answer } from './s3Answer.ts';
import { S3Error } from './s3Error.ts';

/** Answers GetObject and HeadObject, the latter without the content that KMS would decrypt. */
export function readObject(bucket: Bucket, key: string, context: OperationContext): S3Answer {
  const { request, caller } = context;
  const versionId = request.query.get('versionId');
  const object =
    versionId === undefined ? findObject(bucket, key, caller) : findVersion(bucket, key, versionId);
  if (request.method === 'HEAD') {
    if (object.kmsKeyArn !== undefined) checkSignatureForKms(caller);
  } else {
    checkReadable(bucket, object, context);
  }
  const answer = getObject(object, request, caller.identity !== undefined);
  if (!bucket.keepsVersions) return answer;
  return { ...answer, headers: { ...answer.headers, 'x-amz-version-id': versionIdOf(object) } };
}

/** Finds an object. Errors: `NoSuchKey`, or `AccessDenied` for whoever may not list the bucket. */
export function findObject(bucket: Bucket, key: string, caller: Caller): StoredObject {
  const object = bucket.objects.get(key);
  if (object !== undefined) return object;
  // Whoever may not list a bucket does not learn what is not in it.
  if (!isAllowed(caller, 's3:ListBucket', bucket)) throw new S3Error('AccessDenied');
  const [marker] = versionsOf(bucket, key);
  throw new S3Error('NoSuchKey', {
    elements: { Key: key },
    ...(isDeleteMarker(marker) && { headers: markerHeaders(marker) }),
  });
}

/** Errors: `InvalidObjectState` for an archived object, and those of its KMS key. */
export function checkReadable(
  bucket: Bucket,
  object: StoredObject,
  { caller, kmsKeys }: OperationContext,
): void {
  if (isArchived(object)) {
    throw new S3Error('InvalidObjectState', { elements: { StorageClass: object.storageClass } });
  }
  if (object.kmsKeyArn === undefined) return;
  checkSignatureForKms(caller);
  checkKmsAccess(kmsKeys, object.kmsKeyArn, caller, 'kms:Decrypt', bucket);
}
