import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bucketPolicyFor } from '../../dev/edge/demoDistribution.ts';
import type { OriginAccessControl } from '../../dev/edge/distributionStore.ts';
import type { BucketSettings } from '../../dev/s3/bucket.ts';
import { type Account, startAccount } from './edgeAccount.ts';
import { keyFolder, type KeyPair, RSA_2048 } from './edgeSigning.ts';
import type { Answer } from './edgeStage.ts';

const folder = keyFolder();
let key: KeyPair;
let account: Account;

beforeAll(() => {
  key = folder.make('KRSA', RSA_2048);
});
afterAll(() => folder.remove());
beforeEach(async () => {
  account = await startAccount({ key });
  account.s3.putObject('files', 'a.txt', 'content');
});
afterEach(() => account.close());

/** What an answer is, as far as the checks of a set-up tell one from another. */
function shortly({ status, code, headers }: Answer): unknown {
  return [status, code ?? headers['x-amz-error-code'] ?? headers['content-type']];
}

async function get(path = '/a.txt'): Promise<unknown> {
  return shortly(await account.get(path));
}

const SERVED = [200, 'binary/octet-stream'];
const DENIED = [403, 'AccessDenied'];

/** Lets everybody read the bucket, made anew without Block Public Access. */
function open(settings: BucketSettings = {}): void {
  account.s3.putBucket('files', { publicAccessBlock: undefined, ...settings });
  account.s3.putObject('files', 'a.txt', 'content');
  letIn('*');
}

/** Puts a policy on the bucket that lets somebody read it. */
function letIn(Principal: unknown, Condition: object = {}): void {
  const statement = { Effect: 'Allow', Principal, Action: 's3:GetObject', Condition };
  account.s3.putBucketPolicy('files', {
    Version: '2012-10-17',
    Statement: [{ ...statement, Resource: 'arn:aws:s3:::files/*' }],
  });
}

function control(): OriginAccessControl['OriginAccessControlConfig'] {
  const [first] = account.store.OriginAccessControls;
  if (first === undefined) throw new Error('The demo account has an origin access control.');
  return first.OriginAccessControlConfig;
}

function attachControl(): void {
  account.origin.OriginAccessControlId = account.store.OriginAccessControls[0]?.Id ?? '';
}

