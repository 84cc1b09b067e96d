import { isAllowed } from './access.ts';
import { aclAnswer, aclToSet, type CannedAcl, cannedAcl, isPublicAcl } from './acl.ts';
import { type Bucket, isBucketName, newBucket } from './bucket.ts';
import { encryptionAnswer, parseBucketEncryption, S3_MANAGED } from './bucketEncryption.ts';
import { listInventories } from './bucketInventory.ts';
import { parseBucketPolicy } from './bucketPolicy.ts';
import { parseWebsite, websiteAnswer } from './bucketWebsite.ts';
import { ACCOUNT, userArn } from './identity.ts';
import { listObjects } from './listObjects.ts';
import { listVersions } from './listVersions.ts';
import { parseObjectOwnership } from './objectOwnership.ts';
import { parseVersioning } from './objectVersions.ts';
import {
  authorize,
  findBucket,
  onBucket,
  type Operation,
  type OperationContext,
} from './operation.ts';
import { parsePublicAccessBlock } from './publicAccessBlock.ts';
import { isPublicPolicy } from './publicPolicy.ts';
import { emptyAnswer, type S3Answer, xmlAnswer } from './s3Answer.ts';
import { S3Error, type S3ErrorCode } from './s3Error.ts';
import type { S3Request } from './s3Request.ts';
import { elementText } from './xml.ts';

/**
 * What S3 does with a bucket. The actions are IAM's, not all of which are named after the operation.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 */
export const BUCKET_OPERATIONS: Readonly<Record<string, Operation>> = {
  'PUT bucket': { action: 's3:CreateBucket', run: createBucket },
  'HEAD bucket': { action: 's3:ListBucket', run: headBucket },
  'GET bucket': onBucket('s3:ListBucket', (bucket, { request }) => {
    const answer = listObjects(bucket, request);
    return { ...answer, headers: { ...answer.headers, 'x-amz-bucket-region': bucket.region } };
  }),
  'GET bucket versions': onBucket('s3:ListBucketVersions', (bucket, { request }) =>
    listVersions(bucket, request),
  ),
  'GET bucket versioning': onBucket('s3:GetBucketVersioning', ({ keepsVersions }) =>
    xmlAnswer('VersioningConfiguration', { ...(keepsVersions && { Status: 'Enabled' }) }),
  ),
  'PUT bucket versioning': onBucket('s3:PutBucketVersioning', (bucket, context) => {
    bucket.keepsVersions = parseVersioning(bodyOf(context));
    return emptyAnswer(200);
  }),
  'GET bucket location': onBucket('s3:GetBucketLocation', ({ region }) =>
    // An empty constraint is us-east-1.
    xmlAnswer('LocationConstraint', region === 'us-east-1' ? '' : region),
  ),
  'GET bucket policy': onBucket('s3:GetBucketPolicy', ({ policy }) => {
    const { text } = present(policy, 'NoSuchBucketPolicy');
    const headers = { 'content-type': 'application/json' };
    return { status: 200, headers, body: Buffer.from(text) };
  }),
  'PUT bucket policy': onBucket('s3:PutBucketPolicy', putPolicy),
  'DELETE bucket policy': onBucket('s3:DeleteBucketPolicy', (bucket) => {
    bucket.policy = undefined;
    return emptyAnswer(204);
  }),
  'GET bucket policyStatus': onBucket('s3:GetBucketPolicyStatus', ({ policy }) =>
    xmlAnswer('PolicyStatus', {
      IsPublic: isPublicPolicy(present(policy, 'NoSuchBucketPolicy')),
    }),
  ),
  'GET bucket publicAccessBlock': onBucket(
    's3:GetBucketPublicAccessBlock',
    ({ publicAccessBlock }) =>
      xmlAnswer('PublicAccessBlockConfiguration', {
        ...present(publicAccessBlock, 'NoSuchPublicAccessBlockConfiguration'),
      }),
  ),
  'PUT bucket publicAccessBlock': onBucket('s3:PutBucketPublicAccessBlock', (bucket, context) => {
    bucket.publicAccessBlock = parsePublicAccessBlock(bodyOf(context));
    return emptyAnswer(200);
  }),
  'DELETE bucket publicAccessBlock': onBucket('s3:PutBucketPublicAccessBlock', (bucket) => {
    bucket.publicAccessBlock = undefined;
    return emptyAnswer(204);
  }),
  'GET bucket ownershipControls': onBucket('s3:GetBucketOwnershipControls', ({ objectOwnership }) =>
    xmlAnswer('OwnershipControls', {
      Rule: { ObjectOwnership: present(objectOwnership, 'OwnershipControlsNotFoundError') },
    }),
  ),
  'PUT bucket ownershipControls': onBucket('s3:PutBucketOwnershipControls', (bucket, context) => {
    const ownership = parseObjectOwnership(elementText(bodyOf(context), 'ObjectOwnership'));
    if (ownership === 'BucketOwnerEnforced' && bucket.acl !== 'private') {
      throw new S3Error('InvalidBucketAclWithObjectOwnership');
    }
    bucket.objectOwnership = ownership;
    return emptyAnswer(200);
  }),
  'DELETE bucket ownershipControls': onBucket('s3:PutBucketOwnershipControls', (bucket) => {
    bucket.objectOwnership = undefined;
    return emptyAnswer(204);
  }),
  'GET bucket acl': onBucket('s3:GetBucketAcl', ({ acl }) => aclAnswer({ acl, owner: ACCOUNT })),
  'PUT bucket acl': onBucket('s3:PutBucketAcl', (bucket, { request }) => {
    bucket.acl = aclToSet(bucket, request);
    return emptyAnswer(200);
  }),
  'GET bucket encryption': onBucket('s3:GetEncryptionConfiguration', encryptionAnswer),
  'PUT bucket encryption': onBucket('s3:PutEncryptionConfiguration', (bucket, context) => {
    bucket.encryption = parseBucketEncryption(bodyOf(context));
    return emptyAnswer(200);
  }),
  'DELETE bucket encryption': onBucket('s3:PutEncryptionConfiguration', (bucket) => {
    bucket.encryption = S3_MANAGED;
    return emptyAnswer(204);
  }),
  'GET bucket inventory': onBucket('s3:GetInventoryConfiguration', ({ inventories }, { request }) =>
    listInventories(inventories, request),
  ),
  'GET bucket website': onBucket('s3:GetBucketWebsite', ({ website }) =>
    websiteAnswer(present(website, 'NoSuchWebsiteConfiguration')),
  ),
  'PUT bucket website': onBucket('s3:PutBucketWebsite', (bucket, context) => {
    bucket.website = parseWebsite(bodyOf(context));
    return emptyAnswer(200);
  }),
  'DELETE bucket website': onBucket('s3:DeleteBucketWebsite', (bucket) => {
    bucket.website = undefined;
    return emptyAnswer(204);
  }),
};

