import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ControlApi, startControlApi } from '../../dev/control/startControlApi.ts';
import { ensureDebianPackages } from '../../dev/debian.ts';
import {
  createDistributionStore,
  type DistributionStore,
} from '../../dev/edge/distributionStore.ts';
import { type Edge, startEdge } from '../../dev/edge/startEdge.ts';
import { type EmbeddedS3, startEmbeddedS3 } from '../../dev/s3/startEmbeddedS3.ts';
import { ensureTemplateTools } from '../../dev/templateTools/install.ts';
import { exportSetup } from '../../src/core/setup/export/exportSetup.ts';
import type { SetupNames } from '../../src/core/setup/export/setupNames.ts';
import { EDGE, SOMEBODY } from './edgeAccount.ts';
import {
  cannedParameters,
  keyFolder,
  type KeyPair,
  P_256,
  RSA_2048,
  withParameters,
} from './edgeSigning.ts';
import { type Answer, sendTo } from './edgeStage.ts';
import { type AwsShell, startAwsShell } from './setupTexts/awsShell.ts';
import { checkTerraform } from './setupTexts/checkTerraform.ts';
import { complaint } from './setupTexts/complaint.ts';
import { fieldsOf } from './setupTexts/jsonData.ts';
import { readCloudFormation, readTerraform } from './setupTexts/readTemplates.ts';
import { resourcesOf } from './setupTexts/resourcesOf.ts';
import { synthesize } from './setupTexts/synthesize.ts';

const folder = keyFolder();
let key: KeyPair;

const PLAIN: SetupNames = {
  name: 'my-files',
  bucket: 'my-files',
  bucketExists: false,
  region: 'eu-central-1',
  originPath: '',
  alias: undefined,
  publicKeyPem: undefined,
  responseOverrides: false,
  listBucket: false,
};

/** All that can be wished, but for a bucket that is there. */
let full: SetupNames;
/** Every combination of what can be wished. */
let setups: readonly SetupNames[];

beforeAll(async () => {
  await ensureTemplateTools();
  await ensureDebianPackages(['jq', 'shellcheck'], 'they check the script of a set-up');
  key = folder.make('KRSA', RSA_2048);
  const wishes: readonly Partial<SetupNames>[] = [
    { originPath: '/media/v1' },
    {
      alias: {
        domain: 'files.example.com',
        certificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/1a2b-3c',
      },
    },
    { publicKeyPem: key.publicPem },
    { responseOverrides: true },
    { listBucket: true },
  ];
  full = { ...PLAIN, ...Object.assign({}, ...wishes) };
  setups = [...wishes, { bucketExists: true }, { region: 'us-east-1' }].reduce(
    (all: readonly SetupNames[], wish) => [...all, ...all.map((names) => ({ ...names, ...wish }))],
    [PLAIN],
  );
});
afterAll(() => folder.remove());

it('gives the same texts for the same names', () => {
  for (const names of setups) expect(exportSetup({ ...names })).toEqual(exportSetup(names));
});

it('holds the public half of the key, and no private one', () => {
  for (const text of Object.values(exportSetup(full))) {
    expect(text).not.toContain('PRIVATE KEY');
    expect(text).toContain(key.publicPem.split('\n')[1]);
  }
});

describe('the CloudFormation template', () => {
  it('is of resources, properties and values that there are', async () => {
    const read = await readCloudFormation(setups.map((names) => exportSetup(names).cloudformation));
    expect(read).toHaveLength(128);
    expect(read.flatMap(({ findings }) => findings)).toEqual([]);
    expect(read.flatMap(({ errors }) => errors)).toEqual([]);
  });

  it('is seen to be wrong where it is', async () => {
    const { cloudformation } = exportSetup(full);
    const wrong = [
      cloudformation.replace('SigningBehavior: always', 'SigningBehavior: ever'),
      cloudformation.replace('      Items:\n', '      Item:\n'),
      cloudformation.replace('!Ref KeyGroup', '!Ref KeyGroups'),
      cloudformation.replace('${Bucket.Arn}', '${Bucket.ARN}'),
    ];
    for (const { findings } of await readCloudFormation(wrong)) expect(findings).not.toEqual([]);
  });

  it('keeps the key as it is', async () => {
    const [read] = await readCloudFormation([exportSetup(full).cloudformation]);
    const { PublicKeyConfig: config } = fieldsOf(
      resourcesOf(read?.data ?? {}).get('AWS::CloudFront::PublicKey'),
    );
    expect(fieldsOf(config)['EncodedKey']).toBe(key.publicPem.trim());
  });
});

