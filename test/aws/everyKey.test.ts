import {
  CreateBucketCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import {
  createHash,
  generateKeyPairSync,
  type KeyPairKeyObjectResult,
  randomInt,
} from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureDebianPackages } from '../../dev/debian.ts';
import { addDemoDistribution } from '../../dev/edge/demoDistribution.ts';
import { createDistributionStore } from '../../dev/edge/distributionStore.ts';
import { type Edge, startEdge } from '../../dev/edge/startEdge.ts';
import { type Rgw, startRgw } from '../../dev/s3/rgw.ts';
import { s3ObjectStore } from '../../src/aws/s3ObjectStore.ts';
import { signPolicy } from '../../src/aws/signPolicy.ts';
import { type Signing, signObject } from '../../src/core/cloudfront/signObject.ts';
import type { HashAlgorithm, SigningKey } from '../../src/core/cloudfront/signedUrl.ts';
import type { Result } from '../../src/core/outcome.ts';
import { cannedPolicy } from './edgeSigning.ts';
import { everyKindOfKey, UNSTORABLE_CHARACTERS } from './everyKey/everyKindOfKey.ts';
import { inParallel } from './everyKey/inParallel.ts';
import { listEverything } from './everyKey/listEverything.ts';
import { opensslAccepts, signatureBytes } from './everyKey/openssl.ts';
import { judge } from './everyKey/reference.ts';
import { s3Client } from './s3Clients.ts';

/** An object put, and what the extension makes of its key. */
interface Link {
  readonly key: string;
  readonly signer: SigningKey;
  readonly hashAlgorithm: HashAlgorithm;
  readonly expiresAt: number;
  readonly result: Result<string>;
}

/** A link that there is. */
type Signed = Omit<Link, 'result'> & { readonly url: string };

const COUNT = 10_000;
const BUCKET = 'every-key';
const AT_A_TIME = 16;
/** The `openssl` binary, a process for each, looks at every so manieth link. */
const OPENSSL_STEP = 47;
const TIMEOUT_MS = 600_000;

/** Another run's, to have its keys again. */
const seed = Number(process.env['EVERY_KEY_SEED'] ?? randomInt(2 ** 32));

const totals: Record<string, number> = { seed };

