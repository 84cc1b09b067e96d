import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ControlApi, startControlApi } from '../../dev/control/startControlApi.ts';
import type { Change } from '../../src/core/setup/change.ts';
import { changeTexts } from '../../src/core/setup/mends/changeTexts.ts';
import { type Account, SOMEBODY, startAccount } from './edgeAccount.ts';
import { keyFolder, type KeyPair, RSA_2048 } from './edgeSigning.ts';
import { s3Client } from './s3Clients.ts';
import { type AwsShell, startAwsShell } from './setupTexts/awsShell.ts';
import { hostileTexts } from './setupTexts/hostileText.ts';
import { fieldsOf } from './setupTexts/jsonData.ts';
import { EDITS, POLICY } from './setupTexts/sampleChanges.ts';

/** Leaves a KMS key to its account, as AWS makes one. */
const KEY_POLICY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'own',
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::111122223333:root' },
      Action: 'kms:*',
      Resource: '*',
    },
  ],
});

const folder = keyFolder();
let key: KeyPair;
let dir: string;
let account: Account;
let control: ControlApi;
let shell: AwsShell;

beforeAll(() => {
  key = folder.make('KRSA', RSA_2048);
});
afterAll(() => folder.remove());
beforeEach(async () => {
  account = await startAccount({ key });
  account.s3.putObject('files', 'a.txt', 'content');
  const { store, kmsKeys } = account;
  const identities = [{ kind: 'user', name: 'ada', ...SOMEBODY } as const];
  control = await startControlApi({ store, kms: kmsKeys, identities });
  dir = await mkdtemp(path.join(tmpdir(), 'changes-'));
  shell = await startAwsShell(dir, {
    s3: account.s3.endpoint,
    control: control.endpoint,
    ...SOMEBODY,
  });
});
afterEach(async () => {
  await control.close();
  await account.close();
  await rm(dir, { recursive: true });
});

/** Carries out changes as the AWS CLI does. */
async function carryOut(...changes: readonly Change[]): Promise<string> {
  const texts = changes.flatMap(changeTexts).filter(({ form }) => form === 'cli');
  return shell.run(texts.map(({ text }) => text).join('\n'));
}

async function awsJson(command: string): Promise<unknown> {
  return JSON.parse(await shell.run(`aws ${command} --output json`));
}

describe('a change of a bucket', () => {
  it('closes it to the public and switches its ACLs off', async () => {
    account.s3.putBucket('files', {
      publicAccessBlock: undefined,
      objectOwnership: 'ObjectWriter',
      acl: 'public-read',
    });
    await carryOut(
      { kind: 'public-access-block', bucket: 'files' },
      { kind: 'ownership', bucket: 'files' },
    );
    expect(await awsJson('s3api get-public-access-block --bucket files')).toEqual({
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        IgnorePublicAcls: true,
        BlockPublicPolicy: true,
        RestrictPublicBuckets: true,
      },
    });
    expect(await awsJson('s3api get-bucket-ownership-controls --bucket files')).toEqual({
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    });
  });

  it('gives it a policy, with whatever that says', async () => {
    // The embedded S3 knows no policy variables.
    const agents = hostileTexts(200).filter((text) => text.isWellFormed() && !/\0|\$\{/.test(text));
    const condition = { StringNotEquals: { 'aws:UserAgent': agents } };
    const [statement] = POLICY.Statement;
    const policy = { ...POLICY, Statement: [{ ...statement, Condition: condition }] };
    await carryOut({ kind: 'bucket-policy', bucket: 'files', policy });
    const answer = await shell.run('aws s3api get-bucket-policy --bucket files --output json');
    expect(answer).toContain('aws:UserAgent');
    const { Policy: text } = fieldsOf(JSON.parse(answer));
    expect(JSON.parse(String(text))).toEqual(policy);
  });
});

