import { generateKeyPairSync, type KeyPairKeyObjectResult, sign } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { ensureDebianPackages } from '../../dev/debian.ts';
import { signPolicy } from '../../src/aws/signPolicy.ts';
import type { SigningKey } from '../../src/core/cloudfront/signedUrl.ts';
import { cannedPolicy, cloudFrontBase64 } from './edgeSigning.ts';
import { opensslAccepts, signatureBytes } from './everyKey/openssl.ts';

const rsa = signingKey(generateKeyPairSync('rsa', { modulusLength: 2048 }));
const ec = signingKey(generateKeyPairSync('ec', { namedCurve: 'P-256' }));

const HASHES = ['SHA1', 'SHA256'] as const;

/** Texts that a signer which parses, encodes or shortens them would change. */
const DOCUMENTS: readonly (readonly [string, string])[] = [
  ['a canned policy', cannedPolicy('https://files.example.com/a%20b', 2_000_000_000)],
  ['encoded characters', cannedPolicy("https://a.example/%2A%28%29%27!'()+%C3%A9", 2_000_000_000)],
  ['wildcards and a query', cannedPolicy('https://a.example/a*?b=%3F&c', 2_000_000_000)],
  ['white space and raw Unicode', `{ "Statement" : [ "\u00e9 \u{1f600}" ]\r\n}\n`],
];

beforeAll(() => ensureDebianPackages(['openssl'], 'it checks signatures a second time'));

describe.each([
  ['RSA 2048', rsa],
  ['ECDSA P-256', ec],
])('%s', (_kind, key) => {
  describe.each(HASHES)('%s', (hash) => {
    it.each(DOCUMENTS)('signs %s exactly as given, to OpenSSL too', async (_name, document) => {
      const claim = {
        publicKeyPem: String(key.publicKey.export({ type: 'spki', format: 'pem' })),
        hash,
        document,
        signature: signatureBytes(signatureOf(document, key, hash)),
      };
      expect(await opensslAccepts(claim)).toBe(true);
      expect(await opensslAccepts({ ...claim, document: `${document} ` })).toBe(false);
      const otherHash = hash === 'SHA1' ? 'SHA256' : 'SHA1';
      expect(await opensslAccepts({ ...claim, hash: otherHash })).toBe(false);
    });

    it('writes the signature in CloudFront’s alphabet', () => {
      // Enough of them that each of the three characters would come up.
      for (let expires = 2_000_000_000; expires < 2_000_000_020; expires++) {
        const document = cannedPolicy('https://a.example/a', expires);
        expect(signatureOf(document, key, hash)).toMatch(/^[A-Za-z0-9~-]+_{0,2}$/);
      }
    });
  });
});

describe.each(HASHES)('RSA with %s', (hash) => {
  it.each(DOCUMENTS)('gives the one signature there is of %s', (_name, document) => {
    const signature = sign(hash, Buffer.from(document), rsa.privateKey);
    expect(signatureOf(document, rsa, hash)).toBe(cloudFrontBase64(signature));
  });
});

describe('a key that cannot sign', () => {
  const ed25519 = generateKeyPairSync('ed25519');
  it.each([
    ['a public key', { ...rsa, privateKey: rsa.publicKey }],
    ['an Ed25519 key', signingKey(ed25519)],
  ])('is told as a problem: %s', (_name, key) => {
    expect(signPolicy('{}', key, 'SHA1')).toEqual({
      kind: 'problem',
      problem: { code: 'signing-failed', detail: expect.stringMatching(/\S/) },
    });
  });
});

function signingKey({ privateKey, publicKey }: KeyPairKeyObjectResult): SigningKey {
  return { keyPairId: 'KEXAMPLE', privateKey, publicKey };
}

function signatureOf(document: string, key: SigningKey, hash: 'SHA1' | 'SHA256'): string {
  const result = signPolicy(document, key, hash);
  if (result.kind !== 'ok') throw new Error(JSON.stringify(result.problem));
  return result.value;
}