describe('the Terraform module', () => {
  it('is of resources, arguments and values that there are, as terraform fmt writes it', async () => {
    const texts = setups.map((names) => exportSetup(names).terraform);
    const read = await readTerraform(texts);
    expect(read).toHaveLength(128);
    expect(read.flatMap(({ error }) => error ?? [])).toEqual([]);
    expect(read.map(({ formatted }) => formatted)).toEqual(texts);
    expect(read.flatMap(({ data }) => checkTerraform(data, { whole: true }))).toEqual([]);
  });

  it('is seen to be wrong where it is', async () => {
    const { terraform } = exportSetup(full);
    const wrong = [
      terraform.replace('signing_behavior', 'signing_behaviour'),
      terraform.replace(/ {2}restrictions \{\n.*?\n {2}\}\n/s, ''),
      terraform.replace('aws_s3_bucket.files.arn', 'aws_s3_bucket.files.ARN'),
    ];
    for (const { data } of await readTerraform(wrong)) {
      expect(checkTerraform(data, { whole: true })).not.toEqual([]);
    }
  });

  it('keeps the key as it is', async () => {
    const [read] = await readTerraform([exportSetup(full).terraform]);
    expect(read?.data).toMatchObject({
      resource: { aws_cloudfront_public_key: { files: [{ encoded_key: key.publicPem }] } },
    });
  });
});

describe('the CDK app', () => {
  it.each([
    ['a new bucket', () => PLAIN],
    ['a new bucket and all that can be wished', () => full],
    ['a bucket that is there and all that can be wished', () => ({ ...full, bucketExists: true })],
  ])('for %s makes the stack that the template makes', async (_what, namesOf) => {
    const names = namesOf();
    const { cdk, cloudformation } = exportSetup(names);
    const files = { 'public_key.pem': key.publicPem };
    const stacks = await synthesize(cdk, [names.name], files);
    const made = fieldsOf(stacks.get(names.name));
    // The template gets the key as a parameter, the app out of the file.
    const [read] = await readCloudFormation([cloudformation]);
    const text = JSON.stringify(read?.data).replace(
      '{"Ref":"PublicKeyPem"}',
      JSON.stringify(key.publicPem),
    );
    const template = fieldsOf(JSON.parse(text));
    expect(resourcesOf(made)).toEqual(resourcesOf(template));
    expect(Object.keys(fieldsOf(made['Outputs']))).toEqual(
      Object.keys(fieldsOf(template['Outputs'])),
    );
  });
});

