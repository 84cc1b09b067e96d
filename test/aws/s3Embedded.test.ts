import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  DeletePublicAccessBlockCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FaultKind } from '../../dev/s3/faults.ts';
import type { Identity } from '../../dev/s3/identity.ts';
import {
  type EmbeddedS3,
  type EmbeddedS3Options,
  startEmbeddedS3,
} from '../../dev/s3/startEmbeddedS3.ts';
import { openSession } from '../../src/aws/openSession.ts';
import { s3ObjectStore } from '../../src/aws/s3ObjectStore.ts';
import type { Outcome } from '../../src/core/outcome.ts';
import type { ObjectStore } from '../../src/core/s3/objectStore.ts';
import { awsEnvironment } from '../awsEnvironment.ts';
import { type Access, s3Client, send, sendSigned, withHeader } from './s3Clients.ts';

const ADA: Identity = {
  kind: 'user',
  name: 'ada',
  accessKeyId: 'AKIAADA',
  secretAccessKey: 'ada-secret',
};
const EDGE: Identity = {
  kind: 'service',
  service: 'cloudfront.amazonaws.com',
  accessKeyId: 'AKIAEDGE',
  secretAccessKey: 'edge-secret',
};
const HOUR = 3_600_000;

const open: EmbeddedS3[] = [];

async function start(options: EmbeddedS3Options = {}): Promise<EmbeddedS3> {
  const s3 = await startEmbeddedS3({ identities: [ADA, EDGE], ...options });
  open.push(s3);
  return s3;
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((s3) => s3.close()));
});

function accessOf(s3: EmbeddedS3, identity: Identity = ADA): Access {
  const { accessKeyId, secretAccessKey, sessionToken } = identity;
  const { endpoint, region } = s3;
  return {
    endpoint,
    region,
    accessKeyId,
    secretAccessKey,
    ...(sessionToken !== undefined && { sessionToken }),
  };
}

type ClientSettings = Parameters<typeof s3Client>[1];

function storeOf(s3: EmbeddedS3, identity?: Identity, settings?: ClientSettings): ObjectStore {
  const client = s3Client(accessOf(s3, identity), settings);
  return s3ObjectStore(client, { profile: 'ada', login: 'aws sso login' });
}

function list(store: ObjectStore, bucket = 'files', signal = new AbortController().signal) {
  return store.listObjects({ bucket, prefix: '', pageSize: 100 }, signal);
}

function problemOf(outcome: Outcome<unknown>): unknown {
  return outcome.kind === 'problem' ? outcome.problem : outcome;
}

function valueOf<T>(outcome: Outcome<T>): T {
  if (outcome.kind !== 'ok') throw new Error(JSON.stringify(outcome));
  return outcome.value;
}

describe('ListBuckets', () => {
  const NAMES = ['alpha', 'beta', 'beta-logs', 'gamma', 'omega'];

  async function withBuckets(): Promise<EmbeddedS3> {
    const s3 = await start();
    for (const name of NAMES.toReversed()) {
      s3.putBucket(name, { region: name.startsWith('beta') ? 'eu-west-1' : 'us-east-1' });
    }
    return s3;
  }

  it('comes page by page through the store, each bucket with its region', async () => {
    const store = storeOf(await withBuckets());
    const { signal } = new AbortController();
    const first = valueOf(await store.listBuckets({ pageSize: 2 }, signal));
    expect(first.items.map(({ name, region }) => [name, region])).toEqual([
      ['alpha', 'us-east-1'],
      ['beta', 'eu-west-1'],
    ]);
    expect(first.items[0]?.created).toBeInstanceOf(Date);
    const names = first.items.map(({ name }) => name);
    let { next } = first;
    while (next !== undefined) {
      const page = valueOf(await store.listBuckets({ pageSize: 2, after: next }, signal));
      names.push(...page.items.map(({ name }) => name));
      ({ next } = page);
    }
    expect(names).toEqual(NAMES);
  });

  it('has no further page behind a full last one', async () => {
    const store = storeOf(await withBuckets());
    const { signal } = new AbortController();
    expect(valueOf(await store.listBuckets({ pageSize: 5 }, signal)).next).toBeUndefined();
  });

  it('narrows by prefix and by region', async () => {
    const client = s3Client(accessOf(await withBuckets()));
    const byPrefix = await client.send(new ListBucketsCommand({ Prefix: 'beta' }));
    expect(byPrefix.Buckets?.map(({ Name }) => Name)).toEqual(['beta', 'beta-logs']);
    const byRegion = await client.send(new ListBucketsCommand({ BucketRegion: 'eu-west-1' }));
    expect(byRegion.Buckets?.map(({ Name }) => Name)).toEqual(['beta', 'beta-logs']);
  });

  it('tells regions only to who uses its newer parameters', async () => {
    const client = s3Client(accessOf(await withBuckets()));
    const { Buckets } = await client.send(new ListBucketsCommand({}));
    expect(Buckets?.map(({ BucketRegion }) => BucketRegion)).toEqual(NAMES.map(() => undefined));
  });

  it.each([
    ['max-buckets', '0'],
    ['max-buckets', 'many'],
    ['continuation-token', 'made-up'],
  ])('refuses %s=%s', async (name, value) => {
    const s3 = await withBuckets();
    const answer = await sendSigned(accessOf(s3), { path: '/', query: { [name]: value } });
    expect([answer.status, answer.code]).toEqual([400, 'InvalidArgument']);
  });
});

