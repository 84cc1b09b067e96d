import { type CannedAcl, requestedAcl } from './acl.ts';
import type { Bucket } from './bucket.ts';
import { encryptionHeaders, encryptionKey } from './bucketEncryption.ts';
import { ACCOUNT, accountOf, type Identity } from './identity.ts';
import { checkKmsAccess } from './kmsAccess.ts';
import { newObject } from './objectRequests.ts';
import type { StoredObject } from './objectSource.ts';
import { storeVersion } from './objectVersions.ts';
import type { OperationContext } from './operation.ts';
import { emptyAnswer, type S3Answer } from './s3Answer.ts';
import { S3Error } from './s3Error.ts';
import type { S3Request } from './s3Request.ts';

const MAX_KEY_BYTES = 1024;

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html */
export function uploadObject(bucket: Bucket, key: string, context: OperationContext): S3Answer {
  const { body } = context.request;
  const object = storeObject(bucket, key, { body, headers: keptHeaders(context.request) }, context);
  return emptyAnswer(200, {
    etag: object.etag,
    ...encryptionHeaders(object.kmsKeyArn),
    ...(object.versionId !== undefined && { 'x-amz-version-id': object.versionId }),
  });
}

/** What of a PUT's headers a GET sends back. */
const KEPT_HEADER =
  /^(?:content-(?:type|disposition|encoding|language)|cache-control|expires|x-amz-meta-.+)$/;

export function keptHeaders({ headers }: S3Request): Record<string, string> {
  return Object.fromEntries([...headers].filter(([name]) => KEPT_HEADER.test(name)));
}

/**
 * Stores content under a key, with the owner, ACL, storage class and encryption that the request and
 * the bucket make it. Errors: `KeyTooLongError`, and those of ACLs and of KMS keys.
 */
export function storeObject(
  bucket: Bucket,
  key: string,
  { body, headers }: Pick<StoredObject, 'body' | 'headers'>,
  { request, caller, kmsKeys }: OperationContext,
): StoredObject {
  if (Buffer.byteLength(key) > MAX_KEY_BYTES) {
    throw new S3Error('KeyTooLongError', {
      elements: { Size: String(Buffer.byteLength(key)), MaxSizeAllowed: String(MAX_KEY_BYTES) },
    });
  }
  const acl = requestedAcl(bucket, request);
  const kmsKey = encryptionKey(bucket, request, kmsKeys);
  if (kmsKey) checkKmsAccess(kmsKeys, kmsKey.Arn, caller, 'kms:GenerateDataKey', bucket);
  const object = newObject(key, body, {
    storageClass: request.headers.get('x-amz-storage-class') ?? 'STANDARD',
    headers,
    owner: ownerOfUpload(bucket, caller.identity, acl),
    ...(acl !== undefined && { acl }),
    ...(kmsKey && { kmsKeyArn: kmsKey.Arn }),
  });
  return storeVersion(bucket, object);
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html */
function ownerOfUpload(
  { objectOwnership }: Bucket,
  identity: Identity | undefined,
  acl: CannedAcl | undefined,
): string {
  const isHandedOver =
    objectOwnership === 'BucketOwnerEnforced' ||
    (objectOwnership === 'BucketOwnerPreferred' && acl === 'bucket-owner-full-control');
  return identity?.kind !== 'user' || isHandedOver ? ACCOUNT : accountOf(identity);
}