describe('a change of an object', () => {
  /** Keys that S3 takes, and a file that a key may be taken for. */
  const KEYS = [
    'a.txt',
    'it\'s a $(touch x) `file`; ${HOME} \\ "quoted".txt',
    'line\nfeed\ttab\u202e\u{1f600}é',
    'file:///etc/hostname',
    '-rf',
    'folder/',
    '/leading//double',
    '%20+?versionId=null#!x',
    'a/../b',
    '*?[x]',
  ];

  it('encrypts it anew with S3’s own keys, and leaves all else of it', async () => {
    const arn = 'arn:aws:kms:eu-central-1:111122223333:key/a1b2';
    account.kmsKeys.push({
      KeyId: 'a1b2',
      Arn: arn,
      KeyManager: 'CUSTOMER',
      Enabled: true,
      Policy: KEY_POLICY,
    });
    for (const object of KEYS) {
      account.s3.putObject('files', object, object, {
        kmsKeyArn: arn,
        headers: { 'content-type': 'text/plain', 'x-amz-meta-by': 'ada' },
      });
    }
    await carryOut(
      ...KEYS.map((object): Change => ({ kind: 're-encrypt', bucket: 'files', key: object })),
    );
    expect(await heads()).toEqual(
      KEYS.map(() => ['AES256', undefined, 'text/plain', { by: 'ada' }]),
    );
  });

  it('restores it from the archive', async () => {
    for (const object of KEYS) {
      account.s3.putObject('files', object, object, { storageClass: 'GLACIER' });
    }
    await carryOut(
      ...KEYS.map((object): Change => ({ kind: 'restore-object', bucket: 'files', key: object })),
    );
    const { status } = await account.get('/a.txt');
    expect(status).toBe(200);
    expect((await heads()).map(([, restored]) => restored)).toEqual(
      KEYS.map(() => expect.stringContaining('ongoing-request="false"')),
    );
  });

  async function heads() {
    const { endpoint, region } = account.s3;
    const client = s3Client({ endpoint, region, ...SOMEBODY });
    try {
      return await Promise.all(
        KEYS.map(async (Key) => {
          const head = await client.send(new HeadObjectCommand({ Bucket: 'files', Key }));
          return [head.ServerSideEncryption, head.Restore, head.ContentType, head.Metadata];
        }),
      );
    } finally {
      client.destroy();
    }
  }
});

describe('a change of a KMS key', () => {
  it('gives it a policy', async () => {
    const kmsKey = {
      KeyId: 'a1b2',
      Arn: 'arn:aws:kms:eu-west-1:111122223333:key/a1b2',
      KeyManager: 'CUSTOMER',
      Enabled: true,
      Policy: KEY_POLICY,
    } as const;
    account.kmsKeys.push({ ...kmsKey });
    const policy = fieldsOf(JSON.parse(KEY_POLICY.replace('own', 'own too')));
    await carryOut({ kind: 'key-policy', keyId: 'a1b2', region: 'eu-west-1', policy });
    expect(JSON.parse(account.kmsKeys[0]?.Policy ?? '')).toEqual(policy);
  });
});