describe('regions', () => {
  it('tells a bucket its region in a header, whatever the answer', async () => {
    const s3 = await start();
    s3.putBucket('ireland', { region: 'eu-west-1' });
    const access = accessOf(s3);
    for (const region of ['us-east-1', 'eu-west-1']) {
      const { headers, status } = await sendSigned(
        { ...access, region },
        { path: '/ireland', method: 'HEAD' },
      );
      expect(status).toBe(region === 'eu-west-1' ? 200 : 301);
      expect(headers.get('x-amz-bucket-region')).toBe('eu-west-1');
    }
  });
});

async function session(endpoint: string) {
  return valueOf(
    await openSession({ profile: 'ada', region: undefined, endpoint, forcePathStyle: true }, () =>
      Promise.resolve(undefined),
    ),
  );
}

describe('a session of a profile', () => {
  let home: string;
  beforeEach(async () => {
    home = await mkdtemp(path.join(tmpdir(), 'aws-'));
    const { accessKeyId, secretAccessKey } = ADA;
    const credentials = `[ada]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;
    const config = '[profile ada]\nregion = us-east-1\n';
    for (const [name, value] of Object.entries(
      await awsEnvironment(home, { config, credentials }),
    )) {
      vi.stubEnv(name, value);
    }
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await rm(home, { recursive: true });
  });

  it('lists and looks at objects of a bucket elsewhere as of one here', async () => {
    const s3 = await start();
    s3.putBucket('ireland', { region: 'eu-west-1' });
    s3.putObject('ireland', 'a.txt', 'hello');
    const opened = await session(s3.endpoint);
    expect(valueOf(await list(opened.store, 'ireland')).items).toMatchObject([{ key: 'a.txt' }]);
    const { signal } = new AbortController();
    const head = await opened.store.headObject({ bucket: 'ireland', key: 'a.txt' }, signal);
    expect(head.kind).toBe('ok');
    expect(s3.requests.map(({ status, errorCode }) => [status, errorCode])).toContainEqual([
      301,
      'PermanentRedirect',
    ]);
    opened.close();
  });

  it('gives up on a server that never answers', async () => {
    const s3 = await start();
    const opened = await session(s3.endpoint);
    s3.injectFault({ kind: 'hang' });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const found: Outcome<unknown>[] = [];
      void list(opened.store).then((outcome) => found.push(outcome));
      for (let seconds = 0; seconds < 120 && found.length === 0; seconds += 5) {
        // What the network does meanwhile takes real time.
        for (let turn = 0; turn < 100; turn++) await new Promise(setImmediate);
        await vi.advanceTimersByTimeAsync(5_000);
      }
      expect(found.map(problemOf)).toMatchObject([{ code: 'network-unreachable' }]);
    } finally {
      vi.useRealTimers();
      opened.close();
    }
  });

  it('says where a bucket is that a request is not led to', async () => {
    const s3 = await start({ wrongRegionAnswer: 'AuthorizationHeaderMalformed' });
    s3.putBucket('ireland', { region: 'eu-west-1' });
    const opened = await session(s3.endpoint);
    expect(problemOf(await list(opened.store, 'ireland'))).toEqual({
      code: 'bucket-elsewhere',
      bucket: 'ireland',
      region: 'eu-west-1',
    });
    opened.close();
  });
});

function policy(condition: object) {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'cloudfront.amazonaws.com' },
        Action: 's3:GetObject',
        Resource: 'arn:aws:s3:::files/*',
        Condition: condition,
      },
    ],
  };
}

async function statusFor(condition: object | undefined, sourceArn?: string) {
  const s3 = await start();
  s3.putBucket('files');
  s3.putObject('files', 'a.txt', 'hello');
  s3.putBucketPolicy('files', condition === undefined ? undefined : policy(condition));
  const { status } = await sendSigned(accessOf(s3, EDGE), {
    path: '/files/a.txt',
    ...(sourceArn !== undefined && { headers: { 'x-amz-source-arn': sourceArn } }),
  });
  return status;
}

describe('the CloudFront service principal', () => {
  const ARN = 'arn:aws:cloudfront::111122223333:distribution/E2EXAMPLE';
  const OTHER = 'arn:aws:cloudfront::111122223333:distribution/E2EXAMPLE2';

  it.each([
    ['the distribution named', { StringEquals: { 'AWS:SourceArn': ARN } }, ARN, 200],
    ['another distribution', { StringEquals: { 'AWS:SourceArn': ARN } }, OTHER, 403],
    ['no distribution', { StringEquals: { 'AWS:SourceArn': ARN } }, undefined, 403],
    ['one of a list', { StringEquals: { 'aws:sourcearn': [OTHER, ARN] } }, ARN, 200],
    ['a wildcard', { ArnLike: { 'AWS:SourceArn': `${ARN.slice(0, -9)}*` } }, OTHER, 200],
    ['an equals with a wildcard', { StringEquals: { 'AWS:SourceArn': '*' } }, ARN, 403],
    ['an account', { StringEquals: { 'AWS:SourceAccount': '111122223333' } }, ARN, 200],
    ['no condition', {}, ARN, 200],
    ['no policy', undefined, ARN, 403],
    ['a key unknown', { StringEquals: { 'aws:Unheard': 'x' } }, ARN, 403],
  ])('is judged by %s', async (_name, condition, sourceArn, status) => {
    expect(await statusFor(condition, sourceArn)).toBe(status);
  });

  it('cannot be spoken for by a header that is not signed, or by anybody else', async () => {
    const s3 = await start();
    s3.putBucket('files');
    s3.putObject('files', 'a.txt', 'hello');
    const condition = { StringEquals: { 'AWS:SourceArn': ARN } };
    s3.putBucketPolicy('files', policy(condition));
    const url = `${s3.endpoint}/files/a.txt`;
    const anonymous = await send(url, { headers: { 'x-amz-source-arn': ARN } });
    expect([anonymous.status, anonymous.code]).toEqual([403, 'AccessDenied']);
    const presigned = await sendSigned(accessOf(s3, EDGE), {
      path: '/files/a.txt',
      presignedFor: 60,
      headersAfterSigning: { 'x-amz-source-arn': ARN },
    });
    expect([presigned.status, presigned.code]).toEqual([403, 'AccessDenied']);
    const unless = { StringNotEquals: { 'AWS:SourceArn': ARN } };
    const [statement] = policy(unless).Statement;
    s3.putBucketPolicy('files', { Statement: { ...statement, Effect: 'Deny', Principal: '*' } });
    const user = await sendSigned(accessOf(s3), {
      path: '/files/a.txt',
      headers: { 'x-amz-source-arn': ARN },
    });
    expect([user.status, user.code]).toEqual([403, 'AccessDenied']);
  });

  it('is let into nothing by being known', async () => {
    const s3 = await start();
    s3.putBucket('files');
    const client = withHeader(s3Client(accessOf(s3, EDGE)), 'x-amz-source-arn', ARN);
    for (const request of [
      client.send(new ListBucketsCommand({})),
      client.send(new ListObjectsV2Command({ Bucket: 'files' })),
      client.send(new PutObjectCommand({ Bucket: 'files', Key: 'x', Body: 'x' })),
    ]) {
      await expect(request).rejects.toMatchObject({ name: 'AccessDenied' });
    }
  });

  it.each([
    ['an unknown operator', { StringResembles: { 'AWS:SourceArn': ARN } }],
    ['a condition of the wrong shape', { StringEquals: ARN }],
  ])('is told of %s when the policy is put', async (_name, condition) => {
    const s3 = await start();
    s3.putBucket('files');
    const { status, code } = await sendSigned(accessOf(s3), {
      method: 'PUT',
      path: '/files',
      query: { policy: '' },
      body: JSON.stringify(policy(condition)),
    });
    expect([status, code]).toEqual([400, 'MalformedPolicy']);
  });
});

async function withArchive() {
  const s3 = await start();
  s3.putBucket('files');
  const until = new Date('2027-01-01T00:00:00Z');
  s3.putObject('files', 'cold', 'x', { storageClass: 'DEEP_ARCHIVE' });
  s3.putObject('files', 'instant', 'x', { storageClass: 'GLACIER_IR' });
  s3.putObject('files', 'restored', 'x', {
    storageClass: 'GLACIER',
    restore: { kind: 'done', until },
  });
  s3.putObject('files', 'thawing', 'x', {
    storageClass: 'GLACIER',
    restore: { kind: 'under-way' },
  });
  s3.putObject('files', 'tiered', 'x', {
    storageClass: 'INTELLIGENT_TIERING',
    archiveStatus: 'ARCHIVE_ACCESS',
  });
  return s3;
}

describe('archived objects', () => {
  const EXPECTED = {
    cold: ['DEEP_ARCHIVE', true],
    instant: ['GLACIER_IR', false],
    restored: ['GLACIER', false],
    thawing: ['GLACIER', true],
    tiered: ['INTELLIGENT_TIERING', true],
  };

  it('are told by HEAD and cannot be read before they are restored', async () => {
    const s3 = await withArchive();
    const store = storeOf(s3);
    const client = s3Client(accessOf(s3));
    for (const [key, [storageClass, archived]] of Object.entries(EXPECTED)) {
      const location = { bucket: 'files', key };
      const head = await store.headObject(location, new AbortController().signal);
      expect([key, valueOf(head)]).toEqual([key, { storageClass, archived }]);
      const read = client.send(new GetObjectCommand({ Bucket: 'files', Key: key })).then(
        () => 'read',
        (error: unknown) => (error instanceof Error ? error.name : error),
      );
      expect([key, await read]).toEqual([key, archived ? 'InvalidObjectState' : 'read']);
    }
    const restored = await client.send(new HeadObjectCommand({ Bucket: 'files', Key: 'restored' }));
    expect(restored.Restore).toBe(
      'ongoing-request="false", expiry-date="Fri, 01 Jan 2027 00:00:00 GMT"',
    );
  });

  it('are told by a listing that asks for their restore status', async () => {
    const { items } = valueOf(await list(storeOf(await withArchive())));
    const { tiered: _, ...listed } = EXPECTED;
    const found = items.flatMap((item) =>
      item.kind === 'object' && item.key !== 'tiered'
        ? [[item.key, [item.storageClass, item.archived]]]
        : [],
    );
    expect(Object.fromEntries(found)).toEqual(listed);
  });
});

async function withFile(options: EmbeddedS3Options = {}) {
  const s3 = await start(options);
  s3.putBucket('files');
  s3.putObject('files', 'a.txt', 'hello');
  return s3;
}

describe('credentials', () => {
  const TEMPORARY: Identity = {
    kind: 'user',
    name: 'ada',
    accessKeyId: 'ASIAADA',
    secretAccessKey: 'temporary',
    sessionToken: 'token/of+ada==',
    expiration: new Date(Date.now() + HOUR),
  };

  it('are good with their session token until they expire', async () => {
    let now = Date.now();
    const s3 = await withFile({ identities: [TEMPORARY], now: () => now });
    expect((await list(storeOf(s3, TEMPORARY))).kind).toBe('ok');
    const presigned = { path: '/files/a.txt', presignedFor: 7 * 24 * 3600 };
    expect((await sendSigned(accessOf(s3, TEMPORARY), presigned)).status).toBe(200);
    now += 2 * HOUR;
    expect(problemOf(await list(storeOf(s3, TEMPORARY)))).toEqual({
      code: 'credentials-expired',
      profile: 'ada',
      login: 'aws sso login',
    });
    const late = await sendSigned(accessOf(s3, TEMPORARY), presigned);
    expect([late.status, late.code]).toEqual([400, 'ExpiredToken']);
  });

  it.each([
    ['a wrong session token', { ...TEMPORARY, sessionToken: 'other' }],
    ['no session token', { ...ADA, accessKeyId: 'ASIAADA', secretAccessKey: 'temporary' }],
    ['a session token too many', { ...ADA, sessionToken: 'token' }],
    ['a wrong secret', { ...ADA, secretAccessKey: 'wrong' }],
    ['an unknown access key', { ...ADA, accessKeyId: 'AKIANOBODY' }],
  ] satisfies [string, Identity][])('are refused with %s', async (_name, identity) => {
    const s3 = await withFile({ identities: [ADA, TEMPORARY] });
    expect(problemOf(await list(storeOf(s3, identity)))).toMatchObject({
      code: 'credentials-refused',
      profile: 'ada',
    });
  });

  it('of a clock that is wrong are taken at the second try, and told of at the first', async () => {
    const s3 = await withFile({ now: () => Date.now() + HOUR });
    expect(problemOf(await list(storeOf(s3)))).toEqual({ code: 'clock-skewed' });
    expect((await list(storeOf(s3, ADA, { maxAttempts: 3 }))).kind).toBe('ok');
  });

  it('that are denied something are told what', async () => {
    const s3 = await withFile({
      identities: [{ ...ADA, denials: [{ action: 's3:List*' }, { bucket: 'shut' }] }],
    });
    s3.putBucket('shut');
    const store = storeOf(s3);
    const { signal } = new AbortController();
    expect(problemOf(await store.listBuckets({ pageSize: 9 }, signal))).toEqual({
      code: 'access-denied',
      permission: 's3:ListAllMyBuckets',
    });
    expect(problemOf(await list(store))).toEqual({
      code: 'access-denied',
      bucket: 'files',
      permission: 's3:ListBucket',
    });
    expect((await store.headObject({ bucket: 'files', key: 'a.txt' }, signal)).kind).toBe('ok');
    expect(
      problemOf(await store.headObject({ bucket: 'shut', key: 'a.txt' }, signal)),
    ).toMatchObject({ code: 'access-denied', permission: 's3:GetObject' });
  });

  it('sign every header of Amazon’s and the content itself', async () => {
    const s3 = await withFile();
    const object = { path: '/files/a.txt' };
    const unsigned = await sendSigned(accessOf(s3), {
      ...object,
      headersAfterSigning: { 'x-amz-acl': 'public-read' },
    });
    expect([unsigned.status, unsigned.code]).toEqual([403, 'AccessDenied']);
    const content = await sendSigned(accessOf(s3), {
      ...object,
      method: 'PUT',
      body: 'signed',
      bodyAfterSigning: 'sent',
    });
    expect([content.status, content.code]).toEqual([400, 'XAmzContentSHA256Mismatch']);
    expect((await sendSigned(accessOf(s3), object)).text).toBe('hello');
  });

  it('never show in the log of requests', async () => {
    const s3 = await withFile({ identities: [TEMPORARY] });
    const access = accessOf(s3, TEMPORARY);
    await sendSigned(access, { path: '/files/a.txt', presignedFor: 60 });
    await sendSigned(access, { path: '/files/a.txt' });
    expect(s3.requests).toMatchObject([
      { method: 'GET', path: '/files/a.txt', status: 200, accessKeyId: 'ASIAADA' },
      { method: 'GET', path: '/files/a.txt', status: 200, query: '' },
    ]);
    const log = JSON.stringify(s3.requests);
    expect(log).not.toMatch(/signature|credential|token/i);
  });

  it('sign for no longer than a week', async () => {
    const s3 = await withFile();
    const answer = await sendSigned(accessOf(s3), {
      path: '/files/a.txt',
      presignedFor: 60,
      tamper: (url) => url.replace('X-Amz-Expires=60', 'X-Amz-Expires=604801'),
    });
    expect([answer.status, answer.code]).toEqual([400, 'AuthorizationQueryParametersError']);
  });

  it('are needed to override headers', async () => {
    const s3 = await withFile();
    const unblock = new DeletePublicAccessBlockCommand({ Bucket: 'files' });
    await s3Client(accessOf(s3)).send(unblock);
    const everybody = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject' };
    s3.putBucketPolicy('files', {
      Statement: [{ ...everybody, Resource: 'arn:aws:s3:::files/*' }],
    });
    const url = `${s3.endpoint}/files/a.txt`;
    expect((await send(url)).status).toBe(200);
    const overridden = await send(`${url}?response-content-type=text/html`);
    expect([overridden.status, overridden.code]).toEqual([400, 'InvalidRequest']);
  });
});

async function withFaults() {
  const s3 = await start();
  s3.putBucket('files');
  for (let index = 0; index < 20; index++) s3.putObject('files', `key-${index}`, 'x');
  return s3;
}

describe('faults', () => {
  it.each([
    ['slow-down', { code: 'throttled' }],
    [
      'internal-error',
      {
        code: 'service-failed',
        service: 'S3',
        detail: 'InternalError: We encountered an internal error. Please try again. (500)',
      },
    ],
    ['access-denied', { code: 'access-denied', bucket: 'files', permission: 's3:ListBucket' }],
    ['drop-connection', { code: 'network-unreachable', service: 'S3', detail: expect.any(String) }],
    ['hang', { code: 'network-unreachable', service: 'S3', detail: expect.any(String) }],
    ['truncated-xml', { code: 'service-failed', service: 'S3', detail: expect.any(String) }],
  ] satisfies [FaultKind, object][])('%s becomes a problem, and passes', async (kind, problem) => {
    const s3 = await withFaults();
    const store = storeOf(s3, ADA, { requestTimeout: 300 });
    const end = s3.injectFault({ kind });
    expect(problemOf(await list(store))).toEqual(problem);
    end();
    expect(valueOf(await list(store)).items).toHaveLength(20);
  });

  it.each(['slow-down', 'internal-error', 'drop-connection'] satisfies FaultKind[])(
    '%s once is made good by a second try',
    async (kind) => {
      const s3 = await withFaults();
      s3.injectFault({ kind, times: 1 });
      const store = storeOf(s3, ADA, { maxAttempts: 3 });
      expect(valueOf(await list(store)).items).toHaveLength(20);
      expect(s3.requests).toHaveLength(2);
    },
  );

  it('befall only what they are for', async () => {
    const s3 = await withFaults();
    s3.injectFault({ kind: 'access-denied', when: ({ action }) => action === 's3:GetObject' });
    const store = storeOf(s3);
    expect((await list(store)).kind).toBe('ok');
    const location = { bucket: 'files', key: 'key-1' };
    const { signal } = new AbortController();
    expect(problemOf(await store.headObject(location, signal))).toMatchObject({
      code: 'access-denied',
    });
  });

  it('a server that is gone is a network problem', async () => {
    const s3 = await startEmbeddedS3();
    await s3.close();
    expect(problemOf(await list(storeOf(s3)))).toMatchObject({ code: 'network-unreachable' });
  });

  it('a request that is given up is cancelled at once, however long the answer takes', async () => {
    const s3 = await withFaults();
    const store = storeOf(s3);
    const abort = new AbortController();
    s3.injectFault({ kind: 'hang', times: 1 });
    const pending = list(store, 'files', abort.signal);
    await vi.waitFor(() => expect(s3.requests).toHaveLength(1));
    const before = Date.now();
    abort.abort();
    expect(await pending).toEqual({ kind: 'cancelled' });
    expect(Date.now() - before).toBeLessThan(500);
    expect(await list(store, 'files', abort.signal)).toEqual({ kind: 'cancelled' });
    expect(s3.requests).toHaveLength(1);
  });

  it('an answer can be held back', async () => {
    const s3 = await withFaults();
    s3.latency = 200;
    const before = Date.now();
    await list(storeOf(s3));
    expect(Date.now() - before).toBeGreaterThanOrEqual(190);
  });
});

describe('a listing in the first version', () => {
  it('goes on behind a marker: the last key, or with a delimiter what it names', async () => {
    const s3 = await start();
    s3.putBucket('files');
    for (const key of ['a', 'b/1', 'b/2', 'c', 'd ü']) s3.putObject('files', key, '');
    const client = s3Client(accessOf(s3));
    const pagesOf = async (Delimiter?: string): Promise<readonly string[]> => {
      const names: string[] = [];
      for (let Marker: string | undefined, isOver = false; !isOver;) {
        const page = await client.send(
          new ListObjectsCommand({ Bucket: 'files', MaxKeys: 2, Marker, Delimiter }),
        );
        const keys = (page.Contents ?? []).map(({ Key = '' }) => Key);
        names.push(...keys, ...(page.CommonPrefixes ?? []).map(({ Prefix = '' }) => Prefix));
        Marker = Delimiter === undefined ? keys.at(-1) : page.NextMarker;
        isOver = page.IsTruncated !== true;
      }
      return names.toSorted();
    };
    expect(await pagesOf()).toEqual(['a', 'b/1', 'b/2', 'c', 'd ü']);
    expect(await pagesOf('/')).toEqual(['a', 'b/', 'c', 'd ü']);
  });
});

describe('requests that nothing here answers', () => {
  it.each([
    ['GET', '/files', { tagging: '' }, 501, 'NotImplemented'],
    ['POST', '/files/key', {}, 405, 'MethodNotAllowed'],
    ['GET', '/files/%FF', {}, 400, 'InvalidURI'],
  ] as const)('%s %s %o is refused', async (method, asked, query, status, code) => {
    const s3 = await start();
    s3.putBucket('files');
    const answer = await sendSigned(accessOf(s3), { method, path: asked, query });
    expect([answer.status, answer.code]).toEqual([status, code]);
    expect(answer.headers.get('x-amz-request-id')).toMatch(/^[0-9A-F]{16}$/);
    expect(answer.text).toContain('<HostId>');
  });
});

const MADE_UP = { size: 1, etag: '"x"', lastModified: new Date(0), storageClass: 'STANDARD' };

function keyAt(index: number): string {
  return `${String(index).padStart(7, '0')}/file`;
}

/** The index of the first key that is no less than a key. */
function firstAt(key: string): number {
  const index = Number(key.slice(0, 7) || '0');
  return keyAt(index) < key ? index + 1 : index;
}

describe('a made-up space of keys', () => {
  it('is listed without being read as a whole', async () => {
    let read = 0;
    const s3 = await start();
    s3.putBucket('million', {
      objects: {
        *from(key) {
          for (let index = firstAt(key); index < 1_000_000; index++) {
            read++;
            yield { key: keyAt(index), ...MADE_UP };
          }
        },
        get: () => undefined,
      },
    });
    const store = storeOf(s3);
    const { signal } = new AbortController();
    const page = valueOf(
      await store.listObjects(
        { bucket: 'million', prefix: '', pageSize: 3, startAfter: '0900000' },
        signal,
      ),
    );
    expect(page.items).toMatchObject([
      { prefix: '0900000/' },
      { prefix: '0900001/' },
      { prefix: '0900002/' },
    ]);
    expect(read).toBeLessThan(10);
    const denied = await sendSigned(accessOf(s3), {
      method: 'PUT',
      path: '/million/x',
      body: 'x',
    });
    expect(denied.code).toBe('MethodNotAllowed');
  });
});
