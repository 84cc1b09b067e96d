import { BUCKET_OPERATIONS } from './bucketOperations.ts';
import { listBuckets } from './listBuckets.ts';
import { OBJECT_OPERATIONS } from './objectOperations.ts';
import { authorize, type Operation } from './operation.ts';
import { S3Error } from './s3Error.ts';
import type { S3Request } from './s3Request.ts';
import { SERVE_WEBSITE } from './websiteRequest.ts';

/** S3's sub-resources, had here or not: a request for one must not pass for another. */
const SUBRESOURCE =
  /^(?:accelerate|acl|analytics|attributes|cors|delete|encryption|inventory|legal-hold|lifecycle|location|logging|metrics|notification|object-lock|ownershipControls|policy|policyStatus|publicAccessBlock|replication|requestPayment|restore|retention|select|session|tagging|torrent|uploadId|uploads|versionId|versioning|versions|website)$/;

/** By method, level and sub-resource. */
const OPERATIONS: Readonly<Record<string, Operation>> = {
  'GET service': {
    action: 's3:ListAllMyBuckets',
    run: (context) => {
      authorize(context, 's3:ListAllMyBuckets');
      return listBuckets(context.buckets.values(), context.request);
    },
  },
  ...BUCKET_OPERATIONS,
  ...OBJECT_OPERATIONS,
};

/** Finds the operation that a request asks for. Errors: `NotImplemented`, `MethodNotAllowed`. */
export function findOperation({ isForWebsite, method, bucket, key, query }: S3Request): Operation {
  if (isForWebsite) return SERVE_WEBSITE;
  const level = bucket === undefined ? 'service' : key === undefined ? 'bucket' : 'object';
  const part = [...query.keys()].find((name) => SUBRESOURCE.test(name));
  const operation = OPERATIONS[[method, level, part].filter(Boolean).join(' ')];
  if (operation === undefined && part !== undefined) {
    throw new S3Error('NotImplemented', { message: `Nothing here implements “${part}”.` });
  }
  if (operation === undefined) throw new S3Error('MethodNotAllowed');
  return operation;
}
