import { aclAnswer, aclToSet } from './acl.ts';
import type { Bucket } from './bucket.ts';
import { copyObject } from './copyObject.ts';
import { ownerOf } from './objectOwnership.ts';
import { isArchived, writable } from './objectSource.ts';
import { deleteObject, markerHeaders } from './objectVersions.ts';
import { onObject, type Operation, type OperationContext } from './operation.ts';
import { findObject, readObject } from './readObject.ts';
import { emptyAnswer, type S3Answer } from './s3Answer.ts';
import { S3Error } from './s3Error.ts';
import { uploadObject } from './uploadObject.ts';
import { elementText } from './xml.ts';

/** What S3 does with an object, with the IAM action of each. */
export const OBJECT_OPERATIONS: Readonly<Record<string, Operation>> = {
  'GET object': onObject('s3:GetObject', readObject),
  'HEAD object': onObject('s3:GetObject', readObject),
  'GET object versionId': onObject('s3:GetObjectVersion', readObject),
  'HEAD object versionId': onObject('s3:GetObjectVersion', readObject),
  'PUT object': onObject('s3:PutObject', (bucket, key, context) =>
    context.request.headers.has('x-amz-copy-source')
      ? copyObject(bucket, key, context)
      : uploadObject(bucket, key, context),
  ),
  'DELETE object': onObject('s3:DeleteObject', (bucket, key) => {
    const marker = deleteObject(bucket, key);
    return emptyAnswer(204, marker && markerHeaders(marker));
  }),
  'GET object acl': onObject('s3:GetObjectAcl', (bucket, key, context) => {
    const object = findObject(bucket, key, context.caller);
    return aclAnswer({ acl: object.acl ?? 'private', owner: ownerOf(bucket, object) });
  }),
  'PUT object acl': onObject('s3:PutObjectAcl', (bucket, key, context) => {
    const object = findObject(bucket, key, context.caller);
    writable(bucket.objects).set({ ...object, acl: aclToSet(bucket, context.request) });
    return emptyAnswer(200);
  }),
  'POST object restore': onObject('s3:RestoreObject', restoreObject),
};

/**
 * Answers RestoreObject. What takes hours elsewhere is done at once.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_RestoreObject.html
 */
function restoreObject(bucket: Bucket, key: string, context: OperationContext): S3Answer {
  const object = findObject(bucket, key, context.caller);
  if (!isArchived(object) && object.restore === undefined) throw new S3Error('InvalidObjectState');
  const days = Number(elementText(context.request.body.toString('utf8'), 'Days') ?? 1);
  const until = new Date(Date.now() + days * DAY_MS);
  writable(bucket.objects).set({ ...object, restore: { kind: 'done', until } });
  return emptyAnswer(202);
}

const DAY_MS = 86_400_000;
