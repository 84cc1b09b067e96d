import {
  CreateBucketCommand,
  DeleteBucketPolicyCommand,
  DeleteObjectCommand,
  DeletePublicAccessBlockCommand,
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetObjectCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandInput,
  PutBucketPolicyCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRgw } from '../../dev/s3/rgw.ts';
import { startEmbeddedS3 } from '../../dev/s3/startEmbeddedS3.ts';
import { s3ObjectStore } from '../../src/aws/s3ObjectStore.ts';
import type { Outcome } from '../../src/core/outcome.ts';
import type { ObjectStore } from '../../src/core/s3/objectStore.ts';
import { type Access, refusal, s3Client, send, sendSigned, withHeader } from './s3Clients.ts';

/** A server, and two who ask it. */
interface Server {
  /** Owns every bucket. */
  readonly owner: Access;
  /** May do only what a bucket policy says. */
  readonly reader: { readonly client: S3Client; readonly statement: object };
  close(): Promise<void>;
}

const DISTRIBUTION = 'arn:aws:cloudfront::111122223333:distribution/E2EXAMPLE';

async function embedded(): Promise<Server> {
  const ada = { accessKeyId: 'AKIAADA', secretAccessKey: 'ada/secret+key' };
  const edge = { accessKeyId: 'AKIAEDGE', secretAccessKey: 'edge' };
  const service = 'cloudfront.amazonaws.com';
  const s3 = await startEmbeddedS3({
    identities: [
      { kind: 'user', name: 'ada', ...ada },
      { kind: 'service', service, ...edge },
    ],
  });
  const { endpoint, region } = s3;
  const client = s3Client({ endpoint, region, ...edge });
  return {
    owner: { endpoint, region, ...ada },
    reader: {
      client: withHeader(client, 'x-amz-source-arn', DISTRIBUTION),
      statement: {
        Principal: { Service: service },
        Condition: { StringEquals: { 'AWS:SourceArn': DISTRIBUTION } },
      },
    },
    close: () => s3.close(),
  };
}

async function rgw(): Promise<Server> {
  const gateway = await startRgw();
  const { endpoint, region, accessKeyId, secretAccessKey } = gateway;
  const { arn, ...edge } = await gateway.addUser('edge');
  return {
    owner: { endpoint, region, accessKeyId, secretAccessKey },
    reader: {
      client: s3Client({ endpoint, region, ...edge }),
      statement: { Principal: { AWS: [arn] } },
    },
    close: () => gateway.close(),
  };
}

const ODD_KEYS = [
  'plain.txt',
  'with space.txt',
  ' space at both ends ',
  'a+b',
  'a b',
  '100%',
  '%41',
  '%2F',
  'a%2Fb',
  'quotes "\'`',
  '<tag>&amp;',
  'question?mark=1&x=2',
  'hash#tag',
  'semi;colon:at@equals=,$!()*',
  '[brackets]{braces}|^~\\',
  'tab\there',
  'new\nline',
  'carriage\rreturn\r\n',
  'control \u0001\u001b\u001f\u007f\u0085',
  'caf\u00e9',
  'cafe\u0301',
  '\u65e5\u672c\u8a9e/\u30d5\u30a1\u30a4\u30eb',
  '\u05e2\u05d1\u05e8\u05d9\u05ea \u202ertl',
  '\ue000 private use',
  '\uff5e full width',
  '\ufeff byte order mark',
  '\ufffd replacement',
  '\u{1f600}',
  '\u{1f469}\u200d\u{1f469}\u200d\u{1f467}',
  '\u{10ffff}',
  '/leading slash',
  '//two leading slashes',
  'double//slash',
  'folder/',
  'folder/file',
  'folder/sub/file',
  'folder.txt',
  'ends in slashes//',
  '.hidden',
  'dots...',
  './dot/segment',
  'dots/../segment',
  '..',
  'k'.repeat(1024),
  '\u00e9'.repeat(512),
  `${'deep/'.repeat(200)}file`,
];

/** S3's order, by a way of its own: the bytes of UTF-8. */
function inOrder(keys: Iterable<string>): string[] {
  return [...keys].toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}

