import { execFile } from 'node:child_process';
import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { S3Client } from '@aws-sdk/client-s3';
import { vi } from 'vitest';
import { type ControlApi, startControlApi } from '../../../dev/control/startControlApi.ts';
import { addDemoDistribution, bucketPolicyFor } from '../../../dev/edge/demoDistribution.ts';
import {
  createDistributionStore,
  type CacheBehaviorSettings,
  type Distribution,
  type DistributionStore,
  type Origin,
} from '../../../dev/edge/distributionStore.ts';
import { startEdge } from '../../../dev/edge/startEdge.ts';
import type { AccountUser } from '../../../dev/s3/identity.ts';
import type { KmsKey } from '../../../dev/s3/kmsKeys.ts';
import { type EmbeddedS3, startEmbeddedS3 } from '../../../dev/s3/startEmbeddedS3.ts';
import { aws } from '../../../src/aws/aws.ts';
import { probeLink } from '../../../src/aws/probeLink.ts';
import { signPolicy } from '../../../src/aws/signPolicy.ts';
import type { DistributionMapping } from '../../../src/core/cloudfront/distribution.ts';
import { signObject } from '../../../src/core/cloudfront/signObject.ts';
import type { Session } from '../../../src/core/credentials/session.ts';
import { fail, type Outcome } from '../../../src/core/outcome.ts';
import type { Change } from '../../../src/core/setup/change.ts';
import type { CheckResult } from '../../../src/core/setup/check.ts';
import { gatherFacts, type SignLink } from '../../../src/core/setup/gatherFacts.ts';
import { changeTexts } from '../../../src/core/setup/mends/changeTexts.ts';
import { runChecks } from '../../../src/core/setup/runChecks.ts';
import { s3Client } from '../s3Clients.ts';
import { awsEnvironment } from '../../awsEnvironment.ts';
import { type Certificate, startTlsFront } from './tlsFront.ts';

const run = promisify(execFile);

export const BUCKET = 'files';
export const KEY = 'private/report.pdf';
export const REGION = 'eu-central-1';

/** The user whose profile is checked with. */
const ADA: AccountUser = {
  kind: 'user',
  name: 'ada',
  accessKeyId: 'AKIAADA',
  secretAccessKey: 'ada-secret',
};

/** A user who may list buckets' objects and read them, and nothing else. */
const READER: AccountUser = {
  kind: 'user',
  name: 'reader',
  accessKeyId: 'AKIAREADER',
  secretAccessKey: 'reader-secret',
  denials: [
    { action: 'cloudfront:*' },
    { action: 'kms:*' },
    { action: 's3:GetBucket*' },
    { action: 's3:GetEncryption*' },
    { action: 's3:ListAllMyBuckets' },
    { action: 's3:Put*' },
  ],
};

/** A user of another account. */
export const BOB: AccountUser = {
  kind: 'user',
  name: 'bob',
  account: '444455556666',
  accessKeyId: 'AKIABOB',
  secretAccessKey: 'bob-secret',
};

const CLOUDFRONT = {
  kind: 'service',
  service: 'cloudfront.amazonaws.com',
  accessKeyId: 'AKIAEDGE',
  secretAccessKey: 'edge-secret',
} as const;

/** A key pair as it is made for CloudFront. */
export interface KeyHalves {
  readonly publicPem: string;
  readonly privateKey: KeyObject;
}

export function newKey(): KeyHalves {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { publicPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(), privateKey };
}

/** What takes long to make and can be the same for every account. */
export interface Workshop {
  readonly dir: string;
  readonly certificate: Certificate;
  /** The key pair that CloudFront trusts. */
  readonly signer: KeyHalves;
  /** One that it does not. */
  readonly other: KeyHalves;
}

/** The key pair ID that CloudFront knows the first key by, and that it is kept under. */
export const SIGNER = 'KSIGNER00001';

/**
 * An account with its bucket, its distribution and the computer of whoever checks it: set up right,
 * and ready to be spoilt.
 */