/** Encrypts the object with a key whose policy says what is given, or nothing. */
function encrypt(statement?: object): void {
  const kmsKeyArn = 'arn:aws:kms:eu-central-1:111122223333:key/key-1';
  const decrypts = { Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*', ...statement };
  account.kmsKeys.splice(0, 1, {
    KeyId: 'key-1',
    Arn: kmsKeyArn,
    KeyManager: 'CUSTOMER',
    Enabled: true,
    Policy: JSON.stringify({ Statement: statement === undefined ? [] : [decrypts] }),
  });
  account.s3.putObject('files', 'a.txt', 'content', { kmsKeyArn });
}

describe('an origin access control', () => {
  it.each([
    ['always', SERVED],
    ['no-override', SERVED],
    ['never', DENIED],
  ] as const)('that signs %s', async (behavior, expected) => {
    control().SigningBehavior = behavior;
    expect(await get()).toEqual(expected);
  });

  it.each(['lambda', 'mediastore', 'mediapackagev2'] as const)(
    'for %s signs nothing that S3 understands',
    async (type) => {
      control().OriginAccessControlOriginType = type;
      expect(await get()).toEqual([400, 'AuthorizationHeaderMalformed']);
    },
  );

  it('that there is not signs nothing', async () => {
    account.origin.OriginAccessControlId = 'E0NOBODY';
    expect(await get()).toEqual(DENIED);
  });

  it('that an origin has not signs nothing', async () => {
    account.origin.OriginAccessControlId = '';
    expect(await get()).toEqual(DENIED);
    open();
    expect(await get()).toEqual(SERVED);
  });
});

/** The ARN of an origin access identity. */
const arnOf = (id: string) =>
  `arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity ${id}`;

describe('an origin access identity', () => {
  beforeEach(() => {
    account.origin.OriginAccessControlId = '';
    account.origin.S3OriginConfig = {
      OriginAccessIdentity: 'origin-access-identity/cloudfront/E1IDENTITY',
    };
  });

  it('reads what the bucket policy lets it', async () => {
    letIn({ AWS: arnOf('E1IDENTITY') });
    expect(await get()).toEqual(SERVED);
    letIn({ AWS: arnOf('E2OTHER') });
    expect(await get()).toEqual(DENIED);
  });

  it('is not the service, nor acts for a distribution', async () => {
    expect(await get()).toEqual(DENIED);
    const { ARN } = account.distribution;
    letIn({ AWS: arnOf('E1IDENTITY') }, { StringEquals: { 'AWS:SourceArn': ARN } });
    expect(await get()).toEqual(DENIED);
  });

  it('reads nothing that is encrypted with KMS', async () => {
    letIn({ AWS: arnOf('E1IDENTITY'), Service: 'cloudfront.amazonaws.com' });
    encrypt({ Principal: '*' });
    expect(await get()).toEqual([400, 'InvalidArgument']);
    attachControl();
    expect(await get()).toEqual(SERVED);
  });

  it('counts for nothing beside an origin access control', async () => {
    attachControl();
    expect(await get()).toEqual(SERVED);
    letIn({ AWS: arnOf('E1IDENTITY') });
    for (const behavior of ['always', 'never'] as const) {
      control().SigningBehavior = behavior;
      expect(await get()).toEqual(DENIED);
    }
  });
});

describe('an object encrypted with KMS', () => {
  const SERVICE = { Principal: { Service: 'cloudfront.amazonaws.com' } };

  it('is served where the key’s policy lets the distribution decrypt', async () => {
    const { ARN } = account.distribution;
    encrypt();
    expect(await get()).toEqual(DENIED);
    encrypt({ ...SERVICE, Condition: { StringEquals: { 'AWS:SourceArn': `${ARN}X` } } });
    expect(await get()).toEqual(DENIED);
    encrypt({ ...SERVICE, Condition: { StringEquals: { 'AWS:SourceArn': ARN } } });
    expect(await get()).toEqual(SERVED);
    expect((await account.get('/a.txt')).headers).toMatchObject({
      'x-amz-server-side-encryption': 'aws:kms',
      'x-amz-server-side-encryption-aws-kms-key-id': account.kmsKeys[0]?.Arn,
    });
  });
});

describe('an object of another account', () => {
  it('is served to nobody by the policy of a bucket whose owner does not own it', async () => {
    account.s3.putBucket('files', { objectOwnership: 'ObjectWriter' });
    account.s3.putObject('files', 'a.txt', 'content', { owner: '444455556666' });
    account.s3.putBucketPolicy('files', bucketPolicyFor(account.distribution.ARN, 'files'));
    expect(await get()).toEqual(DENIED);
    account.s3.putObject('files', 'a.txt', 'content');
    expect(await get()).toEqual(SERVED);
  });
});

describe('an origin', () => {
  it.each([
    ['another bucket', { DomainName: 'other.s3.eu-central-1.amazonaws.com' }, DENIED],
    [
      'no bucket of anybody',
      { DomainName: 'no.s3.eu-central-1.amazonaws.com' },
      [404, 'NoSuchBucket'],
    ],
    [
      'another region',
      { DomainName: 'files.s3.eu-west-1.amazonaws.com' },
      [301, 'PermanentRedirect'],
    ],
    ['another folder', { OriginPath: '/folder' }, DENIED],
    ['a web server', { DomainName: 'www.example.org' }, [502, 'text/html']],
    ['the bucket, in an older form', { DomainName: 'files.s3.amazonaws.com' }, SERVED],
  ])('may be %s', async (_name, settings, expected) => {
    account.s3.putBucket('other');
    account.s3.putObject('other', 'a.txt', 'other content');
    Object.assign(account.origin, settings);
    expect(await get()).toEqual(expected);
  });

  it('may be none that the distribution has', async () => {
    account.distribution.DistributionConfig.DefaultCacheBehavior.TargetOriginId = 'nothing';
    expect(await get()).toEqual([502, 'text/html']);
  });

  it('may be a group, the second of which is asked where the first fails so', async () => {
    const config = account.distribution.DistributionConfig;
    config.Origins.Items.unshift({ ...account.origin, Id: 'empty', OriginPath: '/empty' });
    config.OriginGroups.Items.push({
      Id: 'group',
      FailoverCriteria: { StatusCodes: { Items: [403] } },
      Members: { Items: [{ OriginId: 'empty' }, { OriginId: account.origin.Id }] },
    });
    config.DefaultCacheBehavior.TargetOriginId = 'group';
    expect(await get()).toEqual(SERVED);
    config.OriginGroups.Items[0]?.FailoverCriteria.StatusCodes.Items.splice(0, 1, 500, 404);
    expect(await get()).toEqual(DENIED);
  });
});

describe('a website endpoint', () => {
  const website = { index: 'index.html', error: undefined };

  beforeEach(() => {
    account.origin.DomainName = 'files.s3-website.eu-central-1.amazonaws.com';
    account.origin.OriginAccessControlId = '';
    delete account.origin.S3OriginConfig;
    account.origin.CustomOriginConfig = {
      HTTPPort: 80,
      HTTPSPort: 443,
      OriginProtocolPolicy: 'http-only',
      OriginSslProtocols: { Items: ['TLSv1.2'] },
    };
  });

  it('serves what everybody may read, and nothing else', async () => {
    expect(await get()).toEqual([404, 'NoSuchWebsiteConfiguration']);
    open({ website });
    expect(await get()).toEqual(SERVED);
    expect(await get('/nothing')).toEqual(DENIED);
    // The very policy that lets CloudFront in by a control lets nobody in here.
    account.s3.putBucketPolicy('files', bucketPolicyFor(account.distribution.ARN, 'files'));
    const answer = await account.get('/a.txt');
    expect(shortly(answer)).toEqual(DENIED);
    expect(answer.headers['content-type']).toMatch(/^text\/html/);
    expect(answer.text).toContain('<li>Code: AccessDenied</li>');
  });

  it('has no port for HTTPS', async () => {
    open({ website });
    const { CustomOriginConfig: custom } = account.origin;
    if (custom) custom.OriginProtocolPolicy = 'https-only';
    expect(await get()).toEqual([504, 'text/html']);
    if (custom) custom.OriginProtocolPolicy = 'match-viewer';
    expect(await get()).toEqual(SERVED);
    const https = await startAccount({ key, scheme: 'https' });
    Object.assign(https.origin, account.origin);
    expect((await https.get('/a.txt')).status).toBe(504);
    await https.close();
  });
});

describe('a clock that is not the real one', () => {
  it('is AWS’s, for all of it', async () => {
    let ahead = 0;
    const skewed = await startAccount({ key, now: () => Date.now() + ahead });
    skewed.s3.putObject('files', 'a.txt', 'content');
    for (ahead of [0, -7_200_000, 7_200_000]) {
      const { status, headers } = await skewed.get('/a.txt');
      expect(status).toBe(200);
      const told = Date.parse(headers.date ?? '') - Date.now();
      expect(Math.abs(told - ahead)).toBeLessThan(10_000);
    }
    await skewed.close();
  });
});
