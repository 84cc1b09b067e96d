import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { addDemoDistribution, bucketPolicyFor } from '../edge/demoDistribution.ts';
import { createDistributionStore, type DistributionStore } from '../edge/distributionStore.ts';
import { startEdge, type Edge } from '../edge/startEdge.ts';
import { startEmbeddedS3, type EmbeddedS3 } from '../s3/startEmbeddedS3.ts';
import { DEMO_BUCKET, putDemoFiles } from './demoFiles.ts';

/** The name that the demo's profile has in the AWS config file. */
const DEMO_PROFILE = 'demo';

/** Where AWS reads its files from; no other variable of the caller's is let through. */
export interface AwsFiles {
  readonly AWS_CONFIG_FILE: string;
  readonly AWS_SHARED_CREDENTIALS_FILE: string;
}

/** An account's worth of servers: S3 with files in it, a distribution, a key that it trusts. */
export interface DemoStack {
  readonly s3: EmbeddedS3;
  readonly edge: Edge;
  readonly store: DistributionStore;
  /** Host and port at which the distribution answers. */
  readonly domain: string;
  readonly keyPairId: string;
  /** PEM file of the private key, made anew each time. */
  readonly privateKeyFile: string;
  readonly awsFiles: AwsFiles;
  /** Settings of the extension that fit. */
  readonly settings: Readonly<Record<string, unknown>>;
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
  const user = newAccessKey();
  const cloudFront = newAccessKey();
  const s3 = await startEmbeddedS3({
    region: 'eu-central-1',
    identities: [
      { kind: 'user', name: 'developer', ...user },
      { kind: 'service', service: 'cloudfront.amazonaws.com', ...cloudFront },
    ],
  });
  putDemoFiles(s3);

  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const keyPairId = `K${randomBytes(7).toString('hex').toUpperCase()}`;
  const privateKeyFile = path.join(dir, 'private_key.pem');
  await writeFile(privateKeyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }), {
    mode: 0o600,
  });
  const store = createDistributionStore();
  const distribution = addDemoDistribution(store, {
    bucket: DEMO_BUCKET,
    region: s3.region,
    publicKey: {
      id: keyPairId,
      pem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    },
    aliases: ['127.0.0.1'],
  });
  s3.putBucketPolicy(DEMO_BUCKET, bucketPolicyFor(distribution.ARN, DEMO_BUCKET));
  const edge = await startEdge({ store, s3, originIdentity: cloudFront });

  const awsFiles: AwsFiles = {
    AWS_CONFIG_FILE: path.join(dir, 'config'),
    AWS_SHARED_CREDENTIALS_FILE: path.join(dir, 'credentials'),
  };
  await writeFile(
    awsFiles.AWS_CONFIG_FILE,
    `[profile ${DEMO_PROFILE}]\nregion = ${s3.region}\nservices = local\n\n[services local]\ns3 =\n  endpoint_url = ${s3.endpoint}\n`,
  );
  await writeFile(
    awsFiles.AWS_SHARED_CREDENTIALS_FILE,
    `[${DEMO_PROFILE}]\naws_access_key_id = ${user.accessKeyId}\naws_secret_access_key = ${user.secretAccessKey}\n`,
    { mode: 0o600 },
  );
  const domain = new URL(edge.origin).host;
  return {
    s3,
    edge,
    store,
    domain,
    keyPairId,
    privateKeyFile,
    awsFiles,
    settings: {
      'cloudfrontSigner.aws.profile': DEMO_PROFILE,
      'cloudfrontSigner.s3.forcePathStyle': true,
      'cloudfrontSigner.distributions': [
        { bucket: DEMO_BUCKET, domain, keyPairId, protocol: 'http' },
      ],
    },
    async close() {
      await edge.close();
      await s3.close();
    },
  };
}
