import type { Bucket } from './bucket.ts';
import { encryptionHeaders, ENCRYPTION_HEADER } from './bucketEncryption.ts';
import { authorize, type OperationContext } from './operation.ts';
import { percentDecode } from './percentEncoding.ts';
import { checkReadable, findObject } from './readObject.ts';
import { type S3Answer, xmlAnswer } from './s3Answer.ts';
import { S3Error } from './s3Error.ts';
import { keptHeaders, storeObject } from './uploadObject.ts';

/** Headers of which a copy of an object onto itself has to have one, since it would change nothing. */
const CHANGES = [ENCRYPTION_HEADER, 'x-amz-storage-class', 'x-amz-website-redirect-location'];

/**
 * Answers CopyObject. Owner, ACL and encryption of a copy are new, as an upload's are.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html
 */
export function copyObject(bucket: Bucket, key: string, context: OperationContext): S3Answer {
  const { request, buckets, caller } = context;
  const { headers } = request;
  const from = percentDecode(headers.get('x-amz-copy-source') ?? '').toString('utf8');
  const [, sourceName = '', sourceKey = ''] = /^\/?([^/]+)\/(.+)$/s.exec(from) ?? [];
  const sourceBucket = buckets.get(sourceName);
  if (sourceBucket === undefined) {
    throw new S3Error('NoSuchBucket', { elements: { BucketName: sourceName } });
  }
  authorize(context, 's3:GetObject', sourceBucket, sourceKey);
  const source = findObject(sourceBucket, sourceKey, caller);
  checkReadable(sourceBucket, source, context);
  const replaces = headers.get('x-amz-metadata-directive') === 'REPLACE';
  const isItself = sourceBucket === bucket && sourceKey === key;
  if (isItself && !replaces && !CHANGES.some((name) => headers.has(name))) {
    throw new S3Error('InvalidRequest', {
      message:
        "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
    });
  }
  const content = { body: source.body, headers: replaces ? keptHeaders(request) : source.headers };
  const object = storeObject(bucket, key, content, context);
  return xmlAnswer(
    'CopyObjectResult',
    { LastModified: object.lastModified.toISOString(), ETag: object.etag },
    encryptionHeaders(object.kmsKeyArn),
  );
}
