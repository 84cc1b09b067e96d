import {
  ListBucketsCommand,
  ListObjectVersionsCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandOutput,
  type S3Client,
} from '@aws-sdk/client-s3';
import { compareKeys } from '../core/s3/keyOrder.ts';
import {
  isArchived,
  type ListObjectsRequest,
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

    listObjects: (request, signal) =>
      ask(asking({ permission: 's3:ListBucket', bucket: request.bucket }), signal, async () => {
        const answer = await list(client, { ...request, delimiter: '/' }, signal);
        const prefixes = (answer.CommonPrefixes ?? []).flatMap(({ Prefix }): PrefixEntry[] =>
          Prefix === undefined ? [] : [{ kind: 'prefix', prefix: decodeListed(Prefix) }],
        );
        return { items: merged(prefixes, objectsOf(answer)), ...nextOf(answer) };
      }),

    listKeys: (request, signal) =>
      ask(asking({ permission: 's3:ListBucket', bucket: request.bucket }), signal, async () => {
        const answer = await list(client, request, signal);
        return { items: objectsOf(answer), ...nextOf(answer) };
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

    listVersions: ({ bucket, key }, signal) =>
      ask(asking({ permission: 's3:ListBucketVersions', bucket }), signal, async () => {
        const { Versions = [] } = await client.send(
          // Of all keys that begin like it, its own versions come first.
          new ListObjectVersionsCommand({ Bucket: bucket, Prefix: key, EncodingType: 'url' }),
          { abortSignal: signal },
        );
        return Versions.flatMap(({ Key, VersionId, IsLatest, Size, LastModified }) =>
          VersionId === undefined || Key === undefined || decodeListed(Key) !== key
            ? []
            : [
                {
                  id: VersionId,
                  isLatest: IsLatest ?? false,
                  size: Size ?? 0,
                  modified: LastModified,
                },
              ],
        );
      }),
  };
}

function list(
  client: S3Client,
  {
    bucket,
    prefix,
    pageSize,
    after,
    startAfter,
    delimiter,
  }: ListObjectsRequest & { readonly delimiter?: string },
  signal: AbortSignal,
): Promise<ListObjectsV2CommandOutput> {
  return client.send(
    new ListObjectsV2Command({
      Bucket: bucket,
      Prefix: prefix,
      Delimiter: delimiter,
      MaxKeys: pageSize,
      ContinuationToken: after,
      StartAfter: after === undefined ? startAfter : undefined,
      // XML cannot carry every character that a key may hold.
      EncodingType: 'url',
      OptionalObjectAttributes: ['RestoreStatus'],
    }),
    { abortSignal: signal },
  );
}

function objectsOf({ Contents = [] }: ListObjectsV2CommandOutput): ObjectEntry[] {
  return Contents.flatMap((listed): ObjectEntry[] => {
    if (listed.Key === undefined) return [];
    const storageClass = listed.StorageClass ?? 'STANDARD';
    const isRestored = listed.RestoreStatus?.RestoreExpiryDate !== undefined;
    return [
      {
        kind: 'object',
        key: decodeListed(listed.Key),
        size: listed.Size ?? 0,
        modified: listed.LastModified,
        etag: listed.ETag,
        storageClass,
        archived: isArchived(storageClass, isRestored),
      },
    ];
  });
}

function nextOf({ IsTruncated, NextContinuationToken }: ListObjectsV2CommandOutput): {
  readonly next?: string;
} {
  return IsTruncated && NextContinuationToken !== undefined ? { next: NextContinuationToken } : {};
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
