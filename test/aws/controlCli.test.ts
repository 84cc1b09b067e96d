import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ensureDebianPackages } from '../../dev/debian.ts';
import type { KmsKey } from '../../dev/s3/kmsKeys.ts';
import { awsEnvironment } from '../awsEnvironment.ts';
import { ADA, type ControlStage, present, startControlStage } from './controlStage.ts';
import {
  cannedParameters,
  keyFolder,
  type KeyPair,
  P_256,
  RSA_2048,
  withParameters,
} from './edgeSigning.ts';
import { STAGE_NOW, type Stage, startStage } from './edgeStage.ts';

const run = promisify(execFile);

const folder = keyFolder();
let key: KeyPair;
let dir: string;
let environment: NodeJS.ProcessEnv;
let stage: Stage;
let control: ControlStage;
let keys: KmsKey[];

beforeAll(async () => {
  await ensureDebianPackages(['awscli'], 'it is a second client of the control API');
  key = folder.make('KRSA', RSA_2048);
  dir = await mkdtemp(path.join(tmpdir(), 'control-cli-'));
  environment = {
    ...process.env,
    ...(await awsEnvironment(dir, { config: '[default]\nregion = eu-central-1\n' })),
    AWS_ACCESS_KEY_ID: ADA.accessKeyId,
    AWS_SECRET_ACCESS_KEY: ADA.secretAccessKey,
    AWS_PAGER: '',
  };
});
afterAll(async () => {
  folder.remove();
  await rm(dir, { recursive: true });
});
beforeEach(async () => {
  stage = await startStage({ key });
  keys = [];
  control = await startControlStage({ store: stage.store, kms: keys });
});
afterEach(async () => {
  await control.close();
  await stage.close();
});

type Options = Readonly<Record<string, string>>;

/** Runs the AWS CLI. */
async function aws(command: string, options: Options = {}): Promise<string> {
  const named = { 'endpoint-url': control.api.endpoint, ...options };
  const args = Object.entries(named).flatMap(([name, value]) => [`--${name}`, value]);
  const { stdout } = await run('/usr/bin/aws', [...command.split(' '), ...args], {
    env: environment,
  });
  return stdout;
}

/** Runs it for the JSON that it prints. */
async function awsJson(command: string, options: Options) {
  return fields(JSON.parse(await aws(command, { ...options, output: 'json' })));
}

/** Runs it for one value, as a script does. */
async function awsText(query: string, command: string, options: Options = {}): Promise<string> {
  return (await aws(command, { ...options, query, output: 'text' })).trim();
}

function fields(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) throw new Error('It is no object.');
  return { ...value };
}

/** Writes a file that an option reads. */
async function file(name: string, content: unknown): Promise<string> {
  const at = path.join(dir, name);
  await writeFile(at, JSON.stringify(content));
  return `file://${at}`;
}

async function answerTo(pair: KeyPair, domain = stage.distribution.DomainName) {
  const url = `http://${domain}/a`;
  const signed = withParameters(url, cannedParameters(url, STAGE_NOW + 60, { key: pair }));
  const { status, code } = await stage.send(signed);
  return code ?? status;
}

