import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bucketPolicyFor } from '../../dev/edge/demoDistribution.ts';
import type { Distribution, DistributionStore } from '../../dev/edge/distributionStore.ts';
import { type Edge, startEdge } from '../../dev/edge/startEdge.ts';
import type { EmbeddedS3 } from '../../dev/s3/startEmbeddedS3.ts';
import { type Account, EDGE, SOMEBODY, startAccount } from './edgeAccount.ts';
import {
  cannedParameters,
  keyFolder,
  type KeyPair,
  RSA_2048,
  withParameters,
} from './edgeSigning.ts';
import { sendTo, type Sending } from './edgeStage.ts';

const BODY = 'the whole content';

const folder = keyFolder();
let key: KeyPair;
let account: Account;
let s3: EmbeddedS3;
let store: DistributionStore;
let distribution: Distribution;
let edge: Edge;

beforeAll(() => {
  key = folder.make('KRSA', RSA_2048);
});
afterAll(() => folder.remove());
beforeEach(async () => {
  account = await startAccount({ key });
  ({ s3, store, distribution, edge } = account);
  s3.putObject('files', 'a/b.txt', BODY, { headers: { 'content-type': 'text/plain' } });
});
afterEach(() => account.close());

function get(pathAndQuery: string, sending?: Sending) {
  return account.get(pathAndQuery, sending);
}

const DENIED = { status: 403, code: 'AccessDenied', text: expect.stringContaining('<HostId>') };

describe('a private object', () => {
  it('is 403 straight from S3, 403 without a signature, 200 through a signed URL', async () => {
    const straight = await fetch(`${s3.endpoint}/files/a/b.txt`);
    expect(straight.status).toBe(403);
    const unsigned = await fetch(`${edge.origin}/a/b.txt`);
    expect([unsigned.status, await unsigned.text()]).toEqual([
      403,
      expect.stringContaining('<Code>MissingKey</Code>'),
    ]);
    const answer = await get('/a/b.txt');
    expect([answer.status, answer.text]).toEqual([200, BODY]);
    expect(answer.headers).toMatchObject({
      'content-type': 'text/plain',
      'content-length': String(BODY.length),
      server: 'AmazonS3',
      'x-cache': 'Miss from cloudfront',
    });
    expect(s3.requests.at(-1)).toMatchObject({ accessKeyId: EDGE.accessKeyId, status: 200 });
  });

  it('is 403 of S3 where the bucket policy names another distribution', async () => {
    s3.putBucketPolicy('files', bucketPolicyFor(`${distribution.ARN}X`, 'files'));
    const answer = await get('/a/b.txt');
    expect(answer).toMatchObject(DENIED);
    expect(answer.text).toContain('<Message>Access Denied</Message>');
    expect(answer.text).toContain('<RequestId>');
  });

  it('is 403 of S3 where there is no bucket policy', async () => {
    s3.putBucketPolicy('files', undefined);
    expect(await get('/a/b.txt')).toMatchObject(DENIED);
  });

  it('is 403 of S3 where the edge does not sign', async () => {
    const [control] = store.OriginAccessControls;
    if (control) control.OriginAccessControlConfig.SigningBehavior = 'never';
    expect(await get('/a/b.txt')).toMatchObject(DENIED);
    expect(s3.requests.at(-1)?.accessKeyId).toBeUndefined();
  });

  it('is 403 of S3 where the edge signs with a key of no account', async () => {
    const stranger = await startEdge({
      store,
      s3,
      originIdentity: { ...EDGE, secretAccessKey: 'wrong' },
    });
    const url = `${stranger.origin}/a/b.txt`;
    const expires = Math.floor(Date.now() / 1000) + 60;
    const signed = withParameters(url, cannedParameters(url, expires, { key }));
    expect((await sendTo(stranger.port, signed)).code).toBe('SignatureDoesNotMatch');
    await stranger.close();
  });

  it('is let in by its ARN only for the service, whoever else sends that header', async () => {
    s3.putBucketPolicy('files', {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Deny',
          Principal: '*',
          Action: 's3:GetObject',
          Resource: 'arn:aws:s3:::files/*',
          Condition: { StringNotEquals: { 'AWS:SourceArn': distribution.ARN } },
        },
        ...bucketPolicyFor(distribution.ARN, 'files').Statement,
      ],
    });
    expect((await get('/a/b.txt')).status).toBe(200);
    const user = await startEdge({ store, s3, originIdentity: SOMEBODY });
    const url = `${user.origin}/a/b.txt`;
    const expires = Math.floor(Date.now() / 1000) + 60;
    const signed = withParameters(url, cannedParameters(url, expires, { key }));
    expect(await sendTo(user.port, signed)).toMatchObject(DENIED);
    await user.close();
  });
});

describe('a missing object', () => {
  it('is 403 unless the edge may list the bucket', async () => {
    expect(await get('/nothing')).toMatchObject(DENIED);
    const policy = bucketPolicyFor(distribution.ARN, 'files');
    const [read] = policy.Statement;
    s3.putBucketPolicy('files', {
      ...policy,
      Statement: [read, { ...read, Action: 's3:ListBucket', Resource: 'arn:aws:s3:::files' }],
    });
    expect(await get('/nothing')).toMatchObject({ status: 404, code: 'NoSuchKey' });
  });
});

describe('what is asked of an object', () => {
  it('may be a part of it', async () => {
    const { status, headers, text } = await get('/a/b.txt', { headers: { range: 'bytes=4-8' } });
    expect([status, text]).toEqual([206, 'whole']);
    expect(headers['content-range']).toBe(`bytes 4-8/${BODY.length}`);
  });

  it('may be its headers', async () => {
    const { status, headers, text } = await get('/a/b.txt', { method: 'HEAD' });
    expect([status, text, headers['content-length']]).toEqual([200, '', String(BODY.length)]);
  });

  it('may be conditional', async () => {
    const etag = (await get('/a/b.txt')).headers.etag ?? '';
    expect((await get('/a/b.txt', { headers: { 'if-none-match': etag } })).status).toBe(304);
    expect((await get('/a/b.txt', { headers: { 'if-match': '"other"' } })).status).toBe(412);
  });

  it('may be other response headers, where the query goes to S3', async () => {
    const query = '?response-content-disposition=attachment%3B%20filename%3D%22a%2B(b).txt%22';
    expect((await get(`/a/b.txt${query}`)).headers['content-disposition']).toBeUndefined();
    distribution.DistributionConfig.DefaultCacheBehavior.ForwardedValues = { QueryString: true };
    const { status, headers } = await get(`/a/b.txt${query}`);
    expect(status).toBe(200);
    expect(headers['content-disposition']).toBe('attachment; filename="a+(b).txt"');
  });

  it.each([
    'with space.txt',
    "it's (1) *!.txt",
    'a+b&c=d@e,f;g:h$.txt',
    '100%.txt',
    'a%20b.txt',
    'q?x#y.txt',
    'ü/日本語/🙂.txt',
    'double//slash/',
    '/leading',
    'new\nline',
    'back\\slash"quote"',
  ])('may be any key: %j', async (name) => {
    s3.putObject('files', name, name);
    const strict = name
      .split('/')
      .map((part) => encodeURIComponent(part))
      .join('/');
    // Both the least and the most that a client may escape.
    const most = strict.replaceAll(/[!'()*~._-]/g, (c) => `%${c.charCodeAt(0).toString(16)}`);
    for (const path of [strict, most]) {
      const { status, text } = await get(`/${path}`);
      expect([status, text]).toEqual([200, name]);
    }
  });
});
