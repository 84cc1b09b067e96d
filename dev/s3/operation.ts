import { type Caller, isAllowed } from './access.ts';
import type { Bucket } from './bucket.ts';
import type { KmsKey } from './kmsKeys.ts';
import type { S3Answer } from './s3Answer.ts';
import { S3Error } from './s3Error.ts';
import type { S3Request } from './s3Request.ts';

/** How a request is refused that is signed for another region than its bucket's. */
export type WrongRegionAnswer = 'PermanentRedirect' | 'AuthorizationHeaderMalformed';

/** What an operation works on. */
export interface OperationContext {
  readonly request: S3Request;
  readonly caller: Caller;
  readonly buckets: Map<string, Bucket>;
  /** The keys of the account; AWS's own ones come into being here. */
  readonly kmsKeys: KmsKey[];
  /** Of a new bucket that names none. */
  readonly region: string;
  /** The region that the request is signed for; undefined where it is not signed. */
  readonly signedRegion: string | undefined;
  readonly wrongRegionAnswer: WrongRegionAnswer;
}

/** One operation of S3's API. */
export interface Operation {
  /** The IAM action that it needs, such as `s3:GetObject`. */
  readonly action: string;
  readonly run: (context: OperationContext) => S3Answer;
}

/** An operation on a bucket that whoever asks may do. */
export function onBucket(
  action: string,
  run: (bucket: Bucket, context: OperationContext) => S3Answer,
): Operation {
  return {
    action,
    run: (context) => {
      const bucket = findBucket(context);
      authorize(context, action, bucket);
      return run(bucket, context);
    },
  };
}

/** An operation on an object that whoever asks may do. */
export function onObject(
  action: string,
  run: (bucket: Bucket, key: string, context: OperationContext) => S3Answer,
): Operation {
  return {
    action,
    run: (context) => {
      const bucket = findBucket(context);
      const { key = '' } = context.request;
      authorize(context, action, bucket, key);
      return run(bucket, key, context);
    },
  };
}

/** Errors: `AccessDenied`. */
export function authorize(
  { caller }: OperationContext,
  action: string,
  bucket?: Bucket,
  key?: string,
): void {
  if (!isAllowed(caller, action, bucket, key)) throw new S3Error('AccessDenied');
}

/**
 * Finds the bucket of a request. Where that is signed for another region, S3's answer depends on the
 * endpoint: one of the region that it is signed for sends it elsewhere, any other one calls its
 * scope wrong. Either way a header names the right region.
 */
export function findBucket({
  request,
  buckets,
  signedRegion,
  wrongRegionAnswer,
}: OperationContext): Bucket {
  const { bucket: name = '' } = request;
  const bucket = buckets.get(name);
  if (bucket === undefined) throw new S3Error('NoSuchBucket', { elements: { BucketName: name } });
  if (signedRegion === undefined || signedRegion === bucket.region) return bucket;
  const headers = { 'x-amz-bucket-region': bucket.region };
  if (wrongRegionAnswer === 'PermanentRedirect') {
    throw new S3Error('PermanentRedirect', {
      elements: { Endpoint: `s3.${bucket.region}.amazonaws.com`, Bucket: name },
      headers,
    });
  }
  throw new S3Error('AuthorizationHeaderMalformed', {
    message: `The authorization header is malformed; the region '${signedRegion}' is wrong; expecting '${bucket.region}'`,
    elements: { Region: bucket.region },
    headers,
  });
}
