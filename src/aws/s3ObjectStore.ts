import { ListBucketsCommand, ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import { compareKeys } from '../core/s3/keyOrder.ts';
import {
  isArchived,
  type ObjectEntry,
  type ObjectStore,
  type PrefixEntry,
} from '../core/s3/objectStore.ts';
import { ask } from './ask.ts';
import { headObject } from './heads.ts';
import type { FailedRequest, Identity } from './translateError.ts';

/** Reads S3 through the SDK's client. */
export function s3ObjectStore(client: S3Client, identity: Identity): ObjectStore {
  const asking = (request: Omit<FailedRequest, keyof Identity | 'service'>): FailedRequest => ({
    service: 'S3',
    ...identity,
    ...request,
  });

  return {
    listBuckets: ({ pageSize, after }, signal) =>
      ask(asking({ permission: 's3:ListAllMyBuckets' }), signal, async () => {
        const { Buckets = [], ContinuationToken: next } = await client.send(
          new ListBucketsCommand({ MaxBuckets: pageSize, ContinuationToken: after }),
          { abortSignal: signal },
        );
        return {
          items: Buckets.flatMap(({ Name: name, BucketRegion, CreationDate }) =>
            name === undefined
              ? []
              : [{ kind: 'bucket' as const, name, region: BucketRegion, created: CreationDate }],
          ),
          ...(next && { next }),
        };
      }),

    listObjects: ({ bucket, prefix, pageSize, after, startAfter }, signal) =>
      ask(asking({ permission: 's3:ListBucket', bucket }), signal, async () => {
        const answer = await client.send(
          new ListObjectsV2Command({
            Bucket: bucket,
            Prefix: prefix,
            Delimiter: '/',
            MaxKeys: pageSize,
            ContinuationToken: after,
            StartAfter: after === undefined ? startAfter : undefined,
            // XML cannot carry every character that a key may hold.
            EncodingType: 'url',
            OptionalObjectAttributes: ['RestoreStatus'],
          }),
          { abortSignal: signal },
        );
        const prefixes = (answer.CommonPrefixes ?? []).flatMap(({ Prefix }): PrefixEntry[] =>
          Prefix === undefined ? [] : [{ kind: 'prefix', prefix: decodeListed(Prefix) }],
        );
        const objects = (answer.Contents ?? []).flatMap((listed): ObjectEntry[] => {
          if (listed.Key === undefined) return [];
          const storageClass = listed.StorageClass ?? 'STANDARD';
          return [
            {
              kind: 'object',
              key: decodeListed(listed.Key),
              size: listed.Size ?? 0,
              modified: listed.LastModified,
              etag: listed.ETag,
              storageClass,
              archived: isArchived(
                storageClass,
                listed.RestoreStatus?.RestoreExpiryDate !== undefined,
              ),
            },
          ];
        });
        const next = answer.IsTruncated ? answer.NextContinuationToken : undefined;
        return { items: merged(prefixes, objects), ...(next !== undefined && { next }) };
      }),

    headObject: (location, signal) =>
      ask(
        asking({ permission: 's3:GetObject', bucket: location.bucket, location }),
        signal,
        async () => {
          const { storageClass, archived } = await headObject(client, location, signal);
          return { storageClass, archived };
        },
      ),
  };
}

/** Undoes `encoding-type=url`, which writes a space as `+`. */
export function decodeListed(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    // Bytes that are not UTF-8 have no other form than the encoded one.
    return text;
  }
}

function nameOf(entry: PrefixEntry | ObjectEntry): string {
  return entry.kind === 'prefix' ? entry.prefix : entry.key;
}

/** S3 sends a level's prefixes and objects apart, each in order; a tree shows them together. */
function merged(
  prefixes: readonly PrefixEntry[],
  objects: readonly ObjectEntry[],
): (PrefixEntry | ObjectEntry)[] {
  return [...prefixes, ...objects].toSorted((a, b) => compareKeys(nameOf(a), nameOf(b)));
}
