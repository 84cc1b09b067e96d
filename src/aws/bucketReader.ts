import {
  GetBucketAclCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  type S3Client,
} from '@aws-sdk/client-s3';
import { cancelled, fail, ok, type Outcome } from '../core/outcome.ts';
import type { BucketReader } from '../core/s3/bucketReader.ts';
import { isArchived } from '../core/s3/objectStore.ts';
import { decodeListed } from './s3ObjectStore.ts';
import { regionOf, serviceProblem, type Identity } from './translateError.ts';

/** Reads how buckets are set up, through the SDK's client. */
export function bucketReader(client: S3Client, identity: Identity): BucketReader {
  /** @param absent the code by which S3 says that there is no such thing */
  async function ask<T>(
    signal: AbortSignal,
    { bucket, permission, absent }: Asked,
    send: () => Promise<T>,
  ): Promise<Outcome<T | undefined>> {
    if (signal.aborted) return cancelled;
    try {
      const answer = await send();
      return signal.aborted ? cancelled : ok(answer);
    } catch (error) {
      if (signal.aborted) return cancelled;
      if (error instanceof Error && error.name === absent) return ok(undefined);
      return fail(serviceProblem(error, { service: 'S3', ...identity, permission, bucket }));
    }
  }

  return {
    async getRegion(bucket, signal) {
      try {
        const { BucketRegion } = await client.send(new HeadBucketCommand({ Bucket: bucket }), {
          abortSignal: signal,
        });
        return signal.aborted ? cancelled : ok(BucketRegion);
      } catch (error) {
        if (signal.aborted) return cancelled;
        const region = regionOf(error);
        // S3 tells the region to whoever asks, with a refusal too.
        if (region !== undefined) return ok(region);
        const permission = 's3:ListBucket';
        return fail(serviceProblem(error, { service: 'S3', ...identity, permission, bucket }));
      }
    },

    getPublicAccessBlock: (bucket, signal) =>
      ask(
        signal,
        {
          bucket,
          permission: 's3:GetBucketPublicAccessBlock',
          absent: 'NoSuchPublicAccessBlockConfiguration',
        },
        async () => {
          const { PublicAccessBlockConfiguration: settings } = await client.send(
            new GetPublicAccessBlockCommand({ Bucket: bucket }),
            { abortSignal: signal },
          );
          return {
            blockPublicAcls: settings?.BlockPublicAcls ?? false,
            ignorePublicAcls: settings?.IgnorePublicAcls ?? false,
            blockPublicPolicy: settings?.BlockPublicPolicy ?? false,
            restrictPublicBuckets: settings?.RestrictPublicBuckets ?? false,
          };
        },
      ),

    getOwnership: (bucket, signal) =>
      ask(
        signal,
        {
          bucket,
          permission: 's3:GetBucketOwnershipControls',
          absent: 'OwnershipControlsNotFoundError',
        },
        async () => {
          const { OwnershipControls } = await client.send(
            new GetBucketOwnershipControlsCommand({ Bucket: bucket }),
            { abortSignal: signal },
          );
          return OwnershipControls?.Rules?.[0]?.ObjectOwnership;
        },
      ),

    getPolicy: (bucket, signal) =>
      ask(
        signal,
        { bucket, permission: 's3:GetBucketPolicy', absent: 'NoSuchBucketPolicy' },
        async () => {
          const { Policy } = await client.send(new GetBucketPolicyCommand({ Bucket: bucket }), {
            abortSignal: signal,
          });
          return Policy;
        },
      ),

    describeObject: ({ bucket, key }, signal) =>
      ask(signal, { bucket, permission: 's3:GetObject', absent: 'NotFound' }, async () => {
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
      }),

    async getOwner({ bucket, key }, signal) {
      const [listed, acl] = await Promise.all([
        ask(signal, { bucket, permission: 's3:ListBucket' }, () =>
          client.send(
            // Of all that begin with a key, the one that is it comes first.
            new ListObjectsV2Command({
              Bucket: bucket,
              Prefix: key,
              MaxKeys: 1,
              FetchOwner: true,
              // XML cannot carry every character that a key may hold.
              EncodingType: 'url',
            }),
            { abortSignal: signal },
          ),
        ),
        ask(signal, { bucket, permission: 's3:GetBucketAcl' }, () =>
          client.send(new GetBucketAclCommand({ Bucket: bucket }), { abortSignal: signal }),
        ),
      ]);
      if (listed.kind !== 'ok') return listed;
      const [first] = listed.value?.Contents ?? [];
      if (decodeListed(first?.Key ?? '') !== key) return ok(undefined);
      if (acl.kind !== 'ok') return acl;
      return ok({
        objectOwnerId: first?.Owner?.ID ?? '',
        bucketOwnerId: acl.value?.Owner?.ID ?? '',
      });
    },
  };
}

/** What is asked of a bucket. */
interface Asked {
  readonly bucket: string;
  /** The IAM action that it needs. */
  readonly permission: string;
  /** The code by which S3 says that there is no such thing; undefined where it always is. */
  readonly absent?: string;
}
