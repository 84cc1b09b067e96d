import {
  CopyObjectCommand,
  DeleteBucketEncryptionCommand,
  GetBucketEncryptionCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutBucketEncryptionCommand,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { KmsKey } from '../../dev/s3/kmsKeys.ts';
import { refusal } from './s3Clients.ts';
import {
  A_TXT,
  ADA,
  BOB,
  CLOUDFRONT,
  DISTRIBUTION,
  FILES,
  IDENTITY,
  filesPolicy,
  type S3Stage,
  startS3Stage,
} from './s3Stage.ts';

let stage: S3Stage;
/** The account's KMS keys, which a test may change as it goes. */
let kmsKeys: KmsKey[];

beforeEach(async () => {
  kmsKeys = [];
  stage = await startS3Stage({ kmsKeys });
});
afterEach(() => stage.close());

const KEY_ID = '1234abcd-12ab-34cd-56ef-1234567890ab';
const KEY_ARN = `arn:aws:kms:us-east-1:111122223333:key/${KEY_ID}`;

function keyPolicy(...statements: readonly object[]): string {
  const account = { AWS: 'arn:aws:iam::111122223333:root' };
  const statement = { Effect: 'Allow', Principal: account, Action: 'kms:*', Resource: '*' };
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [statement, ...statements.map((one) => ({ ...statement, ...one }))],
  });
}

const LETS_CLOUDFRONT_DECRYPT = {
  Principal: { Service: CLOUDFRONT.service },
  Action: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey*'],
  Condition: { StringEquals: { 'AWS:SourceArn': DISTRIBUTION } },
};

/** Puts a key into the account, or in place of the one that there is. */
function addKey(settings: Partial<KmsKey> = {}): void {
  kmsKeys.splice(0, 1, {
    KeyId: KEY_ID,
    Arn: KEY_ARN,
    KeyManager: 'CUSTOMER',
    Enabled: true,
    Policy: keyPolicy(),
    ...settings,
  });
}

const BY_KEY = { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: KEY_ARN } as const;

/** Has the bucket policy let in CloudFront, in both its forms, and another account. */
function letIn(): void {
  const principals = [{ Service: CLOUDFRONT.service }, { AWS: IDENTITY }, { AWS: BOB.account }];
  const statements = principals.map((Principal) => ({ Principal }));
  stage.s3.putBucketPolicy('files', filesPolicy(...statements));
}

function encryptBucket(rule: object) {
  return stage.owner.send(
    new PutBucketEncryptionCommand({
      ...FILES,
      ServerSideEncryptionConfiguration: {
        Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', ...rule } }],
      },
    }),
  );
}