function pathOf(bucket: string, key: string): string {
  const segments = key.split('/').map((segment) => encodeURIComponent(segment));
  // What is signed is S3's encoding, which spares fewer characters.
  return `/${bucket}/${segments.join('/')}`.replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function decoded(text: string | undefined): string {
  return decodeURIComponent((text ?? '').replaceAll('+', ' '));
}

function valueOf<T>(outcome: Outcome<T>): T {
  if (outcome.kind !== 'ok') throw new Error(JSON.stringify(outcome));
  return outcome.value;
}

describe.each([
  ['embedded S3', embedded],
  ['Ceph RGW', rgw],
])('%s', (_, start) => {
  let server: Server;
  let client: S3Client;
  let store: ObjectStore;
  const { signal } = new AbortController();

  beforeAll(async () => {
    server = await start();
    client = s3Client(server.owner);
    store = s3ObjectStore(client, { profile: 'ada', login: undefined });
  });
  afterAll(async () => {
    client?.destroy();
    await server?.close();
  });

  async function bucketOf(name: string, keys: readonly string[]): Promise<string> {
    await client.send(new CreateBucketCommand({ Bucket: name }));
    for (const key of keys) await put(name, key, `content of ${key}`);
    return name;
  }

  async function put(bucket: string, key: string, body: string): Promise<void> {
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
  }

  async function get(bucket: string, key: string): Promise<string | undefined> {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return Body?.transformToString();
  }

  /** A statement of a policy that lets the reader do something. */
  const grant = (Action: string, Resource: string) => ({
    ...server.reader.statement,
    Effect: 'Allow',
    Action,
    Resource,
  });

  /** All of a listing, page by page: keys, and common prefixes behind a mark. */
  async function listAll(input: ListObjectsV2CommandInput): Promise<string[]> {
    const found: string[] = [];
    let token: string | undefined;
    do {
      const page = await client.send(
        new ListObjectsV2Command({ ...input, EncodingType: 'url', ContinuationToken: token }),
      );
      const keys = (page.Contents ?? []).map(({ Key }) => decoded(Key));
      const prefixes = (page.CommonPrefixes ?? []).map(({ Prefix }) => decoded(Prefix));
      expect(keys.length + prefixes.length).toBeLessThanOrEqual(input.MaxKeys ?? 1000);
      expect(keys).toEqual(inOrder(keys));
      found.push(...inOrder([...keys, ...prefixes]));
      expect(page.IsTruncated).toBe(page.NextContinuationToken !== undefined);
      token = page.NextContinuationToken;
    } while (token !== undefined);
    return found;
  }

  describe('keys', () => {
    const bucket = 'odd-keys';
    beforeAll(() => bucketOf(bucket, ODD_KEYS));

    it.each(ODD_KEYS.map((key) => [JSON.stringify(key).slice(0, 60), key]))(
      'reads %s back',
      async (_name, key) => {
        expect(await get(bucket, key)).toBe(`content of ${key}`);
        const head = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
        expect(head.ContentLength).toBe(Buffer.byteLength(`content of ${key}`));
        expect(valueOf(await store.headObject({ bucket, key }, signal))).toEqual({
          storageClass: 'STANDARD',
          archived: false,
        });
      },
    );

    it('lists them all in the order of their bytes', async () => {
      expect(await listAll({ Bucket: bucket })).toEqual(inOrder(ODD_KEYS));
    });

    it('leads to each of them, level by level and page by page', async () => {
      const reached: string[] = [];
      const walk = async (prefix: string): Promise<void> => {
        let after: string | undefined;
        do {
          const page = valueOf(
            await store.listObjects(
              { bucket, prefix, pageSize: 3, ...(after && { after }) },
              signal,
            ),
          );
          for (const item of page.items) {
            if (item.kind === 'object') reached.push(item.key);
            else await walk(item.prefix);
          }
          after = page.next;
        } while (after !== undefined);
      };
      await walk('');
      expect(inOrder(reached)).toEqual(inOrder(ODD_KEYS));
    });

    it('refuses a key of more than 1024 bytes', async () => {
      expect(await refusal(put(bucket, 'k'.repeat(1025), 'x'))).toEqual([
        expect.stringMatching(/^(?:KeyTooLongError|InvalidObjectName)$/),
        400,
      ]);
    });

    it('forgets a deleted object, and deletes what is not there without complaint', async () => {
      await put(bucket, 'short-lived', 'x');
      await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: 'short-lived' }));
      expect(await refusal(get(bucket, 'short-lived'))).toEqual(['NoSuchKey', 404]);
      await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: 'short-lived' }));
    });

    it('keeps type, disposition and metadata, and tags content by its MD5', async () => {
      await client.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: 'described',
          Body: 'hello',
          ContentType: 'text/plain; charset=utf-8',
          ContentDisposition: 'attachment',
          CacheControl: 'no-store',
          Metadata: { author: 'ada' },
        }),
      );
      const head = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: 'described' }));
      expect(head).toMatchObject({
        ContentType: 'text/plain; charset=utf-8',
        ContentDisposition: 'attachment',
        CacheControl: 'no-store',
        Metadata: { author: 'ada' },
        ETag: '"5d41402abc4b2a76b9719d911017c592"',
        ContentLength: 5,
      });
      expect(Date.now() - Number(head.LastModified)).toBeLessThan(60_000);
    });
  });

  describe('listing', () => {
    const bucket = 'listed';
    const ASCII = ['a', 'a/', 'a/1', 'a/2', 'a/b/3', 'a0', 'ab', 'b//4', 'b/5', 'c d', 'c+d', 'z/'];
    const OTHERS = ['\ue000/x', '\uff5e', '\u{1f600}/y', '\u{1f600}z', '--8--', '--8--9'];
    const KEYS = [...ASCII, ...OTHERS];
    beforeAll(() => bucketOf(bucket, KEYS));

    /** What ListObjectsV2 is documented to list. */
    function expected(prefix: string, delimiter: string, startAfter: string): string[] {
      const entries = KEYS.filter((key) => key.startsWith(prefix)).map((key) => {
        const at = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
        return at < 0 ? key : key.slice(0, at + delimiter.length);
      });
      return inOrder(new Set(entries)).filter(
        (entry) => Buffer.compare(Buffer.from(entry), Buffer.from(startAfter)) > 0,
      );
    }

    it('is the documented one for any prefix, delimiter, start and page size', async () => {
      const prefix = fc.constantFrom('', 'a', 'a/', 'a/b', 'b/', 'c ', '\u{1f600}', '-', 'nothing');
      const delimiter = fc.constantFrom('', '/', '-', '//', '--', 'b', '\u{1f600}');
      const startAfter = fc.oneof(
        fc.constantFrom(...KEYS),
        fc.constantFrom('', 'a/1x', 'b/', 'b/0', 'zz', '\u{10ffff}', '\ue000/'),
      );
      await fc.assert(
        fc.asyncProperty(
          fc.record({ prefix, delimiter, startAfter, size: fc.integer({ min: 1, max: 20 }) }),
          async (asked) => {
            const found = await listAll({
              Bucket: bucket,
              Prefix: asked.prefix,
              Delimiter: asked.delimiter,
              StartAfter: asked.startAfter,
              MaxKeys: asked.size,
            });
            expect(found).toEqual(expected(asked.prefix, asked.delimiter, asked.startAfter));
          },
        ),
        { numRuns: 200 },
      );
    });

    it('shows a level as the store gives it, prefixes and objects in one order', async () => {
      const { items, next } = valueOf(
        await store.listObjects({ bucket, prefix: 'a', pageSize: 4 }, signal),
      );
      const names = items.map((item) => (item.kind === 'prefix' ? item.prefix : item.key));
      expect(names).toEqual(['a', 'a/', 'a0', 'ab']);
      expect(items[1]?.kind).toBe('prefix');
      expect(next).toBeUndefined();
    });

    it('begins behind a key', async () => {
      const { items } = valueOf(
        await store.listObjects({ bucket, prefix: 'a/', pageSize: 9, startAfter: 'a/1' }, signal),
      );
      expect(items.map((item) => (item.kind === 'prefix' ? item.prefix : item.key))).toEqual([
        'a/2',
        'a/b/',
      ]);
    });

    it('tells size, tag, time and class of each object', async () => {
      const { Contents } = await client.send(
        new ListObjectsV2Command({ Bucket: bucket, Prefix: 'a/1' }),
      );
      expect(Contents).toEqual([
        {
          Key: 'a/1',
          Size: 14,
          ETag: expect.stringMatching(/^"[0-9a-f]{32}"$/),
          LastModified: expect.any(Date),
          StorageClass: 'STANDARD',
        },
      ]);
    });

    it('gives at most a thousand at once, and none where none are asked for', async () => {
      const keys = Array.from({ length: 1003 }, (_item, index) => `n${index}`);
      await client.send(new CreateBucketCommand({ Bucket: 'thousand' }));
      for (let first = 0; first < keys.length; first += 20) {
        await Promise.all(keys.slice(first, first + 20).map((key) => put('thousand', key, 'x')));
      }
      const page = await client.send(
        new ListObjectsV2Command({ Bucket: 'thousand', MaxKeys: 5000 }),
      );
      expect([page.Contents?.length, page.KeyCount, page.IsTruncated]).toEqual([1000, 1000, true]);
      expect(await listAll({ Bucket: 'thousand' })).toEqual(inOrder(keys));
      const none = await client.send(new ListObjectsV2Command({ Bucket: bucket, MaxKeys: 0 }));
      expect([none.Contents, none.KeyCount, none.IsTruncated]).toEqual([undefined, 0, false]);
    });

    it('lists the buckets by name', async () => {
      const { Buckets = [] } = await client.send(new ListBucketsCommand({}));
      const names = Buckets.map(({ Name = '' }) => Name);
      expect(names).toEqual(inOrder(names));
      expect(names).toContain(bucket);
      expect(Buckets[0]?.CreationDate).toBeInstanceOf(Date);
    });
  });

  describe('refusals', () => {
    const bucket = 'refusals';
    const path = pathOf(bucket, 'there');
    beforeAll(() => bucketOf(bucket, ['there']));

    it('names a missing bucket', async () => {
      const list = client.send(new ListObjectsV2Command({ Bucket: 'no-such-bucket' }));
      expect(await refusal(list)).toEqual(['NoSuchBucket', 404]);
      expect(await refusal(get('no-such-bucket', 'x'))).toEqual(['NoSuchBucket', 404]);
      const head = client.send(new HeadBucketCommand({ Bucket: 'no-such-bucket' }));
      expect(await refusal(head)).toEqual(['NotFound', 404]);
      expect(
        await store.listObjects({ bucket: 'no-such-bucket', prefix: '', pageSize: 9 }, signal),
      ).toEqual({ kind: 'problem', problem: { code: 'bucket-missing', bucket: 'no-such-bucket' } });
    });

    it('names a missing object', async () => {
      expect(await refusal(get(bucket, 'not there'))).toEqual(['NoSuchKey', 404]);
      const location = { bucket, key: 'not there' };
      expect(await store.headObject(location, signal)).toEqual({
        kind: 'problem',
        problem: { code: 'object-missing', location },
      });
    });

    it.each([
      ['wrong secret', { secretAccessKey: 'wrong' }, 'SignatureDoesNotMatch'],
      ['unknown access key', { accessKeyId: 'AKIANOBODY' }, 'InvalidAccessKeyId'],
    ])('refuses a %s, whatever is asked for', async (_name, change, code) => {
      const stranger = s3Client({ ...server.owner, ...change });
      expect(
        await refusal(stranger.send(new GetObjectCommand({ Bucket: bucket, Key: 'there' }))),
      ).toEqual([code, 403]);
      expect(await refusal(stranger.send(new ListObjectsV2Command({ Bucket: bucket })))).toEqual([
        code,
        403,
      ]);
      expect(await refusal(stranger.send(new ListBucketsCommand({})))).toEqual([code, 403]);
      const body = { Bucket: bucket, Key: 'there', Body: 'overwritten' };
      expect(await refusal(stranger.send(new PutObjectCommand(body)))).toEqual([code, 403]);
      const found = await s3ObjectStore(stranger, {
        profile: 'ada',
        login: undefined,
      }).listObjects({ bucket, prefix: '', pageSize: 9 }, signal);
      expect(found).toMatchObject({ problem: { code: 'credentials-refused', profile: 'ada' } });
      expect(await get(bucket, 'there')).toBe('content of there');
    });

    it('takes a request that is signed by hand', async () => {
      const answer = await sendSigned(server.owner, { path });
      expect([answer.status, answer.text]).toEqual([200, 'content of there']);
      const listed = await sendSigned(server.owner, {
        path: `/${bucket}`,
        query: { 'list-type': '2', prefix: 'there', delimiter: '/' },
      });
      expect(listed.status).toBe(200);
    });

    it.each([
      ['path', (url: string) => url.replace('/there', '/their')],
      ['query', (url: string) => `${url}?prefix=x`],
    ])('refuses a %s that was changed after signing', async (_name, tamper) => {
      const { status, code } = await sendSigned(server.owner, { path, tamper });
      expect([status, code]).toEqual([403, 'SignatureDoesNotMatch']);
    });

    it.each([-20, 20])('refuses a clock that is off by %i minutes', async (minutes) => {
      const signedAt = new Date(Date.now() + minutes * 60_000);
      const { status, code } = await sendSigned(server.owner, { path, signedAt });
      expect([status, code]).toEqual([403, 'RequestTimeTooSkewed']);
    });

    it('overlooks a clock that is off by ten minutes', async () => {
      const signedAt = new Date(Date.now() - 10 * 60_000);
      expect((await sendSigned(server.owner, { path, signedAt })).status).toBe(200);
    });

    it('lets nobody in without a signature', async () => {
      const { endpoint } = server.owner;
      for (const [url, method] of [
        [`${endpoint}${path}`, 'GET'],
        [`${endpoint}${pathOf(bucket, 'not there')}`, 'GET'],
        [`${endpoint}/${bucket}?list-type=2`, 'GET'],
        [`${endpoint}${path}`, 'PUT'],
        [`${endpoint}${path}`, 'DELETE'],
      ] as const) {
        const { status, code } = await send(url, { method });
        expect([method, url, status, code]).toEqual([method, url, 403, 'AccessDenied']);
      }
      expect((await send(`${endpoint}${path}`, { method: 'HEAD' })).status).toBe(403);
    });
  });

  describe('presigned URLs', () => {
    const bucket = 'presigned';
    const path = pathOf(bucket, 'a b+c.txt');
    beforeAll(() => bucketOf(bucket, ['a b+c.txt']));

    it('open one object without a header', async () => {
      const answer = await sendSigned(server.owner, { path, presignedFor: 60 });
      expect([answer.status, answer.text]).toEqual([200, 'content of a b+c.txt']);
    });

    it('may override headers of the answer', async () => {
      const answer = await sendSigned(server.owner, {
        path,
        presignedFor: 60,
        query: { 'response-content-disposition': 'attachment; filename="x y.txt"' },
      });
      expect(answer.headers.get('content-disposition')).toBe('attachment; filename="x y.txt"');
    });

    it('are refused after they expire, changed, or made for more than a week', async () => {
      const signedAt = new Date(Date.now() - 120_000);
      const late = await sendSigned(server.owner, { path, presignedFor: 60, signedAt });
      expect([late.status, late.code]).toEqual([403, 'AccessDenied']);
      const changed = await sendSigned(server.owner, {
        path,
        presignedFor: 60,
        tamper: (url) => url.replace('X-Amz-Expires=60', 'X-Amz-Expires=61'),
      });
      expect([changed.status, changed.code]).toEqual([403, 'SignatureDoesNotMatch']);
      const week = await sendSigned(server.owner, {
        path,
        presignedFor: 60,
        tamper: (url) => url.replace('X-Amz-Expires=60', 'X-Amz-Expires=604801'),
      });
      expect(week.status).toBeGreaterThanOrEqual(400);
      expect(week.text).not.toContain('content of');
    });
  });

  describe('bucket policy', () => {
    const bucket = 'policed';
    const arn = `arn:aws:s3:::${bucket}`;
    beforeAll(() => bucketOf(bucket, ['open/a', 'open/b', 'shut/c']));

    function setPolicy(...statements: readonly object[]) {
      const policy = { Version: '2012-10-17', Statement: statements };
      return client.send(
        new PutBucketPolicyCommand({ Bucket: bucket, Policy: JSON.stringify(policy) }),
      );
    }

    function read(key: string) {
      return server.reader.client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    }

    it('is what lets a reader in, to as much as it says', async () => {
      await client.send(new DeleteBucketPolicyCommand({ Bucket: bucket }));
      expect(await refusal(read('open/a'))).toEqual(['AccessDenied', 403]);
      await setPolicy(grant('s3:GetObject', `${arn}/open/*`));
      expect(await (await read('open/a')).Body?.transformToString()).toBe('content of open/a');
      expect(await refusal(read('shut/c'))).toEqual(['AccessDenied', 403]);
      const list = server.reader.client.send(new ListObjectsV2Command({ Bucket: bucket }));
      expect(await refusal(list)).toEqual(['AccessDenied', 403]);
      const write = { Bucket: bucket, Key: 'open/a', Body: 'x' };
      expect(await refusal(server.reader.client.send(new PutObjectCommand(write)))).toEqual([
        'AccessDenied',
        403,
      ]);
      expect((await send(`${server.owner.endpoint}${pathOf(bucket, 'open/a')}`)).status).toBe(403);
      await client.send(new DeleteBucketPolicyCommand({ Bucket: bucket }));
      expect(await refusal(read('open/a'))).toEqual(['AccessDenied', 403]);
    });

    it('tells a missing object from a forbidden one only to who may list', async () => {
      await setPolicy(grant('s3:GetObject', `${arn}/*`));
      expect(await refusal(read('not there'))).toEqual(['AccessDenied', 403]);
      await setPolicy(grant('s3:GetObject', `${arn}/*`), grant('s3:ListBucket', arn));
      expect(await refusal(read('not there'))).toEqual(['NoSuchKey', 404]);
      const list = await server.reader.client.send(new ListObjectsV2Command({ Bucket: bucket }));
      expect(list.KeyCount).toBe(3);
    });

    it('denies before it allows', async () => {
      await setPolicy(grant('s3:*', `${arn}/*`), {
        ...grant('s3:GetObject', `${arn}/shut/*`),
        Effect: 'Deny',
      });
      expect(await refusal(read('shut/c'))).toEqual(['AccessDenied', 403]);
      await read('open/b');
    });

    it('may open a part to everybody, once nothing blocks that', async () => {
      await client.send(new DeletePublicAccessBlockCommand({ Bucket: bucket }));
      await setPolicy({
        Effect: 'Allow',
        Principal: '*',
        Action: ['s3:GetObject'],
        Resource: [`${arn}/open/*`],
      });
      const { endpoint } = server.owner;
      const open = await send(`${endpoint}${pathOf(bucket, 'open/a')}`);
      expect([open.status, open.text]).toEqual([200, 'content of open/a']);
      expect((await send(`${endpoint}${pathOf(bucket, 'shut/c')}`)).status).toBe(403);
      expect((await send(`${endpoint}/${bucket}?list-type=2`)).status).toBe(403);
    });

    it('is read back as it was put, and refused where it is none', async () => {
      await setPolicy(grant('s3:GetObject', `${arn}/*`));
      const { Policy } = await client.send(new GetBucketPolicyCommand({ Bucket: bucket }));
      expect(JSON.parse(Policy ?? '')).toMatchObject({
        Statement: [{ Resource: `${arn}/*`, Effect: 'Allow' }],
      });
      const broken = client.send(
        new PutBucketPolicyCommand({ Bucket: bucket, Policy: '{"Statement":' }),
      );
      expect((await refusal(broken))[1]).toBe(400);
      await client.send(new DeleteBucketPolicyCommand({ Bucket: bucket }));
      const none = client.send(new GetBucketPolicyCommand({ Bucket: bucket }));
      expect(await refusal(none)).toEqual(['NoSuchBucketPolicy', 404]);
    });
  });

  describe('Block Public Access', () => {
    const bucket = 'blocked';
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: '*',
          Action: ['s3:GetObject'],
          Resource: [`arn:aws:s3:::${bucket}/*`],
        },
      ],
    });
    const none = {
      BlockPublicAcls: false,
      IgnorePublicAcls: false,
      BlockPublicPolicy: false,
      RestrictPublicBuckets: false,
    };
    beforeAll(async () => {
      // Ceph knows no Object Ownership: its ACLs are always on.
      await client.send(
        new CreateBucketCommand({ Bucket: bucket, ObjectOwnership: 'ObjectWriter' }),
      );
      await put(bucket, 'a', 'content of a');
    });

    function block(settings: Partial<typeof none>) {
      const PublicAccessBlockConfiguration = { ...none, ...settings };
      const input = { Bucket: bucket, PublicAccessBlockConfiguration };
      return client.send(new PutPublicAccessBlockCommand(input));
    }

    it('is read as it was put', async () => {
      await block({ BlockPublicAcls: true, RestrictPublicBuckets: true });
      const read = new GetPublicAccessBlockCommand({ Bucket: bucket });
      expect((await client.send(read)).PublicAccessBlockConfiguration).toEqual({
        ...none,
        BlockPublicAcls: true,
        RestrictPublicBuckets: true,
      });
    });

    it('refuses a public policy', async () => {
      const putPolicy = () => client.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy }));
      await block({ BlockPublicPolicy: true });
      expect(await refusal(putPolicy())).toEqual(['AccessDenied', 403]);
      await block({});
      await putPolicy();
      expect((await send(`${server.owner.endpoint}/${bucket}/a`)).status).toBe(200);
    });

    it('tells whether a policy is public', async () => {
      await block({});
      await client.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy }));
      const { PolicyStatus } = await client.send(
        new GetBucketPolicyStatusCommand({ Bucket: bucket }),
      );
      expect(PolicyStatus?.IsPublic).toBe(true);
    });

    it('refuses public ACLs, or has them open nothing', async () => {
      await client.send(new DeleteBucketPolicyCommand({ Bucket: bucket }));
      const putPublic = () =>
        client.send(
          new PutObjectCommand({ Bucket: bucket, Key: 'b', Body: 'x', ACL: 'public-read' }),
        );
      await block({ BlockPublicAcls: true });
      expect(await refusal(putPublic())).toEqual(['AccessDenied', 403]);
      const url = `${server.owner.endpoint}/${bucket}/b`;
      expect((await send(url)).status).toBe(403);
      await block({});
      await putPublic();
      expect((await send(url)).status).toBe(200);
      await block({ IgnorePublicAcls: true });
      expect((await send(url)).status).toBe(403);
    });
  });

  describe('parts and conditions', () => {
    const bucket = 'parts';
    const path = pathOf(bucket, 'digits');
    beforeAll(async () => {
      await bucketOf(bucket, []);
      await put(bucket, 'digits', '0123456789');
    });

    it.each([
      ['bytes=0-0', '0', 'bytes 0-0/10'],
      ['bytes=2-5', '2345', 'bytes 2-5/10'],
      ['bytes=7-', '789', 'bytes 7-9/10'],
      ['bytes=-3', '789', 'bytes 7-9/10'],
      ['bytes=5-999', '56789', 'bytes 5-9/10'],
      ['bytes=-999', '0123456789', 'bytes 0-9/10'],
    ])('gives %s', async (range, text, contentRange) => {
      const answer = await sendSigned(server.owner, { path, headers: { range } });
      expect([answer.status, answer.text]).toEqual([206, text]);
      expect(answer.headers.get('content-range')).toBe(contentRange);
      expect(answer.headers.get('content-length')).toBe(String(text.length));
    });

    it('refuses a part behind the end', async () => {
      const { status, code } = await sendSigned(server.owner, {
        path,
        headers: { range: 'bytes=10-' },
      });
      expect([status, code]).toEqual([416, 'InvalidRange']);
    });

    it('says that parts can be had', async () => {
      const answer = await sendSigned(server.owner, { path });
      expect(answer.headers.get('accept-ranges')).toBe('bytes');
    });

    it('sends nothing to who has it, and nothing to who wants another', async () => {
      const etag = '"781e5e245d69b566979b86e28d23f2c7"';
      const has = await sendSigned(server.owner, { path, headers: { 'if-none-match': etag } });
      expect([has.status, has.text]).toEqual([304, '']);
      const other = await sendSigned(server.owner, { path, headers: { 'if-match': '"other"' } });
      expect([other.status, other.code]).toEqual([412, 'PreconditionFailed']);
      const same = await sendSigned(server.owner, { path, headers: { 'if-match': etag } });
      expect(same.status).toBe(200);
      const future = new Date(Date.now() + 60_000).toUTCString();
      const fresh = await sendSigned(server.owner, {
        path,
        headers: { 'if-modified-since': future },
      });
      expect(fresh.status).toBe(304);
    });
  });
});
