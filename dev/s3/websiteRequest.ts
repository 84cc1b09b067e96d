import { authorize, findBucket, type Operation, type OperationContext } from './operation.ts';
import { readObject } from './readObject.ts';
import type { S3Answer } from './s3Answer.ts';
import { S3Error } from './s3Error.ts';

/**
 * Serves a page from a bucket's website endpoint, to everybody alike: nothing there is signed.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/WebsiteEndpoints.html
 */
export const SERVE_WEBSITE: Operation = { action: 's3:GetObject', run: servePage };

function servePage(context: OperationContext): S3Answer {
  const { method, key = '' } = context.request;
  if (method !== 'GET' && method !== 'HEAD') throw new S3Error('MethodNotAllowed');
  const bucket = findBucket(context);
  const { website } = bucket;
  if (website === undefined) {
    throw new S3Error('NoSuchWebsiteConfiguration', { elements: { BucketName: bucket.name } });
  }
  // No parameter of a query means anything here.
  const request = { ...context.request, query: new Map<string, string>() };
  const read = (page: string): S3Answer => {
    authorize(context, 's3:GetObject', bucket, page);
    return readObject(bucket, page, { ...context, request });
  };
  try {
    return read(key === '' || key.endsWith('/') ? `${key}${website.index}` : key);
  } catch (error) {
    if (!(error instanceof S3Error) || website.error === undefined) throw error;
    return { ...read(website.error), status: error.status };
  }
}
