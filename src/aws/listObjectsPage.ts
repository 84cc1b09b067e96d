import { Readable } from 'node:stream';
import {
  ListObjectsV2Command,
  type ListObjectsV2CommandOutput,
  type S3Client,
} from '@aws-sdk/client-s3';
import {
  isArchived,
  type ListObjectsRequest,
  type ObjectEntry,
  type PrefixEntry,
} from '../core/s3/objectStore.ts';
import { decodeListed } from './decodeListed.ts';
import { takeListedObjects } from './listedObjects.ts';
import { createTurns } from './turns.ts';

/** One page of a listing; objects and prefixes in S3's order each. */
interface ObjectsPage {
  readonly objects: readonly ObjectEntry[];
  readonly prefixes: readonly PrefixEntry[];
  /** Undefined on the last. */
  readonly next: string | undefined;
}

const inTurn = createTurns();

/** Asks S3 for a page, without or with a delimiter, and reads what it says of objects by ourselves. */
export async function listObjectsPage(
  client: S3Client,
  request: ListObjectsRequest & { readonly delimiter?: string },
  signal: AbortSignal,
): Promise<ObjectsPage> {
  const { bucket, prefix, pageSize, after, startAfter, delimiter } = request;
  const command = new ListObjectsV2Command({
    Bucket: bucket,
    Prefix: prefix,
    Delimiter: delimiter,
    MaxKeys: pageSize,
    ContinuationToken: after,
    StartAfter: after === undefined ? startAfter : undefined,
    // XML cannot carry every character that a key may hold.
    EncodingType: 'url',
    OptionalObjectAttributes: ['RestoreStatus'],
  });
  let taken: readonly ObjectEntry[] | undefined;
  command.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const { response } = result;
      if (!isPage(response)) return result;
      const body = Buffer.concat(await response.body.toArray());
      const listed = await inTurn(() => takeListedObjects(body));
      taken = listed?.objects;
      return { ...result, response: Object.assign(response, { body: listed?.rest ?? body }) };
    },
    // Nearest to the connection: before the SDK reads the answer.
    { step: 'deserialize', priority: 'low', name: 'takeListedObjects' },
  );
  const answer = await client.send(command, { abortSignal: signal });
  const { CommonPrefixes = [], IsTruncated, NextContinuationToken } = answer;
  return {
    objects: taken ?? objectsOf(answer),
    prefixes: CommonPrefixes.flatMap(({ Prefix }): PrefixEntry[] =>
      Prefix === undefined ? [] : [{ kind: 'prefix', prefix: decodeListed(Prefix) }],
    ),
    next: IsTruncated ? NextContinuationToken : undefined,
  };
}

function isPage(response: unknown): response is { body: Readable } {
  return (
    typeof response === 'object' &&
    response !== null &&
    'statusCode' in response &&
    response.statusCode === 200 &&
    'body' in response &&
    response.body instanceof Readable
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
