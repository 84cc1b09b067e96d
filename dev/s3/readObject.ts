import { type Caller, isAllowed } from './access.ts';
import type { Bucket } from './bucket.ts';
import { checkKmsAccess, checkSignatureForKms } from './kmsAccess.ts';
import { getObject } from './objectRequests.ts';
import { isArchived, type StoredObject } from './objectSource.ts';
import type { OperationContext } from './operation.ts';
import type { S3Answer } from './s3Answer.ts';
import { S3Error } from './s3Error.ts';

/** Answers GetObject and HeadObject, the latter without the content that KMS would decrypt. */
export function readObject(bucket: Bucket, key: string, context: OperationContext): S3Answer {
  const { request, caller } = context;
  const object = findObject(bucket, key, caller);
  if (request.method === 'HEAD') {
    if (object.kmsKeyArn !== undefined) checkSignatureForKms(caller);
  } else {
    checkReadable(bucket, object, context);
  }
  return getObject(object, request, caller.identity !== undefined);
}

/** Finds an object. Errors: `NoSuchKey`, or `AccessDenied` for whoever may not list the bucket. */
export function findObject(bucket: Bucket, key: string, caller: Caller): StoredObject {
  const object = bucket.objects.get(key);
  if (object !== undefined) return object;
  // Whoever may not list a bucket does not learn what is not in it.
  if (!isAllowed(caller, 's3:ListBucket', bucket)) throw new S3Error('AccessDenied');
  throw new S3Error('NoSuchKey', { elements: { Key: key } });
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