describe('encryption', () => {
  it('is put on a bucket, read and taken away', async () => {
    const read = async () => {
      const answer = await stage.owner.send(new GetBucketEncryptionCommand(FILES));
      return answer.ServerSideEncryptionConfiguration?.Rules?.[0]
        ?.ApplyServerSideEncryptionByDefault;
    };
    await encryptBucket({ KMSMasterKeyID: KEY_ARN });
    expect(await read()).toEqual({ SSEAlgorithm: 'aws:kms', KMSMasterKeyID: KEY_ARN });
    await encryptBucket({});
    expect(await read()).toEqual({ SSEAlgorithm: 'aws:kms' });
    await stage.owner.send(new DeleteBucketEncryptionCommand(FILES));
    expect(await read()).toEqual({ SSEAlgorithm: 'AES256' });
  });

  it('shows in the headers of an object, its key by ARN', async () => {
    addKey();
    const head = async () => {
      const { ServerSideEncryption, SSEKMSKeyId } = await stage.owner.send(
        new HeadObjectCommand(A_TXT),
      );
      return [ServerSideEncryption, SSEKMSKeyId];
    };
    expect(await head()).toEqual(['AES256', undefined]);
    const answer = await stage.put('a.txt', { ...BY_KEY, SSEKMSKeyId: KEY_ID });
    expect([answer.ServerSideEncryption, answer.SSEKMSKeyId]).toEqual(['aws:kms', KEY_ARN]);
    expect(await head()).toEqual(['aws:kms', KEY_ARN]);
    const { Body, SSEKMSKeyId } = await stage.owner.send(new GetObjectCommand(A_TXT));
    expect([await Body?.transformToString(), SSEKMSKeyId]).toEqual(['uploaded', KEY_ARN]);
  });

  it('is the bucket’s for what is uploaded from then on, unless that says else', async () => {
    addKey();
    await encryptBucket({ KMSMasterKeyID: KEY_ID });
    await stage.put('b.txt');
    await stage.put('c.txt', { ServerSideEncryption: 'AES256' });
    const algorithms = await Promise.all(
      ['a.txt', 'b.txt', 'c.txt'].map((Key) =>
        stage.owner.send(new HeadObjectCommand({ ...FILES, Key })),
      ),
    );
    expect(algorithms.map(({ SSEKMSKeyId }) => SSEKMSKeyId)).toEqual([
      undefined,
      KEY_ARN,
      undefined,
    ]);
  });

  it('lets in whom bucket policy and key policy both let in', async () => {
    addKey();
    await stage.put('a.txt', BY_KEY);
    letIn();
    expect(await stage.readers()).toEqual(['ada']);
    const { status, code, text } = await stage.read('cloudfront');
    expect([status, code]).toEqual([403, 'AccessDenied']);
    expect(text).toContain('<HostId>');
    addKey({ Policy: keyPolicy(LETS_CLOUDFRONT_DECRYPT) });
    expect(await stage.readers()).toEqual(['ada', 'cloudfront']);
    addKey({ Policy: keyPolicy({ Principal: { AWS: BOB.account }, Action: 'kms:Decrypt' }) });
    expect(await stage.readers()).toEqual(['ada', 'bob']);
    stage.s3.putBucketPolicy('files', undefined);
    addKey({ Policy: keyPolicy(LETS_CLOUDFRONT_DECRYPT) });
    expect(await stage.readers()).toEqual(['ada']);
  });

  it.each([
    [
      'another distribution',
      { Condition: { StringEquals: { 'AWS:SourceArn': `${DISTRIBUTION}X` } } },
    ],
    ['encrypting alone', { Action: 'kms:Encrypt' }],
    ['another key', { Resource: `${KEY_ARN}X` }],
    ['another service', { Principal: { Service: 'logs.amazonaws.com' } }],
    ['a denial', { Effect: 'Deny' }],
    [
      'another region’s S3',
      { Condition: { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } } },
    ],
  ])('lets CloudFront in by no key policy for %s', async (_name, statement) => {
    addKey();
    await stage.put('a.txt', BY_KEY);
    letIn();
    addKey({ Policy: keyPolicy({ ...LETS_CLOUDFRONT_DECRYPT, ...statement }) });
    expect(await stage.readers()).toEqual(['ada']);
  });

  it('knows through which service a key is asked for', async () => {
    addKey();
    await stage.put('a.txt', BY_KEY);
    letIn();
    const Condition = { StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } };
    addKey({ Policy: keyPolicy({ ...LETS_CLOUDFRONT_DECRYPT, Condition }) });
    expect(await stage.readers()).toEqual(['ada', 'cloudfront']);
  });

  it('with AWS’s own key lets the account in, and never a service', async () => {
    const { SSEKMSKeyId } = await stage.put('a.txt', { ServerSideEncryption: 'aws:kms' });
    letIn();
    expect(kmsKeys).toMatchObject([{ Arn: SSEKMSKeyId, KeyManager: 'AWS' }]);
    expect(await stage.readers()).toEqual(['ada']);
    await stage.put('b.txt', { ServerSideEncryption: 'aws:kms' });
    expect(kmsKeys).toHaveLength(1);
  });

  it('shuts the owner out too, by a key policy that does not name the account', async () => {
    addKey();
    await stage.put('a.txt', BY_KEY);
    addKey({ Policy: JSON.stringify({ Statement: [] }) });
    const get = () => stage.owner.send(new GetObjectCommand(A_TXT));
    expect(await refusal(get())).toEqual(['AccessDenied', 403]);
    await expect(get()).rejects.toThrow(`kms:Decrypt on resource: ${KEY_ARN}`);
    expect(await refusal(stage.put('b.txt', BY_KEY))).toEqual(['AccessDenied', 403]);
  });

  it('hides the content, not what HEAD tells', async () => {
    addKey();
    await stage.put('a.txt', BY_KEY);
    letIn();
    expect((await stage.read('cloudfront', 'a.txt', 'HEAD')).status).toBe(200);
    expect((await stage.read('cloudfront')).status).toBe(403);
  });

  it('has nobody in who does not sign as KMS wants it, whatever policies say', async () => {
    addKey({ Policy: keyPolicy({ Principal: '*' }) });
    await stage.put('a.txt', BY_KEY);
    await stage.unblock();
    await stage.putPolicy(filesPolicy({}));
    expect(await stage.readers()).toEqual(['ada', 'bob', 'cloudfront']);
    for (const reader of ['nobody', 'identity'] as const) {
      const { status, code, text } = await stage.read(reader);
      expect([status, code]).toEqual([400, 'InvalidArgument']);
      expect(text).toContain('require AWS Signature Version 4');
      expect((await stage.read(reader, 'a.txt', 'HEAD')).status).toBe(400);
    }
  });

  it.each([
    ['disabled', { Enabled: false }, 'KMS.DisabledException'],
    ['gone', { Arn: `${KEY_ARN}X`, KeyId: 'other' }, 'KMS.NotFoundException'],
  ])('has nobody in by a key that is %s', async (_name, settings, code) => {
    addKey();
    await stage.put('a.txt', BY_KEY);
    addKey(settings);
    const get = stage.owner.send(new GetObjectCommand(A_TXT));
    expect(await refusal(get)).toEqual([code, 400]);
    expect(await refusal(stage.put('b.txt', BY_KEY))).toEqual([code, 400]);
  });

  it('heeds what a user is denied of KMS', async () => {
    addKey();
    await stage.put('a.txt', BY_KEY);
    stage.s3.addIdentity({ ...ADA, denials: [{ action: 'kms:Decrypt' }] });
    expect(await refusal(stage.owner.send(new GetObjectCommand(A_TXT)))).toEqual([
      'AccessDenied',
      403,
    ]);
    await stage.put('b.txt', BY_KEY);
  });

  it('is changed by a copy of an object onto itself', async () => {
    await stage.put('a.txt', { ServerSideEncryption: 'aws:kms' });
    letIn();
    expect(await stage.readers()).toEqual(['ada']);
    const onto = { ...A_TXT, CopySource: 'files/a.txt' };
    expect(await refusal(stage.owner.send(new CopyObjectCommand(onto)))).toEqual([
      'InvalidRequest',
      400,
    ]);
    await stage.owner.send(new CopyObjectCommand({ ...onto, ServerSideEncryption: 'AES256' }));
    expect(await stage.readers()).toEqual(['ada', 'bob', 'cloudfront', 'identity']);
  });
});
