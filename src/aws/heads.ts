import { HeadBucketCommand, HeadObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { ObjectDetails } from '../core/s3/bucketReader.ts';
import type { S3Location } from '../core/s3/location.ts';
import { isArchived } from '../core/s3/objectStore.ts';
import { regionOf } from './translateError.ts';

/** The region of a bucket, which S3 tells to whoever asks, with a refusal too. Throws the SDK's errors. */
export async function headBucket(
  client: S3Client,
  bucket: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    const { BucketRegion } = await client.send(new HeadBucketCommand({ Bucket: bucket }), {
      abortSignal: signal,
    });
    return BucketRegion;
  } catch (error) {
    const region = regionOf(error);
    if (region !== undefined) return region;
    throw error;
  }
}

/** What S3 tells of an object without its content. Throws the SDK's errors. */
export async function headObject(
  client: S3Client,
  { bucket, key }: S3Location,
  signal: AbortSignal,
): Promise<ObjectDetails> {
  const answer = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }), {
    abortSignal: signal,
  });
  const storageClass = answer.StorageClass ?? 'STANDARD';
  const restored = answer.Restore?.includes('ongoing-request="false"') ?? false;
  return {
    storageClass,
    archived: isArchived(storageClass, restored, answer.ArchiveStatus),
    kmsKeyId: answer.SSEKMSKeyId,
  };
}
