import type { Bucket } from './bucket.ts';
import { awsManagedKey, findKmsKey, type KmsKey } from './kmsKeys.ts';
import { type S3Answer, xmlAnswer } from './s3Answer.ts';
import { S3Error } from './s3Error.ts';
import type { S3Request } from './s3Request.ts';
import { elementText } from './xml.ts';

/**
 * How new objects of a bucket are encrypted that say nothing themselves.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ServerSideEncryptionByDefault.html
 */
export type BucketEncryption =
  | { readonly SSEAlgorithm: 'AES256' }
  /** With AWS's own key `aws/s3` where it names none. */
  | { readonly SSEAlgorithm: 'aws:kms'; readonly KMSMasterKeyID: string | undefined };

/** What a bucket has whose own configuration is taken away. */
export const S3_MANAGED: BucketEncryption = { SSEAlgorithm: 'AES256' };

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketEncryption.html */
export function encryptionAnswer({ encryption }: Bucket): S3Answer {
  return xmlAnswer('ServerSideEncryptionConfiguration', {
    Rule: { ApplyServerSideEncryptionByDefault: { ...encryption }, BucketKeyEnabled: false },
  });
}

/** Reads the body of PutBucketEncryption. Errors: `MalformedXML`. */
export function parseBucketEncryption(xml: string): BucketEncryption {
  return readEncryption(elementText(xml, 'SSEAlgorithm'), elementText(xml, 'KMSMasterKeyID'));
}

/**
 * The KMS key that an upload is encrypted with, by its own headers or else as its bucket has it;
 * `undefined` for S3's own keys. Errors: `KMS.NotFoundException`, and `MalformedXML` for an
 * algorithm that is none.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
 */
export function encryptionKey(
  bucket: Bucket,
  { headers }: S3Request,
  keys: KmsKey[],
): KmsKey | undefined {
  const algorithm = headers.get(ENCRYPTION_HEADER);
  const encryption =
    algorithm === undefined
      ? bucket.encryption
      : readEncryption(algorithm, headers.get(KEY_HEADER));
  if (encryption.SSEAlgorithm === 'AES256') return undefined;
  const id = encryption.KMSMasterKeyID;
  const key = id === undefined ? awsManagedKey(keys, bucket.region) : findKmsKey(keys, id);
  if (key === undefined) throw new S3Error('KMS.NotFoundException');
  return key;
}

/** How an answer says what an object is encrypted with. */
export function encryptionHeaders(kmsKeyArn: string | undefined): Record<string, string> {
  return kmsKeyArn === undefined
    ? { [ENCRYPTION_HEADER]: 'AES256' }
    : { [ENCRYPTION_HEADER]: 'aws:kms', [KEY_HEADER]: kmsKeyArn };
}

/** Header of the algorithm, by which a copy onto itself is known to change something. */
export const ENCRYPTION_HEADER = 'x-amz-server-side-encryption';
const KEY_HEADER = 'x-amz-server-side-encryption-aws-kms-key-id';

function readEncryption(algorithm: string | undefined, key: string | undefined): BucketEncryption {
  if (algorithm === 'AES256') return S3_MANAGED;
  if (algorithm !== 'aws:kms') throw new S3Error('MalformedXML');
  return { SSEAlgorithm: algorithm, KMSMasterKeyID: key };
}
