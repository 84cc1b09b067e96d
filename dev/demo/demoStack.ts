import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { startControlApi, type ControlApi } from '../control/startControlApi.ts';
import { addDemoDistribution, bucketPolicyFor } from '../edge/demoDistribution.ts';
import { createDistributionStore, type DistributionStore } from '../edge/distributionStore.ts';
import { startEdge, type Edge } from '../edge/startEdge.ts';
import type { AccountUser } from '../s3/identity.ts';
import type { KmsKey } from '../s3/kmsKeys.ts';
import { startEmbeddedS3, type EmbeddedS3 } from '../s3/startEmbeddedS3.ts';
import { DEMO_BUCKET, putDemoFiles } from './demoFiles.ts';

/** The name that the demo's profile has in the AWS config file. */
const DEMO_PROFILE = 'demo';

/** A profile beside it that may list the objects of a bucket and read them, and nothing else. */
export const READER_PROFILE = 'reader';

const READER_DENIALS: NonNullable<AccountUser['denials']> = [
  { action: 'cloudfront:*' },
  { action: 'kms:*' },
  { action: 's3:ListAllMyBuckets' },
  { action: 's3:GetBucket*' },
  { action: 's3:GetEncryption*' },
  { action: 's3:Put*' },
  { action: 's3:Delete*' },
];

/** Where AWS reads its files from; no other variable of the caller's is let through. */
export interface AwsFiles {
  readonly AWS_CONFIG_FILE: string;
  readonly AWS_SHARED_CREDENTIALS_FILE: string;
}

/** An account's worth of servers: S3 with files in it, a distribution, a key that it trusts. */
export interface DemoStack {
  readonly s3: EmbeddedS3;
  readonly edge: Edge;
  /** CloudFront, KMS and STS as the account's owner sees them. */
  readonly control: ControlApi;
  readonly store: DistributionStore;
  /** Host and port at which the distribution answers. */
  readonly domain: string;
  readonly distributionId: string;
  readonly keyPairId: string;
  /** PEM file of the private key, made anew each time. */
  readonly privateKeyFile: string;
  /** Whose the demo's profile is. */
  readonly developer: AccountUser;
  readonly awsFiles: AwsFiles;
  /** Settings of the extension that lead it to the account. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** An item of the setting `cloudfrontSigner.distributions`, for who is not to look it up. */
  readonly mapping: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

function newAccessKey(): { readonly accessKeyId: string; readonly secretAccessKey: string } {
  return {
    accessKeyId: `AKIA${randomBytes(8).toString('hex').toUpperCase()}`,
    secretAccessKey: randomBytes(30).toString('base64'),
  };
}

/**
 * Starts the servers on loopback.
 *
 * @param dir folder for the AWS files and the key; made where it is missing
 */
export async function startDemoStack(dir: string): Promise<DemoStack> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const developer: AccountUser = { kind: 'user', name: 'developer', ...newAccessKey() };
  const reader: AccountUser = {
    kind: 'user',
    name: 'reader',
    ...newAccessKey(),
    denials: READER_DENIALS,
  };
  const cloudFront = newAccessKey();
  const kmsKeys: KmsKey[] = [];
  const s3 = await startEmbeddedS3({
    region: 'eu-central-1',
    identities: [
      developer,
      reader,
      { kind: 'service', service: 'cloudfront.amazonaws.com', ...cloudFront },
    ],
    kmsKeys,
  });
  putDemoFiles(s3);

  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const keyPairId = `K${randomBytes(7).toString('hex').toUpperCase()}`;
  const privateKeyFile = path.join(dir, 'private_key.pem');
  await writeFile(privateKeyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }), {
    mode: 0o600,
  });
  const store = createDistributionStore();
  const edge = await startEdge({ store, s3, originIdentity: cloudFront });
  const domain = new URL(edge.origin).host;
  const distribution = addDemoDistribution(store, {
    bucket: DEMO_BUCKET,
    region: s3.region,
    publicKey: {
      id: keyPairId,
      pem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    },
    aliases: [domain],
  });
  s3.putBucketPolicy(DEMO_BUCKET, bucketPolicyFor(distribution.ARN, DEMO_BUCKET));
  const control = await startControlApi({
    store,
    identities: [developer, reader],
    kms: kmsKeys,
  });

  const awsFiles: AwsFiles = {
    AWS_CONFIG_FILE: path.join(dir, 'config'),
    AWS_SHARED_CREDENTIALS_FILE: path.join(dir, 'credentials'),
  };
  const users = { [DEMO_PROFILE]: developer, [READER_PROFILE]: reader };
  const endpoints = {
    s3: s3.endpoint,
    cloudfront: control.endpoint,
    kms: control.endpoint,
    sts: control.endpoint,
  };
  await writeFile(
    awsFiles.AWS_CONFIG_FILE,
    [
      ...Object.keys(users).map(
        (profile) => `[profile ${profile}]\nregion = ${s3.region}\nservices = local\n`,
      ),
      '[services local]',
      ...Object.entries(endpoints).map(([name, url]) => `${name} =\n  endpoint_url = ${url}`),
      '',
    ].join('\n'),
  );
  await writeFile(
    awsFiles.AWS_SHARED_CREDENTIALS_FILE,
    Object.entries(users)
      .map(
        ([profile, { accessKeyId, secretAccessKey }]) =>
          `[${profile}]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`,
      )
      .join('\n'),
    { mode: 0o600 },
  );
  return {
    s3,
    edge,
    control,
    store,
    domain,
    distributionId: distribution.Id,
    keyPairId,
    privateKeyFile,
    developer,
    awsFiles,
    settings: {
      'cloudfrontSigner.aws.profile': DEMO_PROFILE,
      'cloudfrontSigner.s3.forcePathStyle': true,
    },
    mapping: { bucket: DEMO_BUCKET, domain, keyPairId, protocol: 'http' },
    async close() {
      await control.close();
      await edge.close();
      await s3.close();
    },
  };
}
