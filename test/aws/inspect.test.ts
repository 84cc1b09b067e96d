import { createPublicKey, generateKeyPairSync, randomInt, type KeyObject } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureDebianPackages } from '../../dev/debian.ts';
import { addDemoDistribution } from '../../dev/edge/demoDistribution.ts';
import { createDistributionStore } from '../../dev/edge/distributionStore.ts';
import { resourceCovers } from '../../dev/edge/policyResource.ts';
import { judgeViewer } from '../../dev/edge/viewerAccess.ts';
import { inspectText } from '../../src/core/inspect/inspectText.ts';
import type { CloudFrontInspection, Inspection } from '../../src/core/inspect/inspection.ts';
import { covers } from '../../src/core/inspect/resource.ts';
import type { Result } from '../../src/core/outcome.ts';
import { mutate, mutations } from './inspect/mutations.ts';
import { byAwsCli, byBotocore, byExtension, type Pair, type Wish } from './inspect/signers.ts';

/** Another run's, to have its mutations again. */
const seed = Number(process.env['INSPECT_SEED'] ?? randomInt(2 ** 31));
const MUTATED = 10_000;

const NOW = 1_790_000_000;
const RSA = pairOf(
  'K2JCJMDEHXQW5F',
  generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
);
const EC = pairOf(
  'KECDSA000000P256',
  generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
);
const KEYS = [RSA, EC].map(({ keyPairId, pem }) => ({
  keyPairId,
  publicKeyPem: createPublicKey(pem).export({ type: 'spki', format: 'pem' }).toString(),
}));

function pairOf(keyPairId: string, key: KeyObject): Pair {
  return { keyPairId, pem: key.export({ type: 'pkcs8', format: 'pem' }).toString() };
}

const ends = NOW + 7 * 86_400;
const WISHES: readonly Wish[] = [
  'https://d111111abcdef8.cloudfront.net/reports/2026/summary.pdf',
  'https://cdn.example.com/a%20b/%C3%BC%2B%25%281%29%2A.txt',
  'http://127.0.0.1:8080/%E6%97%A5%E6%9C%AC//x',
  'https://cdn.example.com/a?response-content-disposition=attachment%3B%20filename%3D%22a%22&x',
].map((url) => ({ url, ends }));

/** The same by custom policies. */
const BOUND: readonly Wish[] = WISHES.flatMap(({ url }) => [
  { url, ends, resource: url, begins: NOW - 60 },
  { url, ends, resource: url, address: '192.0.2.0/24' },
  { url, ends, resource: url, begins: NOW + 60, address: '198.51.100.7/32' },
]);

function inspect(text: string): Inspection {
  const inspected = inspectText(text, KEYS, NOW);
  if (inspected.kind !== 'ok') throw new Error(JSON.stringify(inspected.problem));
  return inspected.value;
}

/** What is to be told of a signed URL. */
function expected(wish: Wish, keyPairId: string): Partial<CloudFrontInspection> {
  const { url, resource = url, begins, address } = wish;
  return {
    kind: 'signed-url',
    url,
    resource,
    policy: wish.resource === undefined ? 'canned' : 'custom',
    expiresAt: wish.ends,
    notBefore: begins,
    ipAddress: address,
    state: begins !== undefined && begins > NOW ? 'not-yet' : 'alive',
    remainingSeconds: wish.ends - NOW,
    keyPairId,
    signature: 'intact',
    signedBy: keyPairId,
    mistakes: [],
  };
}

/** What was found of a signature. */
function stateOf(inspected: Result<Inspection>): string {
  if (inspected.kind !== 'ok') return 'nothing found';
  return 'signature' in inspected.value ? inspected.value.signature : 'unsigned';
}

let dir: string;
beforeAll(async () => {
  await ensureDebianPackages(
    ['awscli', 'python3-botocore', 'python3-cryptography'],
    'what AWS’s own signers make is taken apart',
  );
  dir = await mkdtemp(join(tmpdir(), 'inspect-'));
});
afterAll(() => rm(dir, { recursive: true }));

describe('what is told of a signed URL is what was signed', () => {
  it('by botocore', async () => {
    const wild = {
      url: WISHES[0]?.url ?? '',
      ends,
      resource: 'https://d111111abcdef8.*/reports/*',
    };
    const wishes = [...WISHES, ...BOUND, wild];
    const signed = await byBotocore(RSA, wishes);
    expect(signed.map(inspect)).toEqual(
      wishes.map((wish) => expect.objectContaining(expected(wish, RSA.keyPairId))),
    );
  });

  it('by the AWS CLI', async () => {
    const wishes = [...WISHES, ...BOUND.slice(0, 3)];
    const signed = await byAwsCli(RSA, wishes, dir);
    expect(signed.map(inspect)).toEqual(
      wishes.map((wish) => expect.objectContaining(expected(wish, RSA.keyPairId))),
    );
  });

  it.each([
    ['RSA', RSA],
    ['P-256', EC],
  ])('by this extension with %s', (_kind, pair) => {
    for (const hash of ['SHA1', 'SHA256'] as const) {
      for (const wish of [...WISHES, ...BOUND]) {
        expect(inspect(byExtension(pair, wish, hash))).toMatchObject({
          ...expected(wish, pair.keyPairId),
          hashAlgorithm: hash,
        });
      }
    }
  });
});

