import { createPrivateKey, createPublicKey } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_BUCKET, DEMO_KEY } from '../../dev/demo/demoFiles.ts';
import { type DemoStack, startDemoStack } from '../../dev/demo/demoStack.ts';
import { bucketPolicyFor } from '../../dev/edge/demoDistribution.ts';
import { s3ObjectStore } from '../../src/aws/s3ObjectStore.ts';
import { signPolicy } from '../../src/aws/signPolicy.ts';
import { VERSION_PARAMETER } from '../../src/core/cloudfront/optionsSummary.ts';
import { signObject } from '../../src/core/cloudfront/signObject.ts';
import type { SigningKey } from '../../src/core/cloudfront/signedUrl.ts';
import { type Answer, sendTo } from './edgeStage.ts';
import { s3Client } from './s3Clients.ts';

let dir: string;
let stack: DemoStack;
let key: SigningKey;
let ids: readonly string[];

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'version-link-'));
  stack = await startDemoStack(dir);
  const privateKey = createPrivateKey(await readFile(stack.privateKeyFile, 'utf8'));
  key = { keyPairId: stack.keyPairId, privateKey, publicKey: createPublicKey(privateKey) };
  const { s3, store, developer } = stack;
  s3.putBucket(DEMO_BUCKET, { keepsVersions: true });
  for (const content of ['old', 'newer']) s3.putObject(DEMO_BUCKET, DEMO_KEY, content);
  const { endpoint, region } = s3;
  const { accessKeyId, secretAccessKey } = developer;
  const client = s3Client({ endpoint, region, accessKeyId, secretAccessKey });
  const listed = await s3ObjectStore(client, { profile: 'demo', login: undefined }).listVersions(
    { bucket: DEMO_BUCKET, key: DEMO_KEY },
    new AbortController().signal,
  );
  if (listed.kind !== 'ok') throw new Error('The versions were not listed.');
  ids = listed.value.map(({ id }) => id);
  store.CachePolicies.push({
    Id: 'versions',
    CachePolicyConfig: {
      Name: 'versions',
      ParametersInCacheKeyAndForwardedToOrigin: {
        QueryStringsConfig: {
          QueryStringBehavior: 'whitelist',
          QueryStrings: { Items: [VERSION_PARAMETER] },
        },
      },
    },
  });
});
afterAll(async () => {
  await stack.close();
  await rm(dir, { recursive: true, force: true });
});

/** Has the behavior forward the parameter, or not, and the bucket let CloudFront read versions. */
function arrange(forwards: boolean, allowed: readonly string[]): void {
  const distribution = stack.store.Distributions.find(({ Id }) => Id === stack.distributionId);
  if (distribution === undefined) throw new Error('The demo has no distribution.');
  const behavior = distribution.DistributionConfig.DefaultCacheBehavior;
  // AWS's managed policy `CachingOptimized` forwards no query.
  behavior.CachePolicyId = forwards ? 'versions' : '658327ea-f89d-4fab-a63d-7e88639e58f6';
  const { Version, Statement } = bucketPolicyFor(distribution.ARN, DEMO_BUCKET);
  stack.s3.putBucketPolicy(DEMO_BUCKET, {
    Version,
    Statement: Statement.map((statement) => ({ ...statement, Action: allowed })),
  });
}

/** Opens a link to a version through the edge. */
async function open(version: string): Promise<Answer> {
  const signed = signObject(
    DEMO_KEY,
    {
      endpoint: { protocol: 'http', domain: stack.domain, originPath: '' },
      key,
      grant: {
        expiresAt: Math.floor(Date.now() / 1000) + 300,
        hashAlgorithm: 'SHA1',
        query: { [VERSION_PARAMETER]: version },
      },
    },
    signPolicy,
  );
  if (signed.kind !== 'ok') throw new Error(JSON.stringify(signed.problem));
  return sendTo(stack.edge.port, signed.value);
}

const READS_ALL = ['s3:GetObject', 's3:GetObjectVersion'];

describe('a signed link to a version', () => {
  it('opens that version, where the behavior forwards which', async () => {
    arrange(true, READS_ALL);
    const [latest = '', old = ''] = ids;
    expect(await open(old)).toMatchObject({ status: 200, text: 'old' });
    expect(await open(latest)).toMatchObject({ status: 200, text: 'newer' });
  });

  it('opens the latest, where the behavior does not', async () => {
    arrange(false, READS_ALL);
    expect(await open(ids[1] ?? '')).toMatchObject({ status: 200, text: 'newer' });
  });

  it('is refused, where CloudFront may read the latest alone', async () => {
    arrange(true, ['s3:GetObject']);
    expect(await open(ids[1] ?? '')).toMatchObject({ status: 403, code: 'AccessDenied' });
  });

  it('opens what is deleted meanwhile', async () => {
    arrange(true, READS_ALL);
    stack.s3.deleteObject(DEMO_BUCKET, DEMO_KEY);
    expect(await open(ids[1] ?? '')).toMatchObject({ status: 200, text: 'old' });
  });
});