describe('the AWS CLI', () => {
  it('lists every distribution, page by page', async () => {
    for (let i = 0; i < 204; i += 1) {
      stage.store.Distributions.push({ ...stage.distribution, Id: `E${i}` });
    }
    const ids = await awsText('DistributionList.Items[].Id', 'cloudfront list-distributions');
    expect(ids.split(/\s+/)).toEqual(stage.store.Distributions.map(({ Id }) => Id));
    expect(control.api.requests).toHaveLength(3);
  });

  it('reads a configuration and puts it back changed, which the edge enforces', async () => {
    const { Id: id } = stage.distribution;
    const got = await awsJson('cloudfront get-distribution-config', { id });
    const before = structuredClone(stage.distribution.DistributionConfig);
    const config = fields(got['DistributionConfig']);
    const behavior = fields(config['DefaultCacheBehavior']);
    const open = {
      ...config,
      DefaultCacheBehavior: { ...behavior, TrustedKeyGroups: { Enabled: false, Quantity: 0 } },
    };
    const update = {
      id,
      'if-match': String(got['ETag']),
      'distribution-config': await file('config.json', open),
    };
    expect((await stage.send(`${stage.base}/a`)).code).toBe('MissingKey');
    const updated = await awsJson('cloudfront update-distribution', update);
    expect(fields(updated['Distribution'])['Status']).toBe('Deployed');
    expect((await stage.send(`${stage.base}/a`)).status).toBe(200);
    before.DefaultCacheBehavior.TrustedKeyGroups = { Enabled: false, Items: [] };
    expect(stage.distribution.DistributionConfig).toEqual(before);
    await expect(aws('cloudfront update-distribution', update)).rejects.toMatchObject({
      code: 254,
      stderr: expect.stringContaining(
        'An error occurred (PreconditionFailed) when calling the UpdateDistribution operation',
      ),
    });
    await aws('cloudfront wait distribution-deployed', { id });
  });

  it('builds a set-up from nothing, link by link', async () => {
    const pair = folder.make('KNEW', P_256);
    const publicKey = { CallerReference: 'cli', Name: 'cli', EncodedKey: pair.publicPem };
    const keyId = await awsText('PublicKey.Id', 'cloudfront create-public-key', {
      'public-key-config': await file('key.json', publicKey),
    });
    expect(present(stage.store.PublicKeys[1]).PublicKeyConfig.EncodedKey).toBe(pair.publicPem);
    const groupId = await awsText('KeyGroup.Id', 'cloudfront create-key-group', {
      'key-group-config': `Name=cli,Items=${keyId}`,
    });
    const controlId = await awsText(
      'OriginAccessControl.Id',
      'cloudfront create-origin-access-control',
      {
        'origin-access-control-config':
          'Name=cli,SigningProtocol=sigv4,SigningBehavior=always,OriginAccessControlOriginType=s3',
      },
    );
    const config = {
      CallerReference: 'cli',
      Comment: '',
      Enabled: true,
      Origins: {
        Quantity: 1,
        Items: [
          {
            Id: 'files',
            DomainName: 'files.s3.eu-central-1.amazonaws.com',
            OriginAccessControlId: controlId,
            S3OriginConfig: { OriginAccessIdentity: '' },
          },
        ],
      },
      DefaultCacheBehavior: {
        TargetOriginId: 'files',
        ViewerProtocolPolicy: 'allow-all',
        CachePolicyId: '658327ea-f89d-4fab-a63d-7e88639e58f6',
        TrustedKeyGroups: { Enabled: true, Quantity: 1, Items: [groupId] },
      },
    };
    const domain = await awsText('Distribution.DomainName', 'cloudfront create-distribution', {
      'distribution-config': await file('distribution.json', config),
    });
    expect(await answerTo({ ...pair, id: keyId }, domain)).toBe(200);
    expect(stage.hits.at(-1)?.headers['authorization']).toBeDefined();
  });

  it('takes a key out of a group and deletes it', async () => {
    const { Id: groupId } = present(stage.store.KeyGroups[0]);
    const next = folder.make('KNEXT', RSA_2048);
    stage.store.PublicKeys.push({
      Id: 'KNEXT',
      CreatedTime: new Date(0).toISOString(),
      PublicKeyConfig: {
        CallerReference: 'next',
        Name: 'next',
        EncodedKey: next.publicPem,
        Comment: '',
      },
    });
    const keyETag = await awsText('ETag', 'cloudfront get-public-key', { id: 'KRSA' });
    const deleteKey = () =>
      aws('cloudfront delete-public-key', { id: 'KRSA', 'if-match': keyETag });
    await expect(deleteKey()).rejects.toMatchObject({
      stderr: expect.stringContaining('(PublicKeyInUse)'),
    });
    const groupETag = await awsText('ETag', 'cloudfront get-key-group', { id: groupId });
    await aws('cloudfront update-key-group', {
      id: groupId,
      'if-match': groupETag,
      'key-group-config': 'Name=files-signers,Items=KNEXT',
    });
    expect([await answerTo(key), await answerTo(next)]).toEqual(['InvalidKey', 200]);
    await deleteKey();
    expect(await awsText('PublicKeyList.Items[].Id', 'cloudfront list-public-keys')).toBe('KNEXT');
  });

  it('mends an origin access control', async () => {
    const { Id: id, OriginAccessControlConfig: config } = present(
      stage.store.OriginAccessControls[0],
    );
    config.SigningBehavior = 'never';
    const got = await awsJson('cloudfront get-origin-access-control', { id });
    const mended = { ...config, SigningBehavior: 'always' };
    await aws('cloudfront update-origin-access-control', {
      id,
      'if-match': String(got['ETag']),
      'origin-access-control-config': await file('control.json', mended),
    });
    expect(present(stage.store.OriginAccessControls[0]).OriginAccessControlConfig).toEqual(mended);
  });

  it('reads policies by name', async () => {
    const query =
      "CachePolicyList.Items[?CachePolicy.CachePolicyConfig.Name=='Managed-CachingDisabled'].CachePolicy.Id";
    expect(await awsText(query, 'cloudfront list-cache-policies', { type: 'managed' })).toBe(
      '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
    );
  });

  it('puts a key policy, and says who it is', async () => {
    const statement = {
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::111122223333:root' },
      Action: 'kms:*',
      Resource: '*',
    };
    const arn = 'arn:aws:kms:eu-central-1:111122223333:key/a-key';
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
    keys.push({ KeyId: 'a-key', Arn: arn, KeyManager: 'CUSTOMER', Enabled: true, Policy });
    const named = { 'key-id': arn, 'policy-name': 'default' };
    expect(await awsText('Policy', 'kms get-key-policy', named)).toBe(Policy);
    const mended = { Version: '2012-10-17', Id: 'mended', Statement: statement };
    await aws('kms put-key-policy', { ...named, policy: await file('policy.json', mended) });
    expect(JSON.parse(present(keys[0]).Policy)).toEqual(mended);
    expect(await awsText('Arn', 'sts get-caller-identity')).toBe(
      'arn:aws:iam::111122223333:user/ada',
    );
  });

  it('is told of a wrong secret and of what is denied', async () => {
    control.api.addIdentity({ ...ADA, denials: [{ action: 'cloudfront:ListDistributions' }] });
    await expect(aws('cloudfront list-distributions')).rejects.toMatchObject({
      stderr: expect.stringContaining('(AccessDenied)'),
    });
    control.api.addIdentity({ ...ADA, secretAccessKey: 'another' });
    await expect(aws('cloudfront list-distributions')).rejects.toMatchObject({
      stderr: expect.stringContaining('(SignatureDoesNotMatch)'),
    });
  });
});
