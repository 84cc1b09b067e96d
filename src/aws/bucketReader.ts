import {
  GetBucketAclCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetPublicAccessBlockCommand,
  ListObjectsV2Command,
  type S3Client,
} from '@aws-sdk/client-s3';
import { ok, type Outcome } from '../core/outcome.ts';
import type { BucketReader } from '../core/s3/bucketReader.ts';
import { ask, unlessAbsent } from './ask.ts';
import { headBucket, headObject } from './heads.ts';
import { decodeListed } from './decodeListed.ts';
import type { FailedRequest, Identity } from './translateError.ts';

/** Reads how buckets are set up, through the SDK's client. */
export function bucketReader(client: S3Client, identity: Identity): BucketReader {
  const asking = (bucket: string, action: string): FailedRequest => ({
    service: 'S3',
    ...identity,
    permission: `s3:${action}`,
    bucket,
  });

  /** @param absent the code by which S3 says that there is no such thing */
  function askFor<T>(
    signal: AbortSignal,
    { bucket, action, absent }: Asked,
    send: () => Promise<T>,
  ): Promise<Outcome<T | undefined>> {
    return ask(asking(bucket, action), signal, () => unlessAbsent(absent, send));
  }

  return {
    getRegion: (bucket, signal) =>
      ask(asking(bucket, 'ListBucket'), signal, () => headBucket(client, bucket, signal)),

    getPublicAccessBlock: (bucket, signal) =>
      askFor(
        signal,
        {
          bucket,
          action: 'GetBucketPublicAccessBlock',
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
      askFor(
        signal,
        {
          bucket,
          action: 'GetBucketOwnershipControls',
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
      askFor(
        signal,
        { bucket, action: 'GetBucketPolicy', absent: 'NoSuchBucketPolicy' },
        async () => {
          const { Policy } = await client.send(new GetBucketPolicyCommand({ Bucket: bucket }), {
            abortSignal: signal,
          });
          return Policy;
        },
      ),

    describeObject: (location, signal) =>
      askFor(signal, { bucket: location.bucket, action: 'GetObject', absent: 'NotFound' }, () =>
        headObject(client, location, signal),
      ),

    async getOwner({ bucket, key }, signal) {
      const [listed, acl] = await Promise.all([
        ask(asking(bucket, 'ListBucket'), signal, () =>
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
        ask(asking(bucket, 'GetBucketAcl'), signal, () =>
          client.send(new GetBucketAclCommand({ Bucket: bucket }), { abortSignal: signal }),
        ),
      ]);
      if (listed.kind !== 'ok') return listed;
      const [first] = listed.value.Contents ?? [];
      if (decodeListed(first?.Key ?? '') !== key) return ok(undefined);
      if (acl.kind !== 'ok') return acl;
      return ok({
        objectOwnerId: first?.Owner?.ID ?? '',
        bucketOwnerId: acl.value.Owner?.ID ?? '',
      });
    },
  };
}

/** What is asked of a bucket. */
interface Asked {
  readonly bucket: string;
  /** The IAM action that it needs, without its `s3:`. */
  readonly action: string;
  /** The code by which S3 says that there is no such thing. */
  readonly absent: string;
}
