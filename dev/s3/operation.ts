import { type Caller, isAllowed } from './access.ts';
import { type Bucket, isBucketName } from './bucket.ts';
import { parseBucketPolicy } from './bucketPolicy.ts';
import { listBuckets } from './listBuckets.ts';
import { listObjects } from './listObjects.ts';
import { memoryObjects } from './memoryObjects.ts';
import { deleteObject, getObject, putObject } from './objectRequests.ts';
import { emptyAnswer, type S3Answer, xmlAnswer } from './s3Answer.ts';
import { S3Error } from './s3Error.ts';
import type { S3Request } from './s3Request.ts';

/** How a request is refused that is signed for another region than its bucket's. */
export type WrongRegionAnswer = 'PermanentRedirect' | 'AuthorizationHeaderMalformed';

/** What an operation works on. */
interface OperationContext {
  readonly request: S3Request;
  readonly caller: Caller;
  readonly buckets: Map<string, Bucket>;
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

/** Sub-resources that S3 has and this server has not: a request for one must not pass for another. */
const NOT_IMPLEMENTED =
  /^(?:accelerate|acl|analytics|attributes|cors|delete|encryption|inventory|legal-hold|lifecycle|logging|metrics|notification|object-lock|ownershipControls|policyStatus|publicAccessBlock|replication|requestPayment|restore|retention|select|session|tagging|torrent|uploadId|uploads|versionId|versioning|versions|website)$/;

/** Finds the operation that a request asks for. Errors: `NotImplemented`, `MethodNotAllowed`. */
export function findOperation({ method, bucket, key, query }: S3Request): Operation {
  const foreign = [...query.keys()].find((name) => NOT_IMPLEMENTED.test(name));
  if (foreign !== undefined) {
    throw new S3Error('NotImplemented', { message: `Nothing here implements “${foreign}”.` });
  }
  const level = bucket === undefined ? 'service' : key === undefined ? 'bucket' : 'object';
  const part = ['policy', 'location'].find((name) => level === 'bucket' && query.has(name));
  const operation = OPERATIONS[`${method} ${part ?? level}`];
  if (operation === undefined) throw new S3Error('MethodNotAllowed');
  if (level === 'bucket' && method === 'GET' && !part && query.get('list-type') !== '2') {
    throw new S3Error('NotImplemented', { message: 'Listing is implemented in version 2 only.' });
  }
  return operation;
}

const OPERATIONS: Readonly<Record<string, Operation>> = {
  'GET service': {
    action: 's3:ListAllMyBuckets',
    run: (context) => {
      authorize(context, 's3:ListAllMyBuckets');
      return listBuckets(context.buckets.values(), context.request);
    },
  },
  'PUT bucket': { action: 's3:CreateBucket', run: createBucket },
  'HEAD bucket': onBucket('s3:ListBucket', ({ region }) =>
    emptyAnswer(200, { 'x-amz-bucket-region': region }),
  ),
  'GET bucket': onBucket('s3:ListBucket', ({ name, region, objects }, { request }) => {
    const answer = listObjects(name, objects, request);
    return { ...answer, headers: { ...answer.headers, 'x-amz-bucket-region': region } };
  }),
  'GET location': onBucket('s3:GetBucketLocation', ({ region }) =>
    // An empty constraint is us-east-1.
    xmlAnswer('LocationConstraint', region === 'us-east-1' ? '' : region),
  ),
  'GET policy': onBucket('s3:GetBucketPolicy', ({ policy }) => {
    if (policy === undefined) throw new S3Error('NoSuchBucketPolicy');
    const headers = { 'content-type': 'application/json' };
    return { status: 200, headers, body: Buffer.from(policy.text) };
  }),
  'PUT policy': onBucket('s3:PutBucketPolicy', (bucket, { request }) => {
    bucket.policy = parseBucketPolicy(request.body.toString('utf8'), bucket.name);
    return emptyAnswer(204);
  }),
  'DELETE policy': onBucket('s3:DeleteBucketPolicy', (bucket) => {
    bucket.policy = undefined;
    return emptyAnswer(204);
  }),
  'GET object': onObject('s3:GetObject', readObject),
  'HEAD object': onObject('s3:GetObject', readObject),
  'PUT object': onObject('s3:PutObject', (bucket, key, { request }) =>
    putObject(bucket, key, request),
  ),
  'DELETE object': onObject('s3:DeleteObject', deleteObject),
};

function onBucket(
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

function onObject(
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

function readObject(bucket: Bucket, key: string, { request, caller }: OperationContext): S3Answer {
  const object = bucket.objects.get(key);
  if (object !== undefined) return getObject(object, request, caller.identity !== undefined);
  // Whoever may not list a bucket does not learn what is not in it.
  if (!isAllowed(caller, 's3:ListBucket', bucket)) throw new S3Error('AccessDenied');
  throw new S3Error('NoSuchKey', { elements: { Key: key } });
}

function authorize({ caller }: OperationContext, action: string, bucket?: Bucket, key?: string) {
  if (!isAllowed(caller, action, bucket, key)) throw new S3Error('AccessDenied');
}

/**
 * Finds the bucket of a request. Where that is signed for another region, S3's answer depends on the
 * endpoint: one of the region that it is signed for sends it elsewhere, any other one calls its
 * scope wrong. Either way a header names the right region.
 */
function findBucket({
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

function createBucket(context: OperationContext): S3Answer {
  const { request, buckets, region } = context;
  const { bucket: name = '', body } = request;
  authorize(context, 's3:CreateBucket');
  if (!isBucketName(name))
    throw new S3Error('InvalidBucketName', { elements: { BucketName: name } });
  if (buckets.has(name)) {
    throw new S3Error('BucketAlreadyOwnedByYou', { elements: { BucketName: name } });
  }
  const [, constraint] =
    /<LocationConstraint>([^<]+)<\/LocationConstraint>/.exec(body.toString('utf8')) ?? [];
  buckets.set(name, {
    name,
    region: constraint ?? region,
    created: new Date(),
    objects: memoryObjects(),
    policy: undefined,
  });
  return emptyAnswer(200, { location: `/${name}` });
}