export interface AccountSetup {
  readonly s3: EmbeddedS3;
  /** What ada asks S3 with. */
  readonly owner: S3Client;
  readonly store: DistributionStore;
  readonly control: ControlApi;
  readonly kmsKeys: KmsKey[];
  readonly distribution: Distribution;
  readonly origin: Origin;
  readonly behavior: CacheBehaviorSettings;
  /** Host and port of the distribution. */
  readonly domain: string;
  /** What is asked, and what there is to answer with. */
  readonly computer: Computer;
  readonly world: World;
  check(profile?: Profile): Promise<readonly CheckResult[]>;
  /** Works with a session of the extension's own, on that computer. */
  within<T>(work: (session: Session) => Promise<T>, profile?: Profile): Promise<T>;
  /** That computer's clock, in epoch milliseconds. */
  readonly now: () => number;
  /** Carries out changes as the report has them for the AWS CLI. */
  apply(changes: readonly Change[]): Promise<void>;
  /** What there is to see from outside. Of the link that was tried last, and of S3's own URL. */
  look(): Promise<Seen>;
  close(): Promise<void>;
}

type Profile = 'ada' | 'reader';

/** Statuses; 0 where there was no answer. */
export interface Seen {
  readonly signed: number;
  readonly unsigned: number;
  readonly direct: number;
}

/** What is on the computer of whoever checks. */
interface Computer {
  /** The object that is asked about. */
  key: string;
  mapping: DistributionMapping | undefined;
  /** Private keys by the ID that they are kept under. */
  readonly keys: Map<string, KeyHalves>;
  /** How far its clock is ahead, in seconds. */
  clockAhead: number;
  /** Whether it takes the certificate of the distribution for good. */
  trustsCertificate: boolean;
}

/** What is out of the account's hands. */
interface World {
  /** Whether a web ACL blocks viewers. */
  blocks: boolean;
  /** Where viewers are. */
  country: string;
}

export async function startAccountSetup(workshop: Workshop): Promise<AccountSetup> {
  const { dir, certificate, signer } = workshop;
  const kmsKeys: KmsKey[] = [];
  const s3 = await startEmbeddedS3({
    region: REGION,
    identities: [ADA, READER, BOB, CLOUDFRONT],
    kmsKeys,
  });
  s3.putBucket(BUCKET);
  s3.putObject(BUCKET, KEY, 'the report');
  const store = createDistributionStore();
  const world: World = { blocks: false, country: 'DE' };
  const edge = {
    store,
    s3,
    originIdentity: CLOUDFRONT,
    firewall: () => world.blocks,
    country: () => world.country,
  };
  const http = await startEdge(edge);
  const https = await startEdge({ ...edge, scheme: 'https' });
  const front = await startTlsFront(certificate, { http: http.port, https: https.port });
  const domain = `127.0.0.1:${front.port}`;
  const distribution = addDemoDistribution(store, {
    bucket: BUCKET,
    region: REGION,
    publicKey: { id: SIGNER, pem: signer.publicPem },
    aliases: [domain],
  });
  s3.putBucketPolicy(BUCKET, bucketPolicyFor(distribution.ARN, BUCKET));
  const control = await startControlApi({ store, identities: [ADA, READER], kms: kmsKeys });
  const environment = await prepareAws(dir, s3.endpoint, control.endpoint);

  const owner = clientOf(s3, ADA);
  const computer: Computer = {
    key: KEY,
    mapping: undefined,
    keys: new Map([[SIGNER, signer]]),
    clockAhead: 0,
    trustsCertificate: true,
  };
  let link = '';

  const now = (): number => Date.now() + computer.clockAhead * 1000;

  /** The one way to trust a certificate that is made while Node runs. */
  function trustCertificate(): void {
    if (computer.trustsCertificate) vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
  }

  const signLink: SignLink = async (endpoint, objectKey, { keyPairId, key }) => {
    const privateKey = computer.keys.get(key.keyPairId)?.privateKey;
    if (privateKey === undefined) return fail({ code: 'private-key-missing', keyPairId });
    const signed = signObject(
      objectKey,
      {
        endpoint,
        key: { keyPairId, privateKey, publicKey: createPublicKey(privateKey) },
        grant: { expiresAt: Math.floor(now() / 1000) + 300, hashAlgorithm: 'SHA1', query: {} },
      },
      signPolicy,
    );
    link = signed.kind === 'ok' ? signed.value : '';
    return signed;
  };

  async function within<T>(
    work: (session: Session) => Promise<T>,
    profile: Profile = 'ada',
  ): Promise<T> {
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    trustCertificate();
    const connection = { profile, region: undefined, endpoint: undefined, forcePathStyle: false };
    const session = valueOf(await aws.openSession(connection, async () => undefined));
    try {
      return await work(session);
    } finally {
      session.close();
      vi.unstubAllEnvs();
    }
  }

  const check = (profile?: Profile): Promise<readonly CheckResult[]> =>
    within(async (session) => {
      const question = {
        bucket: BUCKET,
        key: computer.key,
        distributionId: undefined,
        mapping: computer.mapping,
        storedKeys: Array.from(computer.keys, ([keyPairId, { publicPem }]) => ({
          keyPairId,
          publicKeyPem: publicPem,
        })),
      };
      const sources = {
        region: session.region,
        store: session.store,
        ...(await session.setupReaders()),
        presigner: await session.presigner(),
        cloudFrontReader: session.cloudFront,
        probeLink,
        signLink,
        now,
      };
      return runChecks(valueOf(await gatherFacts(question, sources, new AbortController().signal)));
    }, profile);

  return {
    s3,
    owner,
    store,
    control,
    kmsKeys,
    distribution,
    origin: present(distribution.DistributionConfig.Origins.Items[0]),
    behavior: distribution.DistributionConfig.DefaultCacheBehavior,
    domain,
    computer,
    world,
    check,
    within,
    now,
    async apply(changes) {
      for (const change of changes) {
        const text = present(changeTexts(change).find(({ form }) => form === 'cli')).text;
        await run('bash', ['-e', '-c', text], { env: environment, cwd: dir });
      }
    },
    async look() {
      trustCertificate();
      const seen = {
        signed: await statusOf(link),
        unsigned: await statusOf(link.replace(/\?.*$/, '')),
        direct: await statusOf(`${s3.endpoint}/${BUCKET}/${encodeURI(computer.key)}`),
      };
      vi.unstubAllEnvs();
      return seen;
    },
    async close() {
      owner.destroy();
      await front.close();
      await Promise.all([http.close(), https.close(), control.close(), s3.close()]);
    },
  };
}