describe('a change in CloudFront', () => {
  it('has an origin access control sign always', async () => {
    const [{ Id: id, OriginAccessControlConfig: config }] = one(account.store.OriginAccessControls);
    config.SigningBehavior = 'never';
    config.Description = 'kept';
    expect((await account.get('/a.txt')).status).toBe(403);
    await carryOut({ kind: 'origin-access-control', id, name: config.Name });
    expect((await account.get('/a.txt')).status).toBe(200);
    expect(account.store.OriginAccessControls[0]?.OriginAccessControlConfig.Description).toBe(
      'kept',
    );
  });

  it('puts a public key into a key group', async () => {
    const [{ Id: id, KeyGroupConfig: config }] = one(account.store.KeyGroups);
    const other = folder.make('KOTHER', RSA_2048);
    account.store.PublicKeys.push({
      Id: 'KOTHER',
      CreatedTime: new Date().toISOString(),
      PublicKeyConfig: {
        CallerReference: 'other',
        Name: 'other',
        EncodedKey: other.publicPem,
        Comment: '',
      },
    });
    config.Items = ['KOTHER'];
    expect((await account.get('/a.txt')).code).toBe('InvalidKey');
    const publicKeyIds = ['KOTHER', key.id];
    await carryOut({ kind: 'key-group', id, name: config.Name, publicKeyIds });
    expect((await account.get('/a.txt')).status).toBe(200);
  });

  it('edits a distribution in all it says, and in nothing else', async () => {
    const config = account.distribution.DistributionConfig;
    const [behavior, origin] = [config.DefaultCacheBehavior, account.origin];
    const { CachePolicyId: _, ...legacy } = structuredClone(behavior);
    config.CacheBehaviors.Items = [
      {
        ...legacy,
        PathPattern: '/videos/*',
        ForwardedValues: { QueryString: false },
        TrustedKeyGroups: { Enabled: false, Items: [] },
      },
      { ...structuredClone(behavior), PathPattern: '/other/*' },
    ];
    origin.Id = 'files';
    origin.OriginAccessControlId = '';
    origin.S3OriginConfig = { OriginAccessIdentity: 'origin-access-identity/cloudfront/E1' };
    for (const each of [behavior, ...config.CacheBehaviors.Items]) each.TargetOriginId = 'files';
    config.Origins.Items.push({
      Id: 'videos',
      DomainName: 'videos.s3-website.eu-west-1.amazonaws.com',
      OriginPath: '/v1',
      OriginAccessControlId: '',
      CustomOriginConfig: {
        HTTPPort: 80,
        HTTPSPort: 443,
        OriginProtocolPolicy: 'http-only',
        OriginSslProtocols: { Items: ['TLSv1.2'] },
      },
    });
    config.Enabled = false;
    config.IsIPV6Enabled = true;
    account.store.OriginAccessControls.push({
      Id: 'E3CONTROL',
      OriginAccessControlConfig: {
        Name: 'videos',
        Description: '',
        OriginAccessControlOriginType: 's3',
        SigningBehavior: 'always',
        SigningProtocol: 'sigv4',
      },
    });
    const [{ Id: groupId }] = one(account.store.KeyGroups);
    const before = structuredClone(config);
    const edits = EDITS.map((edit) => {
      if (edit.kind === 'trust-key-groups') return { ...edit, keyGroupIds: [groupId] };
      return edit.kind === 'trust-new-key-group' ? { ...edit, publicKeyIds: [key.id] } : edit;
    });

    await carryOut({ kind: 'distribution', distributionId: account.distribution.Id, edits });

    const [made] = account.store.OriginAccessControls.slice(-1);
    const [group] = account.store.KeyGroups.slice(-1);
    const [policy] = account.store.CachePolicies.slice(-1);
    expect(made?.OriginAccessControlConfig.Name).toBe(`files-${account.distribution.Id}`);
    expect(group?.KeyGroupConfig).toMatchObject({ Name: 'signers', Items: [key.id] });
    const methods = { Items: ['HEAD', 'GET'], CachedMethods: { Items: ['HEAD', 'GET'] } };
    const { ForwardedValues: _legacy, ...videos } = before.CacheBehaviors.Items[0] ?? {};
    expect(account.distribution.DistributionConfig).toEqual({
      ...before,
      Enabled: true,
      IsIPV6Enabled: false,
      Aliases: { Items: ['127.0.0.1', 'files.example.com'] },
      Origins: {
        Items: [
          {
            ...before.Origins.Items[0],
            OriginAccessControlId: made?.Id,
            S3OriginConfig: { OriginAccessIdentity: '' },
          },
          {
            Id: 'videos',
            DomainName: 'videos.s3.eu-west-1.amazonaws.com',
            OriginPath: '/v1',
            OriginAccessControlId: 'E3CONTROL',
            S3OriginConfig: { OriginAccessIdentity: '' },
          },
        ],
      },
      DefaultCacheBehavior: {
        ...before.DefaultCacheBehavior,
        ViewerProtocolPolicy: 'redirect-to-https',
        AllowedMethods: methods,
        CachePolicyId: policy?.Id,
        TrustedKeyGroups: { Enabled: true, Items: [groupId] },
      },
      CacheBehaviors: {
        Items: [
          {
            ...videos,
            TargetOriginId: 'videos',
            ViewerProtocolPolicy: 'redirect-to-https',
            AllowedMethods: methods,
            CachePolicyId: policy?.Id,
            TrustedKeyGroups: { Enabled: true, Items: [group?.Id] },
          },
          before.CacheBehaviors.Items[1],
        ],
      },
    });
  });

  it('lets links name their downloads', async () => {
    const query = '?response-content-disposition=attachment%3B%20filename%3Da.txt';
    const disposition = async () =>
      (await account.get(`/a.txt${query}`)).headers['content-disposition'];
    expect(await disposition()).toBeUndefined();
    await carryOut({
      kind: 'distribution',
      distributionId: account.distribution.Id,
      edits: [{ kind: 'forward-query', pathPattern: undefined }],
    });
    expect(await disposition()).toBe('attachment; filename=a.txt');
  });

  it('stops at the first command that fails', async () => {
    const edits = [{ kind: 'https', pathPattern: undefined }] as const;
    await expect(
      carryOut({ kind: 'distribution', distributionId: 'E0MISSING', edits }),
    ).rejects.toThrow('NoSuchDistribution');
    expect(control.requests.map(({ action }) => action)).toEqual([
      'cloudfront:GetDistributionConfig',
    ]);
  });
});

/** The one item that a list has, with its type. */
function one<T>(items: readonly T[]): readonly [T] {
  const [item] = items;
  if (item === undefined || items.length > 1) throw new Error('There is not one item.');
  return [item];
}