/** What is configured, or the error that says that nothing is. */
function present<T>(configured: T | undefined, code: S3ErrorCode): T {
  if (configured === undefined) throw new S3Error(code);
  return configured;
}

function bodyOf({ request }: OperationContext): string {
  return request.body.toString('utf8');
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html */
/** S3 tells the region of a bucket to whomever it refuses the rest, too. */
function headBucket(context: OperationContext): S3Answer {
  const bucket = findBucket(context);
  const headers = { 'x-amz-bucket-region': bucket.region };
  if (isAllowed(context.caller, 's3:ListBucket', bucket)) return emptyAnswer(200, headers);
  throw new S3Error('AccessDenied', { headers });
}

function putPolicy(bucket: Bucket, context: OperationContext): S3Answer {
  const policy = parseBucketPolicy(bodyOf(context), bucket.name);
  if (bucket.publicAccessBlock?.BlockPublicPolicy && isPublicPolicy(policy)) {
    const { identity } = context.caller;
    const user = identity?.kind === 'user' ? `User: ${userArn(identity)}` : 'It';
    throw new S3Error('AccessDenied', {
      message: `${user} is not authorized to perform: s3:PutBucketPolicy on resource: "arn:aws:s3:::${bucket.name}" because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.`,
    });
  }
  bucket.policy = policy;
  return emptyAnswer(204);
}

function createBucket(context: OperationContext): S3Answer {
  const { request, buckets, region } = context;
  const { bucket: name = '' } = request;
  authorize(context, 's3:CreateBucket');
  if (!isBucketName(name)) {
    throw new S3Error('InvalidBucketName', { elements: { BucketName: name } });
  }
  if (buckets.has(name)) {
    throw new S3Error('BucketAlreadyOwnedByYou', { elements: { BucketName: name } });
  }
  const bucket = newBucket(name, {
    region: elementText(bodyOf(context), 'LocationConstraint') || region,
  });
  const ownership = request.headers.get('x-amz-object-ownership');
  if (ownership !== undefined) bucket.objectOwnership = parseObjectOwnership(ownership);
  bucket.acl = firstAcl(bucket, request);
  buckets.set(name, bucket);
  return emptyAnswer(200, { location: `/${name}` });
}

/** The ACL of a new bucket, which is refused in other words than a later one. */
function firstAcl(bucket: Bucket, request: S3Request): CannedAcl {
  const acl = cannedAcl(request) ?? 'private';
  if (acl === 'private') return acl;
  if (bucket.objectOwnership === 'BucketOwnerEnforced') {
    throw new S3Error('InvalidBucketAclWithObjectOwnership');
  }
  if (isPublicAcl(acl)) throw new S3Error('InvalidBucketAclWithBlockPublicAccessError');
  return acl;
}