/** Up to eight of some letters. */
function letters(which: string): fc.Arbitrary<string> {
  return fc.string({ unit: fc.constantFrom(...which.split('')), maxLength: 8 });
}

describe('the resource of a custom policy', () => {
  const resource = fc.oneof(
    fc
      .tuple(
        fc.constantFrom('http://', 'https://', '*://', ''),
        letters('ab/.*?'),
        letters('ab/.*?&='),
      )
      .map(([protocol, domain, tail]) => `${protocol}${domain}/${tail}`),
    fc.constantFrom('*', '*a', 'https://*', 'http://a', 'https://a*', 'ab', '', '://'),
  );
  const url = fc.record({
    protocol: fc.constantFrom('http' as const, 'https' as const),
    host: letters('ab.').filter((host) => host !== ''),
    path: letters('ab/.').map((path) => `/${path}`),
    query: fc.option(letters('ab/.?&='), { nil: undefined }),
  });

  it('covers here what it covers at the edge', () => {
    let covered = 0;
    fc.assert(
      fc.property(resource, url, (pattern, parts) => {
        const { protocol, host, path, query } = parts;
        const text = `${protocol}://${host}${path}${query === undefined ? '' : `?${query}`}`;
        const isCovered = covers(pattern, text);
        covered += isCovered ? 1 : 0;
        expect(isCovered).toBe(resourceCovers(pattern, parts));
      }),
      { numRuns: 20_000, seed },
    );
    expect(covered).toBeGreaterThan(100);
  });
});

/** Every kind of link to begin with, all alive. */
const LINKS = [RSA, EC].flatMap((pair) =>
  [...WISHES, ...BOUND.filter(({ begins = 0 }) => begins < NOW)].flatMap((wish) => [
    byExtension(pair, wish, 'SHA1'),
    byExtension(pair, wish, 'SHA256'),
  ]),
);

describe(`${MUTATED} mutated URLs (INSPECT_SEED=${seed})`, () => {
  const store = createDistributionStore();
  const distribution = addDemoDistribution(store, {
    bucket: 'files',
    region: 'eu-central-1',
    publicKey: { id: RSA.keyPairId, pem: KEYS[0]?.publicKeyPem ?? '' },
    aliases: [],
  });
  store.PublicKeys.push({
    Id: EC.keyPairId,
    CreatedTime: '',
    PublicKeyConfig: {
      CallerReference: '',
      Name: '',
      Comment: '',
      EncodedKey: KEYS[1]?.publicKeyPem ?? '',
    },
  });
  store.KeyGroups[0]?.KeyGroupConfig.Items.push(EC.keyPairId);

  /** Whether the edge, which shares no code with what is tested, lets a viewer in by a URL. */
  function opens(url: string): boolean {
    const [, protocol = '', host = '', path = '', query] =
      /^(https?):\/\/([^/?#]*)([^?#]*)(?:\?([^#]*))?/i.exec(url) ?? [];
    const request = {
      method: 'GET',
      protocol: protocol.toLowerCase() === 'https' ? ('https' as const) : ('http' as const),
      host,
      path: path === '' ? '/' : path,
      query,
      headers: {},
      cookies: new Map<string, string>(),
    };
    const behavior = distribution.DistributionConfig.DefaultCacheBehavior;
    const refusal = judgeViewer(store, distribution, behavior, request, {
      now: NOW,
      clientAddress: '192.0.2.77',
      country: 'US',
      isBlocked: () => false,
    });
    return refusal === undefined;
  }

  /** Whether any client that is sent a text gets in by the URL in it, as it is or as browsers send it. */
  function isGood(text: string): boolean {
    const url = /https?:\/\/[^\s"<>`\\]*/i.exec(text)?.[0] ?? '';
    return opens(url) || (URL.canParse(url) && opens(new URL(url).href));
  }

  it('begin with links that are good', () => {
    for (const link of LINKS) {
      expect([inspect(link), isGood(link)]).toMatchObject([{ signature: 'intact' }, true]);
    }
  });

  it('crash nothing, hang nothing, and are never called intact', () => {
    const counts: Record<string, number> = { seed };
    let longest = 0;
    fc.assert(
      fc.property(fc.constantFrom(...LINKS), mutations, (link, list) => {
        const text = mutate(link, list);
        fc.pre(text !== link);
        const begun = performance.now();
        const inspected = inspectText(text, KEYS, NOW);
        longest = Math.max(longest, performance.now() - begun);
        const state = stateOf(inspected);
        const good = isGood(text);
        const name = `${state}${good ? ', though good' : ''}`;
        counts[name] = (counts[name] ?? 0) + 1;
        // What the edge takes was changed in nothing that counts, such as the order of parameters.
        const isRight = state !== 'intact' || good;
        // A backslash ends a URL, but what follows may be an escape of JSON.
        const isFound = !good || text.includes('\\') || /^(?:intact|mendable)$/.test(state);
        expect({ isRight, isFound }).toEqual({ isRight: true, isFound: true });
      }),
      { numRuns: MUTATED, seed },
    );
    counts['longest, ms'] = Math.round(longest);
    console.table(counts);
    expect(longest).toBeLessThan(1000);
  });
});