describe('the script', () => {
  it('is sound bash', async () => {
    for (const names of setups) {
      const { cli } = exportSetup(names);
      expect(await complaint('bash', ['-n'], cli)).toBe('');
      expect(await complaint('shellcheck', ['-'], cli)).toBe('');
    }
  });

  describe('carried out', () => {
    let s3: EmbeddedS3;
    let store: DistributionStore;
    let control: ControlApi;
    let edge: Edge;
    let dir: string;
    let shell: AwsShell;

    beforeEach(async () => {
      const user = { kind: 'user', name: 'ada', ...SOMEBODY } as const;
      s3 = await startEmbeddedS3({
        region: 'eu-central-1',
        identities: [user, { kind: 'service', service: 'cloudfront.amazonaws.com', ...EDGE }],
      });
      store = createDistributionStore();
      control = await startControlApi({ store, identities: [user] });
      edge = await startEdge({ store, s3, originIdentity: EDGE, scheme: 'https' });
      dir = await mkdtemp(path.join(tmpdir(), 'set-up-'));
      shell = await startAwsShell(dir, {
        s3: s3.endpoint,
        control: control.endpoint,
        ...SOMEBODY,
      });
    });
    afterEach(async () => {
      await edge.close();
      await control.close();
      await s3.close();
      await rm(dir, { recursive: true });
    });

    /** What the script prints at its end. */
    async function outputs(names: SetupNames): Promise<ReadonlyMap<string, string>> {
      const printed = await shell.run(exportSetup(names).cli);
      return new Map(
        Array.from(printed.matchAll(/^(.*?): (.*)$/gm), ([, name = '', value = '']) => [
          name,
          value,
        ]),
      );
    }

    async function get(url: string, pair?: KeyPair): Promise<Answer> {
      const expires = Math.floor(Date.now() / 1000) + 60;
      const signed = pair
        ? withParameters(url, cannedParameters(url, expires, { key: pair }))
        : url;
      return sendTo(edge.port, signed);
    }

    it('makes key, bucket and distribution, and a signed URL is served, and nothing else', async () => {
      const made = await outputs(PLAIN);
      s3.putObject('my-files', 'a.txt', 'content');
      const url = `https://${made.get('Distribution domain name')}/a.txt`;
      const privateKeyFile = path.join(dir, 'private_key.pem');
      const pair = { id: made.get('Key pair ID') ?? '', privateKeyFile, publicPem: '' };
      expect(await get(url, pair)).toMatchObject({ status: 200, text: 'content' });
      expect((await get(url)).code).toBe('MissingKey');
      expect((await get(url, { ...key, id: pair.id })).code).toBe('AccessDenied');
      expect((await fetch(`${s3.endpoint}/my-files/a.txt`)).status).toBe(403);
      const missing = await get(url.replace('a.txt', 'b.txt'), pair);
      expect([missing.status, missing.code]).toEqual([403, 'AccessDenied']);

      const [distribution] = store.Distributions;
      expect(distribution).toMatchObject({
        Id: made.get('Distribution ID'),
        DistributionConfig: {
          DefaultCacheBehavior: {
            TrustedKeyGroups: { Enabled: true, Items: [made.get('Key group ID')] },
            ViewerProtocolPolicy: 'redirect-to-https',
            CachePolicyId: '658327ea-f89d-4fab-a63d-7e88639e58f6',
          },
        },
      });
      const [publicKey] = store.PublicKeys;
      expect(await readFile(privateKeyFile, 'utf8')).toContain('PRIVATE KEY');
      expect(publicKey?.PublicKeyConfig.EncodedKey).toContain('BEGIN PUBLIC KEY');
      const asked = await shell.run(
        'aws s3api get-bucket-ownership-controls --bucket my-files --query "OwnershipControls.Rules[0].ObjectOwnership" --output text',
      );
      expect(asked.trim()).toBe('BucketOwnerEnforced');
    });

    it('does all that can be wished, for a bucket that is there, whose policy stays', async () => {
      const before = {
        Sid: 'Before',
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:GetObject',
        Resource: 'arn:aws:s3:::my-files/secret/*',
      };
      s3.putBucket('my-files', { publicAccessBlock: undefined, objectOwnership: 'ObjectWriter' });
      s3.putBucketPolicy('my-files', { Version: '2012-10-17', Statement: before });
      s3.putObject('my-files', 'media/v1/a.txt', 'content');
      s3.putObject('my-files', 'b.txt', 'outside');
      const made = await outputs({ ...full, bucketExists: true });
      const pair = { ...key, id: made.get('Key pair ID') ?? '' };
      const base = 'https://files.example.com';
      expect(await get(`${base}/a.txt`, pair)).toMatchObject({ status: 200, text: 'content' });
      const query = '?response-content-disposition=attachment';
      const named = await get(`${base}/a.txt${query}`, pair);
      expect(named.headers['content-disposition']).toBe('attachment');
      // A missing object is told from one that may not be read, and the root lists nothing.
      expect((await get(`${base}/b.txt`, pair)).status).toBe(404);
      expect((await get(`${base}/`, pair)).status).toBe(404);
      const policy: unknown = JSON.parse(
        await shell.run(
          'aws s3api get-bucket-policy --bucket my-files --query Policy --output text',
        ),
      );
      const read = { Effect: 'Allow', Principal: { Service: 'cloudfront.amazonaws.com' } };
      const ofOurs = { StringEquals: { 'AWS:SourceArn': store.Distributions[0]?.ARN } };
      const id = made.get('Distribution ID');
      expect(policy).toEqual({
        Version: '2012-10-17',
        Statement: [
          before,
          {
            ...read,
            Sid: `AllowCloudFrontRead${id}`,
            Action: 's3:GetObject',
            Resource: 'arn:aws:s3:::my-files/media/v1/*',
            Condition: ofOurs,
          },
          {
            ...read,
            Sid: `AllowCloudFrontList${id}`,
            Action: 's3:ListBucket',
            Resource: 'arn:aws:s3:::my-files',
            Condition: ofOurs,
          },
        ],
      });
      const closed = await shell.run(
        'aws s3api get-public-access-block --bucket my-files --output text',
      );
      expect(closed.match(/True/g)).toHaveLength(4);
    });

    it('takes a P-256 key, and a bucket with no policy', async () => {
      const pair = folder.make('KEC', P_256);
      s3.putBucket('my-files');
      s3.putObject('my-files', 'a.txt', 'content');
      const made = await outputs({ ...PLAIN, bucketExists: true, publicKeyPem: pair.publicPem });
      const url = `https://${made.get('Distribution domain name')}/a.txt`;
      const answer = await get(url, { ...pair, id: made.get('Key pair ID') ?? '' });
      expect(answer.status).toBe(200);
    });

    it('makes nothing more where a step fails, and leaves a policy that it may not read', async () => {
      s3.putBucket('my-files');
      s3.putObject('my-files', 'a.txt', 'content');
      const user = { kind: 'user', name: 'ada', ...SOMEBODY } as const;
      s3.addIdentity({ ...user, denials: [{ action: 's3:GetBucketPolicy' }] });
      await expect(outputs({ ...PLAIN, bucketExists: true })).rejects.toThrow('AccessDenied');
      expect(
        s3.requests.filter(({ method, query }) => method === 'PUT' && query === 'policy'),
      ).toEqual([]);

      await expect(outputs({ ...PLAIN, name: 'other' })).rejects.toThrow('BucketAlreadyOwnedByYou');
      expect(store.Distributions).toHaveLength(1);
    });
  });
});
