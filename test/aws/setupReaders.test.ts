import { PutBucketOwnershipControlsCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDistributionStore } from '../../dev/edge/distributionStore.ts';
import type { AccountUser } from '../../dev/s3/identity.ts';
import { awsManagedKey, type KmsKey } from '../../dev/s3/kmsKeys.ts';
import { bucketReader } from '../../src/aws/bucketReader.ts';
import { kmsReader } from '../../src/aws/kmsReader.ts';
import { setupReaders } from '../../src/aws/setupReaders.ts';
import { cancelled, ok, type Outcome } from '../../src/core/outcome.ts';
import type { BucketReader } from '../../src/core/s3/bucketReader.ts';
import { type ControlStage, startControlStage } from './controlStage.ts';
import { ADA, BOB, FILES, filesPolicy, type S3Stage, startS3Stage } from './s3Stage.ts';

const { signal } = new AbortController();
const IDENTITY = { profile: 'ada', login: undefined };
const A_TXT = { bucket: 'files', key: 'a.txt' };

let stage: S3Stage;
let kmsKeys: KmsKey[];
let control: ControlStage;

beforeEach(async () => {
  kmsKeys = [];
  stage = await startS3Stage({ kmsKeys, region: 'eu-central-1' });
  control = await startControlStage({ store: createDistributionStore(), kms: kmsKeys });
});
afterEach(async () => {
  await control.close();
  await stage.s3.close();
});

/** A reader by whoever may do anything but something. */
function readerWithout(action: string): BucketReader {
  const user: AccountUser = {
    ...ADA,
    name: 'limited',
    accessKeyId: 'AKIALIMITED',
    denials: [{ action }],
  };
  stage.s3.addIdentity(user);
  return bucketReader(stage.clientOf(user), IDENTITY);
}

function denied(permission: string) {
  return { kind: 'problem', problem: { code: 'access-denied', bucket: 'files', permission } };
}

describe('a bucket as S3 makes new ones', () => {
  it('is read in all that a link depends on', async () => {
    const reader = bucketReader(stage.owner, IDENTITY);
    expect(await reader.getRegion('files', signal)).toEqual(ok('eu-central-1'));
    expect(await reader.getPublicAccessBlock('files', signal)).toEqual(
      ok({
        blockPublicAcls: true,
        ignorePublicAcls: true,
        blockPublicPolicy: true,
        restrictPublicBuckets: true,
      }),
    );
    expect(await reader.getOwnership('files', signal)).toEqual(ok('BucketOwnerEnforced'));
    expect(await reader.getPolicy('files', signal)).toEqual(ok(undefined));
    expect(await reader.describeObject(A_TXT, signal)).toEqual(
      ok({ storageClass: 'STANDARD', archived: false, kmsKeyId: undefined }),
    );
  });
});

describe('what is not there', () => {
  it('is no problem', async () => {
    const reader = bucketReader(stage.owner, IDENTITY);
    await stage.unblock();
    const gone = { bucket: 'files', key: 'gone' };
    expect(await reader.getPublicAccessBlock('files', signal)).toEqual(ok(undefined));
    expect(await reader.describeObject(gone, signal)).toEqual(ok(undefined));
    expect(await reader.getOwner(gone, signal)).toEqual(ok(undefined));
  });

  it('is one where it is the bucket', async () => {
    const reader = bucketReader(stage.owner, IDENTITY);
    const missing = { kind: 'problem', problem: { code: 'bucket-missing', bucket: 'nowhere' } };
    expect(await reader.getPolicy('nowhere', signal)).toEqual(missing);
    expect(await reader.getPublicAccessBlock('nowhere', signal)).toEqual(missing);
  });
});

describe('the policy of a bucket', () => {
  it('is its text', async () => {
    const policy = filesPolicy({ Principal: { AWS: BOB.account } });
    await stage.putPolicy(policy);
    const read = await bucketReader(stage.owner, IDENTITY).getPolicy('files', signal);
    expect(read.kind === 'ok' && JSON.parse(read.value ?? '')).toEqual(policy);
  });
});