describe(`${COUNT} keys over all of Unicode (EVERY_KEY_SEED=${seed})`, () => {
  const keys = everyKindOfKey(seed, COUNT);
  const signers = [
    signingKey('KRSA2048', generateKeyPairSync('rsa', { modulusLength: 2048 })),
    signingKey('KECDSAP256', generateKeyPairSync('ec', { namedCurve: 'P-256' })),
  ];
  let rgw: Rgw;
  let client: S3Client;
  let edge: Edge;
  let links: readonly Link[];
  let signed: readonly Signed[];

  beforeAll(async () => {
    await ensureDebianPackages(
      ['openssl', 'python3-botocore', 'python3-cryptography'],
      'AWS’s Python signer and OpenSSL check every signed URL a second time',
    );
    rgw = await startRgw();
    client = s3Client(rgw);
    await client.send(new CreateBucketCommand({ Bucket: BUCKET }));
    edge = await startEdgeBeforeBucket(rgw, client, signers);
    await inParallel(keys, AT_A_TIME, (key) => put(key, contentOf(key)));
    totals['put'] = keys.length;
    const now = Math.floor(Date.now() / 1000);
    links = keys.map((key, index) => sign(key, index, signers, edge, now));
    signed = links.flatMap(({ result, ...link }) =>
      result.kind === 'ok' ? [{ ...link, url: result.value }] : [],
    );
  }, TIMEOUT_MS);

  afterAll(async () => {
    console.table(totals);
    await edge?.close();
    client?.destroy();
    await rgw?.close();
  });

  async function put(key: string, content: Buffer): Promise<void> {
    await client.send(new PutObjectCommand({ Bucket: BUCKET, Key: key, Body: content }));
  }

  it('leaves out only characters that the server refuses to store', async () => {
    for (const character of UNSTORABLE_CHARACTERS) {
      for (const key of [character, `a${character}`, `${character}/a`]) {
        await expect(put(key, contentOf(key))).rejects.toMatchObject({
          $metadata: { httpStatusCode: 400 },
        });
      }
    }
    const used = new Set(signed.map(({ key }) => key).join(''));
    totals['different characters signed'] = used.size;
    totals[`characters left out: ${UNSTORABLE_CHARACTERS.map(codePointName).join(', ')}`] =
      UNSTORABLE_CHARACTERS.length;
    // 0x110000 code points, of which 0x800 are surrogates.
    expect(used.size).toBe(0x110000 - 0x800 - UNSTORABLE_CHARACTERS.length);
  });

  it(
    'lists exactly those that were put, each once',
    async () => {
      const store = s3ObjectStore(client, { profile: undefined, login: undefined });
      const listed = await listEverything(store, BUCKET);
      const found = new Set(listed);
      const wanted = new Set(keys);
      expectNone([
        ...listed.filter((key) => !wanted.has(key)).map((key) => wrong(key, 'was never put')),
        ...keys.filter((key) => !found.has(key)).map((key) => wrong(key, 'is not listed')),
      ]);
      expect(listed.length).toBe(COUNT);
      totals['listed'] = listed.length;
    },
    TIMEOUT_MS,
  );

  it('refuses a key only for its dot segments, which no client sends', () => {
    const refused = links.flatMap(({ key, result }) =>
      result.kind === 'ok' ? [] : [{ key, problem: result.problem }],
    );
    expectNone(
      refused.flatMap(({ key, problem }) =>
        problem.code === 'key-unreachable' &&
        problem.reason === 'dot-segment' &&
        key.split('/').some((segment) => segment === '.' || segment === '..')
          ? []
          : [wrong(key, `is refused: ${JSON.stringify(problem)}`)],
      ),
    );
    totals['refused: dot segment'] = refused.length;
    expect(refused.length).toBeGreaterThan(0);
  });

  it(
    'serves the very bytes of every other one through its signed URL',
    async () => {
      const answers = await inParallel(signed, AT_A_TIME, async ({ key, url }) => {
        const response = await fetch(url, { redirect: 'manual' });
        const body = Buffer.from(await response.arrayBuffer());
        if (response.status !== 200)
          return wrong(key, `is answered ${response.status} ${body.toString()}`);
        return body.equals(contentOf(key)) ? undefined : wrong(key, 'has other bytes');
      });
      const wrongs = answers.filter((answer) => answer !== undefined);
      totals['fetched, bytes equal'] = answers.length - wrongs.length;
      expectNone(wrongs);
      expect((totals['fetched, bytes equal'] ?? 0) + (totals['refused: dot segment'] ?? 0)).toBe(
        COUNT,
      );
    },
    TIMEOUT_MS,
  );

  it(
    'signs the URL that Python encodes, as OpenSSL accepts and botocore does',
    async () => {
      const judgements = await judge(
        `http://127.0.0.1:${edge.port}`,
        Object.fromEntries(
          signers.map(({ keyPairId, privateKey }) => [
            keyPairId,
            String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
          ]),
        ),
        signed.map(({ key, expiresAt, url }) => ({ key, expires: expiresAt, url })),
      );
      expect(judgements.length).toBe(signed.length);
      expectNone(
        signed.flatMap(({ key, signer, hashAlgorithm, url }, index) => {
          const judgement = judgements[index];
          if (judgement?.url !== url.slice(0, url.indexOf('?')))
            return [wrong(key, `is encoded as ${url}, by Python as ${judgement?.url}`)];
          if (!judgement.verified) return [wrong(key, 'has a signature that OpenSSL refuses')];
          const comparable = signer.keyPairId === 'KRSA2048' && hashAlgorithm === 'SHA1';
          return judgement.botocore === (comparable ? url : null)
            ? []
            : [wrong(key, `is signed as ${url}, by botocore as ${judgement.botocore}`)];
        }),
      );
      totals['signatures accepted by OpenSSL'] = judgements.length;
      totals['equal to botocore’s'] = judgements.filter(({ botocore }) => botocore !== null).length;
      // Every fourth link is one of RSA with SHA-1.
      expect(totals['equal to botocore’s']).toBeGreaterThan(signed.length / 5);
    },
    TIMEOUT_MS,
  );

  it(
    'signs so that the openssl binary agrees, for a sample',
    async () => {
      const sample = signed.filter((_link, index) => index % OPENSSL_STEP === 0);
      const answers = await inParallel(sample, 2, async (link) =>
        (await isAccepted(link)) ? undefined : wrong(link.key, 'has a signature that it refuses'),
      );
      expectNone(answers.filter((answer) => answer !== undefined));
      totals['of these by the openssl binary'] = sample.length;
      const kinds = new Set(sample.map((link) => `${link.signer.keyPairId} ${link.hashAlgorithm}`));
      expect(kinds.size).toBe(4);
    },
    TIMEOUT_MS,
  );
});

