import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import {
  GetObjectCommand,
  ListBucketInventoryConfigurationsCommand,
  type InventoryConfiguration as Configuration,
  type S3Client,
} from '@aws-sdk/client-s3';
import { errorText } from '../core/errorText.ts';
import { cancelled, fail, ok } from '../core/outcome.ts';
import type { S3Location } from '../core/s3/location.ts';
import { sizeText } from '../core/s3/sizeText.ts';
import { unreadableInventory, type InventoryFile } from '../core/search/inventoryManifest.ts';
import type { InventoryConfiguration, InventoryReader } from '../core/search/inventoryReader.ts';
import { ask } from './ask.ts';
import { parquetRows } from './parquetRows.ts';
import { serviceProblem, type FailedRequest, type Identity } from './translateError.ts';

/** What a Parquet file has at most, in bytes: it is in memory as a whole. */
const LARGEST = 2 ** 31;

const CHANGED = 'It has changed: its MD5 is not that of the manifest.';

/**
 * Reads what S3 lists of buckets by itself.
 *
 * @param parquetProgram the bundled `parquetWorker.ts`
 */
export function inventoryReader(
  client: S3Client,
  identity: Identity,
  parquetProgram: URL,
): InventoryReader {
  const reading = (location: S3Location): FailedRequest => ({
    service: 'S3',
    ...identity,
    permission: 's3:GetObject',
    bucket: location.bucket,
    location,
  });

  async function open({ bucket, key }: S3Location, signal: AbortSignal): Promise<Readable> {
    const { Body: body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }), {
      abortSignal: signal,
    });
    if (!(body instanceof Readable)) throw new TypeError('S3 gave no stream');
    return body;
  }

  return {
    listConfigurations: (bucket, signal) =>
      ask(
        { service: 'S3', ...identity, permission: 's3:GetInventoryConfiguration', bucket },
        signal,
        async () => {
          const configurations: InventoryConfiguration[] = [];
          let token: string | undefined;
          do {
            const page = await client.send(
              new ListBucketInventoryConfigurationsCommand({
                Bucket: bucket,
                ContinuationToken: token,
              }),
              { abortSignal: signal },
            );
            for (const listed of page.InventoryConfigurationList ?? []) {
              configurations.push(...configurationOf(listed, bucket));
            }
            token = page.IsTruncated ? page.NextContinuationToken : undefined;
          } while (token !== undefined);
          return configurations;
        },
      ),

    readText: (location, signal) =>
      ask(reading(location), signal, async () => text(await open(location, signal))),

    async *readPacked({ location, md5 }, signal) {
      const packed = await ask(reading(location), signal, () => open(location, signal));
      if (packed.kind !== 'ok') {
        yield packed;
        return;
      }
      const hash = createHash('md5');
      const unpacked = createGunzip();
      const hashed = async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
        for await (const chunk of chunks) {
          hash.update(chunk);
          yield chunk;
        }
      };
      const read = pipeline(packed.value, hashed, unpacked, { signal });
      // What it fails with comes out of the end that is read.
      read.catch(() => {});
      try {
        for await (const piece of unpacked.setEncoding('utf8')) yield ok(String(piece));
        await read;
      } catch (error) {
        if (signal.aborted) yield cancelled;
        else if (isOfZlib(error))
          yield unreadableInventory(location, 'It is no gzip, or not whole.');
        else yield fail(serviceProblem(error, reading(location)));
        return;
      }
      if (hash.digest('hex') !== md5) {
        yield unreadableInventory(location, CHANGED);
      }
    },

    async *readParquet(file, signal) {
      const { location, size } = file;
      if (size > LARGEST) {
        yield unreadableInventory(location, `It has ${sizeText(size)}, more than is read at once.`);
        return;
      }
      const gathered = await ask(reading(location), signal, async () =>
        gather(await open(location, signal), file),
      );
      if (gathered.kind !== 'ok') {
        yield gathered;
        return;
      }
      const bytes = gathered.value;
      if (bytes === undefined) {
        yield unreadableInventory(location, CHANGED);
        return;
      }
      try {
        for await (const rows of parquetRows(parquetProgram, bytes, signal)) yield ok(rows);
      } catch (error) {
        if (signal.aborted) yield cancelled;
        else
          yield unreadableInventory(location, `It cannot be read as Parquet: ${errorText(error)}`);
      }
    },
  };
}

/**
 * The bytes of a file, each put where it belongs as it comes, and hashed then: at the end, that would
 * hold up everything else. Undefined where they are not those that the manifest tells of.
 */
async function gather(
  body: AsyncIterable<Uint8Array>,
  { size, md5 }: InventoryFile,
): Promise<ArrayBuffer | undefined> {
  const bytes = new ArrayBuffer(size);
  const view = new Uint8Array(bytes);
  const hash = createHash('md5');
  let at = 0;
  for await (const chunk of body) {
    if (at + chunk.length > size) return undefined;
    view.set(chunk, at);
    hash.update(chunk);
    at += chunk.length;
  }
  return hash.digest('hex') === md5 ? bytes : undefined;
}

/**
 * Where an inventory lies, below the prefix that was wished: in a folder named after its bucket and
 * itself. https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-inventory-location.html
 */
function configurationOf(listed: Configuration, bucket: string): readonly InventoryConfiguration[] {
  const { Bucket: arn, Format: format, Prefix } = listed.Destination?.S3BucketDestination ?? {};
  const [, destination] = /^arn:[^:]+:s3:::(.+)$/.exec(arn ?? '') ?? [];
  if (destination === undefined || format === undefined || listed.Id === undefined) return [];
  const folder = [...(Prefix ? [Prefix] : []), bucket, listed.Id, ''].join('/');
  return [
    {
      format,
      isWhole: !listed.Filter?.Prefix,
      place: { bucket: destination, prefix: folder },
    },
  ];
}

function isOfZlib(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');
}
