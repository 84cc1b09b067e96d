import {
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  type KMSClient,
  PutKeyPolicyCommand,
} from '@aws-sdk/client-kms';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDistributionStore } from '../../dev/edge/distributionStore.ts';
import type { AccountUser } from '../../dev/s3/identity.ts';
import type { KmsKey } from '../../dev/s3/kmsKeys.ts';
import { type ControlStage, startControlStage } from './controlStage.ts';

const BOB: AccountUser = {
  kind: 'user',
  name: 'bob',
  accessKeyId: 'AKIABOB',
  secretAccessKey: 'bob-secret',
};
const KEY_ID = '1234abcd-12ab-34cd-56ef-1234567890ab';
const ARN = `arn:aws:kms:eu-central-1:111122223333:key/${KEY_ID}`;
const ACCOUNT_MAY = {
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::111122223333:root' },
  Action: 'kms:*',
  Resource: '*',
};
const CLOUDFRONT_MAY = {
  Effect: 'Allow',
  Principal: { Service: 'cloudfront.amazonaws.com' },
  Action: 'kms:Decrypt',
  Resource: '*',
  Condition: {
    StringEquals: { 'aws:SourceArn': 'arn:aws:cloudfront::111122223333:distribution/E1' },
  },
};

let keys: KmsKey[];
let key: KmsKey;
let control: ControlStage;
let kms: KMSClient;

beforeEach(async () => {
  key = {
    KeyId: KEY_ID,
    Arn: ARN,
    KeyManager: 'CUSTOMER',
    Enabled: true,
    Policy: policy(ACCOUNT_MAY),
  };
  keys = [key];
  control = await startControlStage({ store: createDistributionStore(), kms: keys });
  kms = control.kms('eu-central-1');
});
afterEach(() => control.close());

