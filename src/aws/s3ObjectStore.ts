import { ListBucketsCommand, ListObjectVersionsCommand, type S3Client } from '@aws-sdk/client-s3';
import { compareKeys } from '../core/s3/keyOrder.ts';
import type { ObjectEntry, ObjectStore, PrefixEntry } from '../core/s3/objectStore.ts';
import { ask } from './ask.ts';
import { decodeListed } from './decodeListed.ts';
import { headObject } from './heads.ts';
import { holdBack } from './holdBack.ts';
import { listObjectsPage } from './listObjectsPage.ts';
import type { FailedRequest, Identity } from './translateError.ts';

/**
 * Reads S3 through the SDK's client.
 *
 * @param once a client that tries nothing a second time: whoever lists keys sees to that
 */
export function s3ObjectStore(
  client: S3Client,
  identity: Identity,
  once: S3Client = client,
): ObjectStore {
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
        const level = { ...request, delimiter: '/' };
        const { objects, prefixes, next } = await listObjectsPage(client, level, signal);
        return { items: merged(prefixes, objects), ...(next && { next }) };
      }),

    listKeys: (request, signal) =>
      ask(asking({ permission: 's3:ListBucket', bucket: request.bucket }), signal, async () => {
        await holdBack(request.failures ?? 0, signal);
        const { objects, next } = await listObjectsPage(once, request, signal);
        return { items: objects, ...(next && { next }) };
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
