import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandInput,
  PutBucketVersioningCommand,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRgw } from '../../dev/s3/rgw.ts';
import { type EmbeddedS3, startEmbeddedS3 } from '../../dev/s3/startEmbeddedS3.ts';
import { s3ObjectStore } from '../../src/aws/s3ObjectStore.ts';
import { ok } from '../../src/core/outcome.ts';
import { type Access, refusal, s3Client } from './s3Clients.ts';
import { ADA } from './s3Stage.ts';

const KEY = 'a b/rémi+1.txt';

function accessTo({ endpoint, region }: EmbeddedS3): Access {
  const { accessKeyId, secretAccessKey } = ADA;
  return { endpoint, region, accessKeyId, secretAccessKey };
}

interface Server extends Access {
  close(): Promise<void>;
}

const SERVERS: readonly (readonly [string, () => Promise<Server>])[] = [
  ['RGW', startRgw],
  [
    'the embedded S3',
    async () => {
      const s3 = await startEmbeddedS3({ identities: [ADA] });
      return { ...accessTo(s3), close: () => s3.close() };
    },
  ],
];

describe.each(SERVERS)('the versions of an object in %s', (_, start) => {
  let server: Server;
  let client: S3Client;

  beforeAll(async () => {
    server = await start();
    client = s3Client(server);
    await client.send(new CreateBucketCommand({ Bucket: 'kept' }));
    await put(KEY, 'from before');
    const VersioningConfiguration = { Status: 'Enabled' } as const;
    await client.send(new PutBucketVersioningCommand({ Bucket: 'kept', VersioningConfiguration }));
  });
  afterAll(() => server.close());

  async function put(Key: string, Body: string): Promise<string | undefined> {
    return (await client.send(new PutObjectCommand({ Bucket: 'kept', Key, Body }))).VersionId;
  }

  function versionsOf(bucket: string, key: string) {
    const store = s3ObjectStore(client, { profile: 'work', login: undefined });
    return store.listVersions({ bucket, key }, new AbortController().signal);
  }

  async function contentOf(Key: string, VersionId?: string): Promise<string | undefined> {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: 'kept', Key, VersionId }));
    return Body?.transformToString();
  }

  it('are all there are, the newest first, and no others', async () => {
    const second = await put(KEY, 'second');
    const third = await put(KEY, 'the third');
    await put(`${KEY}.bak`, 'another');
    await put('a b/', '');
    const modified = expect.any(Date);
    expect(await versionsOf('kept', KEY)).toEqual(
      ok([
        { id: third, isLatest: true, size: 9, modified },
        { id: second, isLatest: false, size: 6, modified },
        { id: 'null', isLatest: false, size: 11, modified },
      ]),
    );
  });

  it('are none where there is no object', async () => {
    expect(await versionsOf('kept', 'a b')).toEqual(ok([]));
  });

  it('cannot be had of a bucket that there is not', async () => {
    expect(await versionsOf('missing', KEY)).toMatchObject({ problem: { code: 'bucket-missing' } });
  });

  it('are read by their ID, the latest by none', async () => {
    const first = await put('read', 'first');
    const second = await put('read', 'the second');
    expect(await contentOf('read')).toBe('the second');
    expect(await contentOf('read', first)).toBe('first');
    expect(await contentOf('read', second)).toBe('the second');
    const head = new HeadObjectCommand({ Bucket: 'kept', Key: 'read', VersionId: first });
    expect(await client.send(head)).toMatchObject({ ContentLength: 5, VersionId: first });
  });

  it('are there behind a deletion, which is none itself', async () => {
    const id = await put('deleted', 'content');
    const deletion = new DeleteObjectCommand({ Bucket: 'kept', Key: 'deleted' });
    expect((await client.send(deletion)).DeleteMarker).toBe(true);
    expect(await refusal(contentOf('deleted'))).toEqual(['NoSuchKey', 404]);
    expect(await contentOf('deleted', id)).toBe('content');
    expect(await versionsOf('kept', 'deleted')).toMatchObject({
      value: [{ id, isLatest: false }],
    });
  });

  it('are listed page by page', async () => {
    const ids: unknown[] = [];
    for (const key of ['p/1', 'p/1', 'p/2', 'p/1']) ids.push(await put(key, key));
    const listed: unknown[] = [];
    let next: Pick<ListObjectVersionsCommandInput, 'KeyMarker' | 'VersionIdMarker'> = {};
    for (let isTruncated = true; isTruncated;) {
      const page = await client.send(
        new ListObjectVersionsCommand({ Bucket: 'kept', Prefix: 'p/', MaxKeys: 2, ...next }),
      );
      listed.push(...(page.Versions ?? []).map(({ VersionId }) => VersionId));
      next = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
      isTruncated = page.IsTruncated ?? false;
    }
    expect(listed).toEqual([ids[3], ids[1], ids[0], ids[2]]);
  });
});

// As S3 documents it; RGW has NoSuchKey for all.
describe('what is no version of an object in the embedded S3', () => {
  it('is refused by what it is', async () => {
    const s3 = await startEmbeddedS3({ identities: [ADA] });
    s3.putBucket('kept', { keepsVersions: true });
    const client = s3Client(accessTo(s3));
    const one = { Bucket: 'kept', Key: 'one' };
    const { VersionId } = await client.send(new PutObjectCommand({ ...one, Body: 'content' }));
    const { VersionId: marker } = await client.send(new DeleteObjectCommand(one));
    const refusalOf = (id: string | undefined, Key = 'one') =>
      refusal(client.send(new GetObjectCommand({ Bucket: 'kept', Key, VersionId: id })));
    expect(await refusalOf(marker)).toEqual(['MethodNotAllowed', 405]);
    expect(await refusalOf(VersionId, 'another')).toEqual(['NoSuchVersion', 404]);
    expect(await refusalOf('null')).toEqual(['NoSuchVersion', 404]);
    expect(await refusalOf('no ID')).toEqual(['InvalidArgument', 400]);
    await s3.close();
  });
});