function policy(...statements: readonly object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

function put(text: string, KeyId = KEY_ID) {
  return kms.send(new PutKeyPolicyCommand({ KeyId, PolicyName: 'default', Policy: text }));
}

describe('a KMS key', () => {
  it.each([KEY_ID, ARN])('is described: %s', async (KeyId) => {
    const { KeyMetadata: described } = await kms.send(new DescribeKeyCommand({ KeyId }));
    expect(described).toMatchObject({
      AWSAccountId: '111122223333',
      KeyId: KEY_ID,
      Arn: ARN,
      Enabled: true,
      KeyState: 'Enabled',
      KeyManager: 'CUSTOMER',
    });
  });

  it('says when it is disabled', async () => {
    key.Enabled = false;
    const { KeyMetadata: described } = await kms.send(new DescribeKeyCommand({ KeyId: ARN }));
    expect([described?.Enabled, described?.KeyState]).toEqual([false, 'Disabled']);
  });

  it('has a policy, which is read and put', async () => {
    const before = await kms.send(new GetKeyPolicyCommand({ KeyId: ARN, PolicyName: 'default' }));
    expect(before.Policy).toBe(policy(ACCOUNT_MAY));
    const mended = policy(ACCOUNT_MAY, CLOUDFRONT_MAY);
    await put(mended, ARN);
    expect(key.Policy).toBe(mended);
    expect((await kms.send(new GetKeyPolicyCommand({ KeyId: KEY_ID }))).Policy).toBe(mended);
    expect(control.api.requests.map(({ action, status }) => [action, status])).toEqual([
      ['kms:GetKeyPolicy', 200],
      ['kms:PutKeyPolicy', 200],
      ['kms:GetKeyPolicy', 200],
    ]);
  });

  it('is in the region of its ARN alone', async () => {
    for (const KeyId of [KEY_ID, ARN]) {
      await expect(
        control.kms('us-east-1').send(new DescribeKeyCommand({ KeyId })),
      ).rejects.toMatchObject({ name: 'NotFoundException' });
    }
  });

  it('is not there under another ID', async () => {
    await expect(kms.send(new DescribeKeyCommand({ KeyId: 'none' }))).rejects.toMatchObject({
      name: 'NotFoundException',
      $metadata: { httpStatusCode: 400 },
    });
  });

  it('takes no policy that locks its owner out', async () => {
    await expect(put(policy(CLOUDFRONT_MAY))).rejects.toMatchObject({
      name: 'MalformedPolicyDocumentException',
    });
    expect(key.Policy).toBe(policy(ACCOUNT_MAY));
    await kms.send(
      new PutKeyPolicyCommand({
        KeyId: KEY_ID,
        Policy: policy(CLOUDFRONT_MAY),
        BypassPolicyLockoutSafetyCheck: true,
      }),
    );
    expect(key.Policy).toBe(policy(CLOUDFRONT_MAY));
    // And now nobody may, the account's administrators included.
    await expect(kms.send(new GetKeyPolicyCommand({ KeyId: KEY_ID }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining('no resource-based policy allows the kms:GetKeyPolicy'),
    });
  });

  it.each(['no JSON', '{}', policy({ ...ACCOUNT_MAY, Effect: 'Perhaps' })])(
    'takes no policy that is none: %s',
    async (text) => {
      await expect(put(text)).rejects.toMatchObject({ name: 'MalformedPolicyDocumentException' });
    },
  );

  it('is kept from whom its account denies it', async () => {
    control.api.addIdentity({ ...BOB, denials: [{ action: 'kms:GetKeyPolicy' }] });
    const bobs = control.kms('eu-central-1', BOB);
    await expect(bobs.send(new GetKeyPolicyCommand({ KeyId: KEY_ID }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining('not authorized to perform: kms:GetKeyPolicy'),
    });
    const { KeyMetadata: described } = await bobs.send(new DescribeKeyCommand({ KeyId: KEY_ID }));
    expect(described?.Arn).toBe(ARN);
  });

  it('is kept from whom nobody knows', async () => {
    const get = new GetKeyPolicyCommand({ KeyId: KEY_ID });
    await expect(control.kms('eu-central-1', BOB).send(get)).rejects.toMatchObject({
      name: 'UnrecognizedClientException',
    });
    control.api.addIdentity(BOB);
    const mallory = { ...BOB, secretAccessKey: 'guessed' };
    await expect(control.kms('eu-central-1', mallory).send(get)).rejects.toMatchObject({
      name: 'InvalidSignatureException',
    });
  });
});

async function keyUnder(KeyId: string, region = 'eu-central-1') {
  const { KeyMetadata: described } = await control
    .kms(region)
    .send(new DescribeKeyCommand({ KeyId }));
  return described;
}

describe('the key that AWS manages for S3', () => {
  it('is found by its alias, in every region another one', async () => {
    const here = await keyUnder('alias/aws/s3');
    expect(here?.KeyManager).toBe('AWS');
    expect(await keyUnder(here?.Arn ?? '')).toEqual(here);
    const alias = 'arn:aws:kms:eu-central-1:111122223333:alias/aws/s3';
    expect((await keyUnder(alias))?.Arn).toBe(here?.Arn);
    const there = await keyUnder('alias/aws/s3', 'us-west-2');
    expect(there?.Arn).toMatch(/^arn:aws:kms:us-west-2:/);
  });

  it('has a policy that can be read and not changed', async () => {
    const { KeyMetadata: managed } = await kms.send(
      new DescribeKeyCommand({ KeyId: 'alias/aws/s3' }),
    );
    const KeyId = managed?.KeyId ?? '';
    const before = (await kms.send(new GetKeyPolicyCommand({ KeyId }))).Policy;
    expect(before).not.toContain('cloudfront');
    await expect(put(policy(ACCOUNT_MAY, CLOUDFRONT_MAY), KeyId)).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
    expect((await kms.send(new GetKeyPolicyCommand({ KeyId }))).Policy).toBe(before);
  });

  it('has its policy read by ID and not by alias', async () => {
    await expect(
      kms.send(new GetKeyPolicyCommand({ KeyId: 'alias/aws/s3' })),
    ).rejects.toMatchObject({ name: 'NotFoundException' });
  });
});