/** What a user asks S3 with. */
export function clientOf({ endpoint }: EmbeddedS3, user: AccountUser): S3Client {
  const { accessKeyId, secretAccessKey } = user;
  return s3Client({ endpoint, region: REGION, accessKeyId, secretAccessKey });
}

async function statusOf(url: string): Promise<number> {
  if (url === '') return 0;
  const answer = await probeLink(url, new AbortController().signal);
  return answer.kind === 'answer' ? answer.status : 0;
}

/** Has the extension and the AWS CLI find the account, and nothing of whoever runs the tests. */
async function prepareAws(
  dir: string,
  s3: string,
  control: string,
): Promise<Record<string, string | undefined>> {
  const profiles = [ADA, READER];
  const services = { s3, cloudfront: control, kms: control, sts: control };
  const environment = await awsEnvironment(path.join(dir, 'aws'), {
    config: [
      ...profiles.map(({ name }) => `[profile ${name}]\nregion = ${REGION}\nservices = local`),
      '[services local]',
      ...Object.entries(services).map(([name, url]) => `${name} =\n  endpoint_url = ${url}`),
      '',
    ].join('\n'),
    credentials: profiles
      .map(
        ({ name, accessKeyId, secretAccessKey }) =>
          `[${name}]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`,
      )
      .join(''),
  });
  const bin = path.join(dir, 'bin');
  await mkdir(bin, { recursive: true });
  // The CLI of Debian reads no endpoint out of the config file.
  await writeFile(
    path.join(bin, 'aws'),
    `#!/bin/sh
case "$1" in s3 | s3api) endpoint=${s3} ;; *) endpoint=${control} ;; esac
exec /usr/bin/aws --endpoint-url "$endpoint" "$@"
`,
    { mode: 0o755 },
  );
  return {
    ...environment,
    PATH: `${bin}:/usr/bin:/bin`,
    AWS_PROFILE: ADA.name,
    AWS_PAGER: '',
  };
}

function valueOf<T>(outcome: Outcome<T>): T {
  if (outcome.kind !== 'ok') throw new Error(JSON.stringify(outcome));
  return outcome.value;
}

/** What has to be there for a test to go on. */
export function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('It is expected to be there.');
  return value;
}