describe('an object', () => {
  it('is told apart by its owner, whatever its key', async () => {
    await stage.owner.send(
      new PutBucketOwnershipControlsCommand({
        ...FILES,
        OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] },
      }),
    );
    await stage.putPolicy(filesPolicy({ Principal: { AWS: BOB.account }, Action: 's3:PutObject' }));
    const key = 'of bob/ü+\u0001.txt';
    await stage.clientOf(BOB).send(new PutObjectCommand({ ...FILES, Key: key, Body: 'b' }));
    const reader = bucketReader(stage.owner, IDENTITY);
    const own = await reader.getOwner(A_TXT, signal);
    expect(own.kind === 'ok' && own.value?.objectOwnerId === own.value?.bucketOwnerId).toBe(true);
    const foreign = await reader.getOwner({ bucket: 'files', key }, signal);
    expect(foreign).toMatchObject(ok({ bucketOwnerId: expect.stringMatching(/^[0-9a-f]{64}$/) }));
    expect(foreign.kind === 'ok' && foreign.value?.objectOwnerId).not.toBe(
      foreign.kind === 'ok' && foreign.value?.bucketOwnerId,
    );
  });

  it('tells its archive and its KMS key', async () => {
    const { Arn } = awsManagedKey(kmsKeys, 'eu-central-1');
    stage.s3.putObject('files', 'cold', 'x', { storageClass: 'DEEP_ARCHIVE', kmsKeyArn: Arn });
    const reader = bucketReader(stage.owner, IDENTITY);
    expect(await reader.describeObject({ bucket: 'files', key: 'cold' }, signal)).toEqual(
      ok({ storageClass: 'DEEP_ARCHIVE', archived: true, kmsKeyId: Arn }),
    );
  });
});

describe('whoever lacks a permission', () => {
  it.each<[string, (reader: BucketReader) => Promise<Outcome<unknown>>]>([
    ['s3:GetBucketPublicAccessBlock', (reader) => reader.getPublicAccessBlock('files', signal)],
    ['s3:GetBucketOwnershipControls', (reader) => reader.getOwnership('files', signal)],
    ['s3:GetBucketPolicy', (reader) => reader.getPolicy('files', signal)],
    ['s3:GetObject', (reader) => reader.describeObject(A_TXT, signal)],
    ['s3:ListBucket', (reader) => reader.getOwner(A_TXT, signal)],
    ['s3:GetBucketAcl', (reader) => reader.getOwner(A_TXT, signal)],
  ])('is told that it is %s', async (permission, read) => {
    expect(await read(readerWithout(permission))).toEqual(denied(permission));
  });

  it('still learns the region', async () => {
    expect(await readerWithout('s3:*').getRegion('files', signal)).toEqual(ok('eu-central-1'));
  });
});

describe('a reader that is given up', () => {
  it('says nothing more', async () => {
    const controller = new AbortController();
    const reading = bucketReader(stage.owner, IDENTITY).getPolicy('files', controller.signal);
    controller.abort();
    expect(await reading).toEqual(cancelled);
  });
});

function ofKeys() {
  const { accessKeyId, secretAccessKey } = ADA;
  const credentials = { accessKeyId, secretAccessKey };
  return kmsReader({ endpoint: control.api.endpoint, credentials }, IDENTITY);
}

describe('a KMS key', () => {
  it('is read by its ID in a region, or by its ARN in its own', async () => {
    const key = awsManagedKey(kmsKeys, 'eu-central-1');
    const expected = ok({
      arn: key.Arn,
      managedByAws: true,
      enabled: true,
      policy: expect.stringContaining('kms:ViaService'),
    });
    expect(await ofKeys().getKey(key.KeyId, 'eu-central-1', signal)).toEqual(expected);
    expect(await ofKeys().getKey(key.Arn, 'us-east-1', signal)).toEqual(expected);
  });

  it('may be gone', async () => {
    const id = '1234abcd-12ab-34cd-56ef-1234567890ab';
    expect(await ofKeys().getKey(id, 'eu-central-1', signal)).toEqual(ok(undefined));
  });

  it.each(['kms:DescribeKey', 'kms:GetKeyPolicy'])('needs %s', async (permission) => {
    const { Arn } = awsManagedKey(kmsKeys, 'eu-central-1');
    control.api.addIdentity({ ...ADA, denials: [{ action: permission }] });
    const problem = { code: 'access-denied', bucket: undefined, permission };
    expect(await ofKeys().getKey(Arn, 'us-east-1', signal)).toEqual({
      kind: 'problem',
      problem,
    });
  });

  it('is not looked for where the S3 is not AWS’s', async () => {
    const readers = setupReaders(stage.owner, undefined, IDENTITY);
    expect(await readers.kmsReader.getKey('x', 'eu-central-1', signal)).toMatchObject({
      kind: 'problem',
    });
  });
});
