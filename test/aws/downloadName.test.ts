import { execFileSync } from 'node:child_process';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_KEY } from '../../dev/demo/demoFiles.ts';
import { type DemoStack, startDemoStack } from '../../dev/demo/demoStack.ts';
import { signPolicy } from '../../src/aws/signPolicy.ts';
import { contentDisposition, fileNameFault } from '../../src/core/cloudfront/contentDisposition.ts';
import { signObject } from '../../src/core/cloudfront/signObject.ts';
import type { SigningKey } from '../../src/core/cloudfront/signedUrl.ts';
import { RESPONSE_OVERRIDES } from '../../src/core/setup/cachePolicies.ts';
import { sendTo } from './edgeStage.ts';

const READER = path.join(import.meta.dirname, 'downloadName/readNames.py');

const HOSTILE = fc
  .string({
    unit: fc.oneof(
      fc.constantFrom('"', ';', '%', "'", '*', '=', ',', '%22', '%0d%0a', ' ', 'é', '😀'),
      fc.constantFrom('a', '.', '-', '_', '\u202e', '\ufeff', '\u00a0', '<', '$(x)', '`'),
    ),
    minLength: 1,
    maxLength: 30,
  })
  .filter((name) => fileNameFault(name) === undefined);

const NAMES = [
  'report.pdf',
  'Q3 résumé (final).pdf',
  'a"b.txt',
  `it's; filename="x".exe`,
  '100%.txt',
  '発表.md',
  '😀.png',
  ' spaces .txt ',
  ...fc.sample(HOSTILE, { numRuns: 300, seed: 8187 }),
];

let dir: string;
let stack: DemoStack;
let key: SigningKey;

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'download-name-'));
  stack = await startDemoStack(dir);
  const privateKey = createPrivateKey(await readFile(stack.privateKeyFile, 'utf8'));
  key = { keyPairId: stack.keyPairId, privateKey, publicKey: createPublicKey(privateKey) };
  const { store, distributionId } = stack;
  store.CachePolicies.push({
    Id: 'overrides',
    CachePolicyConfig: {
      Name: 'overrides',
      ParametersInCacheKeyAndForwardedToOrigin: {
        QueryStringsConfig: {
          QueryStringBehavior: 'whitelist',
          QueryStrings: { Items: [...RESPONSE_OVERRIDES] },
        },
      },
    },
  });
  const distribution = store.Distributions.find(({ Id }) => Id === distributionId);
  if (distribution === undefined) throw new Error('The demo has no distribution.');
  distribution.DistributionConfig.DefaultCacheBehavior.CachePolicyId = 'overrides';
});
afterAll(async () => {
  await stack.close();
  await rm(dir, { recursive: true, force: true });
});

/** The header of a download through the edge, by a link that gives it a name. */
async function dispositionOf(name: string): Promise<string> {
  const signed = signObject(
    DEMO_KEY,
    {
      endpoint: { protocol: 'http', domain: stack.domain, originPath: '' },
      key,
      grant: {
        expiresAt: Math.floor(Date.now() / 1000) + 300,
        hashAlgorithm: 'SHA1',
        query: { 'response-content-disposition': contentDisposition(name) },
      },
    },
    signPolicy,
  );
  if (signed.kind !== 'ok') throw new Error(JSON.stringify(signed.problem));
  const { status, headers } = await sendTo(stack.edge.port, signed.value);
  expect(status).toBe(200);
  return headers['content-disposition'] ?? '';
}

describe('a download through CloudFront', () => {
  it(`has the very name that the link gives it, ${NAMES.length} of them, for who reads RFC 8187`, async () => {
    const headers: string[] = [];
    for (const name of NAMES) headers.push(await dispositionOf(name));
    const answer: unknown = JSON.parse(
      // Debian's own, whichever else comes first in PATH.
      execFileSync('/usr/bin/python3', [READER], { input: JSON.stringify(headers) }).toString(),
    );
    const plain = expect.stringMatching(/^[ !#-[\]-~]+$/);
    expect(answer).toEqual(NAMES.map((name) => ['attachment', plain, name]));
  });
});