function signingKey(
  keyPairId: string,
  { privateKey, publicKey }: KeyPairKeyObjectResult,
): SigningKey {
  return { keyPairId, privateKey, publicKey };
}

/** The edge, with an identity that the policy of the bucket lets read, and a key group of all keys. */
async function startEdgeBeforeBucket(
  rgw: Rgw,
  client: S3Client,
  signers: readonly SigningKey[],
): Promise<Edge> {
  const { arn, ...originIdentity } = await rgw.addUser('edge');
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: [arn] },
        Action: 's3:GetObject',
        Resource: `arn:aws:s3:::${BUCKET}/*`,
      },
    ],
  });
  await client.send(new PutBucketPolicyCommand({ Bucket: BUCKET, Policy }));
  const store = createDistributionStore();
  const [first, ...others] = signers.map(({ keyPairId, publicKey }) => ({
    id: keyPairId,
    pem: publicPem(publicKey),
  }));
  if (first === undefined) throw new Error('A distribution needs a key');
  addDemoDistribution(store, {
    bucket: BUCKET,
    region: rgw.region,
    publicKey: first,
    aliases: ['127.0.0.1'],
  });
  for (const { id, pem } of others) {
    const CreatedTime = new Date().toISOString();
    store.PublicKeys.push({
      Id: id,
      CreatedTime,
      PublicKeyConfig: { CallerReference: id, Name: id, EncodedKey: pem, Comment: '' },
    });
    store.KeyGroups[0]?.KeyGroupConfig.Items.push(id);
  }
  return startEdge({ store, s3: rgw, originIdentity });
}

/** Takes keys in turn, and hashes in turn with each key; every link ends at a second of its own. */
function sign(
  key: string,
  index: number,
  signers: readonly SigningKey[],
  { port }: Edge,
  now: number,
): Link {
  const signer = signers[index % signers.length];
  if (signer === undefined) throw new Error('There is no key to sign with');
  const hashAlgorithm = Math.floor(index / signers.length) % 2 === 0 ? 'SHA1' : 'SHA256';
  const expiresAt = now + 3600 + index;
  const signing: Signing = {
    endpoint: { protocol: 'http', domain: `127.0.0.1:${port}`, originPath: '' },
    key: signer,
    grant: { expiresAt, hashAlgorithm, query: {} },
  };
  const result = signObject(key, signing, signPolicy);
  return { key, signer, hashAlgorithm, expiresAt, result };
}

function isAccepted({ signer, hashAlgorithm, expiresAt, url }: Signed): Promise<boolean> {
  return opensslAccepts({
    publicKeyPem: publicPem(signer.publicKey),
    hash: hashAlgorithm,
    document: cannedPolicy(url.slice(0, url.indexOf('?')), expiresAt),
    signature: signatureBytes(new URL(url).searchParams.get('Signature') ?? ''),
  });
}

function publicPem(publicKey: SigningKey['publicKey']): string {
  return String(publicKey.export({ type: 'spki', format: 'pem' }));
}

function contentOf(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}

function codePointName(character: string): string {
  return `U+${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}`;
}

function wrong(key: string, what: string): string {
  return `${JSON.stringify(key)} ${what}`;
}

/** Ten of what is wrong say enough. */
function expectNone(wrongs: readonly string[]): void {
  expect(wrongs.slice(0, 10), `${wrongs.length} wrong; EVERY_KEY_SEED=${seed}`).toEqual([]);
}
