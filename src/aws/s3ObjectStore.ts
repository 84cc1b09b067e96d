import {
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  type S3Client,
} from '@aws-sdk/client-s3';
import { cancelled, fail, ok, type Outcome } from '../core/outcome.ts';
import { compareKeys } from '../core/s3/keyOrder.ts';
import {
  isArchived,
  type ObjectEntry,
  type ObjectStore,
  type PrefixEntry,
} from '../core/s3/objectStore.ts';
import { serviceProblem, type FailedRequest, type Identity } from './translateError.ts';

/** Reads S3 through the SDK's client. */
export function s3ObjectStore(client: S3Client, identity: Identity): ObjectStore {
  async function ask<T>(
    signal: AbortSignal,
    request: Omit<FailedRequest, keyof Identity | 'service'>,
    send: () => Promise<T>,
  ): Promise<Outcome<T>> {
    if (signal.aborted) return cancelled;
    try {
      const answer = await send();
      // An answer that crosses the cancellation is not delivered.
      return signal.aborted ? cancelled : ok(answer);
    } catch (error) {
      if (signal.aborted) return cancelled;
      return fail(serviceProblem(error, { service: 'S3', ...identity, ...request }));
    }
  }

  return {
    listBuckets: ({ pageSize, after }, signal) =>
      ask(signal, { permission: 's3:ListAllMyBuckets' }, async () => {
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
      ask(signal, { permission: 's3:ListBucket', bucket }, async () => {
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
      ask(signal, { permission: 's3:GetObject', bucket: location.bucket, location }, async () => {
        const answer = await client.send(
          new HeadObjectCommand({ Bucket: location.bucket, Key: location.key }),
          { abortSignal: signal },
        );
        const storageClass = answer.StorageClass ?? 'STANDARD';
        const restored = answer.Restore?.includes('ongoing-request="false"') ?? false;
        return { storageClass, archived: isArchived(storageClass, restored, answer.ArchiveStatus) };
      }),
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
