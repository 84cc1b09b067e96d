import { sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { policyDocument, type Policy } from '../../../../src/core/cloudfront/policy.ts';
import { signUrl, type SignPolicy } from '../../../../src/core/cloudfront/signedUrl.ts';
import { fail, ok } from '../../../../src/core/outcome.ts';
import { valueOf } from '../valueOf.ts';
import {
  cannedDocument,
  EC,
  fromCloudFront,
  isSigned,
  RSA,
  signPolicy,
  toCloudFront,
} from './nodeSigner.ts';

const canned: Policy = { resource: 'https://a.example/a%20b', expiresAt: 2_000_000_000 };
const custom: Policy = { ...canned, notBefore: 1_900_000_000, ipAddress: '192.0.2.0/24' };
const customDocument =
  '{"Statement":[{"Resource":"https://a.example/a%20b","Condition":{"DateLessThan":{"AWS:EpochTime":2000000000},"DateGreaterThan":{"AWS:EpochTime":1900000000},"IpAddress":{"AWS:SourceIp":"192.0.2.0/24"}}}]}';

const KEYS = [
  ['RSA 2048', RSA],
  ['P-256', EC],
] as const;

const HASHES = [
  ['SHA1', '', 'SHA256'],
  ['SHA256', '&Hash-Algorithm=SHA256', 'SHA1'],
] as const;

describe.each(KEYS)('with %s', (_kind, key) => {
  describe.each(HASHES)('and %s', (hash, hashParameter, otherHash) => {
    it('a canned policy is in the URL as its end alone', () => {
      const url = valueOf(signUrl(canned, key, hash, signPolicy));
      const signature = /Signature=([A-Za-z0-9~_-]+)/.exec(url)?.[1];
      expect(url).toBe(
        `https://a.example/a%20b?Expires=2000000000&Signature=${signature}&Key-Pair-Id=${key.keyPairId}${hashParameter}`,
      );
      const document = cannedDocument('https://a.example/a%20b', 2_000_000_000);
      expect(isSigned(url, document, key, hash)).toBe(true);
      expect(isSigned(url, document, key, otherHash)).toBe(false);
    });

    it('a custom policy is in the URL whole', () => {
      const url = valueOf(signUrl(custom, key, hash, signPolicy));
      const signature = /Signature=([A-Za-z0-9~_-]+)/.exec(url)?.[1];
      const policy = /Policy=([A-Za-z0-9~_-]+)/.exec(url)?.[1] ?? '';
      expect(url).toBe(
        `https://a.example/a%20b?Policy=${policy}&Signature=${signature}&Key-Pair-Id=${key.keyPairId}${hashParameter}`,
      );
      expect(fromCloudFront(policy).toString()).toBe(customDocument);
      expect(isSigned(url, customDocument, key, hash)).toBe(true);
    });
  });
});

it('CloudFront’s parameters follow the caller’s, which are signed', () => {
  const resource = 'https://a.example/a?size=large&license=yes';
  const url = valueOf(signUrl({ ...canned, resource }, RSA, 'SHA1', signPolicy));
  expect(url).toMatch(/^https:\/\/a\.example\/a\?size=large&license=yes&Expires=2000000000&Sig/);
  expect(isSigned(url, cannedDocument(resource, 2_000_000_000), RSA, 'SHA1')).toBe(true);
});

describe('the check before a URL is given out', () => {
  /** Signers that go wrong; each would make a link that does not work. */
  const WRONG: readonly (readonly [string, SignPolicy])[] = [
    [
      'one bit of the signature is wrong',
      (...call) => ok(withoutLastBit(valueOf(signPolicy(...call)))),
    ],
    ['there is no signature', () => ok('')],
    [
      'the signature is that of another text',
      (document, ...rest) => signPolicy(`${document}\n`, ...rest),
    ],
    [
      'the signature is over another hash',
      (document, key, hash) => signPolicy(document, key, hash === 'SHA1' ? 'SHA256' : 'SHA1'),
    ],
    [
      'the signature is another key’s',
      (document, key, hash) => signPolicy(document, key === RSA ? EC : RSA, hash),
    ],
    [
      'the signature has its end cut off',
      (...call) => ok(valueOf(signPolicy(...call)).slice(0, -8)),
    ],
    [
      'the signature brings another parameter along',
      (...call) => ok(`${valueOf(signPolicy(...call))}&a=1`),
    ],
    [
      'the signature brings a longer life along',
      (document, ...rest) => {
        const longer = document.replace('2000000000', '2100000000');
        const policy = toCloudFront(Buffer.from(longer).toString('base64'));
        return ok(`${valueOf(signPolicy(longer, ...rest))}&Policy=${policy}`);
      },
    ],
  ];

  describe.each(KEYS)('with %s', (_kind, key) => {
    describe.each([
      ['canned', canned],
      ['custom', custom],
    ])('and a %s policy', (_form, policy) => {
      it.each(WRONG)('refuses it where %s', (_what, wrongSigner) => {
        for (const [hash] of HASHES) {
          expect(signUrl(policy, key, hash, wrongSigner)).toEqual(
            fail({ code: 'self-check-failed', detail: expect.stringMatching(/\S/) }),
          );
        }
      });
    });
  });

  it('refuses a signature in standard base64, whose alphabet CloudFront does not read', () => {
    // Of RSA, since its 256 bytes always end in `==`.
    const signature = sign('sha1', Buffer.from(policyDocument(canned)), RSA.privateKey);
    expect(signUrl(canned, RSA, 'SHA1', () => ok(signature.toString('base64')))).toMatchObject({
      problem: { code: 'self-check-failed' },
    });
  });

  it('refuses a key whose halves do not belong together', () => {
    expect(signUrl(canned, { ...RSA, publicKey: EC.publicKey }, 'SHA1', signPolicy)).toMatchObject({
      problem: { code: 'self-check-failed' },
    });
  });

  it.each([
    'https://A.example/a',
    'https://a.example/a/../b',
    'https://a.example/%2e',
    'https://a.example/a b',
    'https://a.example:443/a',
    "https://a.example/a?it's",
    'https://a.example',
  ])('refuses what a client would rewrite: %s', (resource) => {
    expect(signUrl({ ...canned, resource }, RSA, 'SHA1', signPolicy)).toMatchObject({
      problem: { code: 'self-check-failed' },
    });
  });

  it.each(['Expires=1', 'Policy=a', 'Signature=a', 'Key-Pair-Id=a', 'Hash-Algorithm=SHA1'])(
    'refuses a resource with a parameter that CloudFront strips: %s',
    (parameter) => {
      const resource = `https://a.example/a?b=c&${parameter}`;
      expect(signUrl({ ...canned, resource }, RSA, 'SHA1', signPolicy)).toMatchObject({
        problem: { code: 'self-check-failed' },
      });
    },
  );
});

it('a signer’s problem is handed on', () => {
  const problem = fail({ code: 'signing-failed', detail: 'No' });
  expect(signUrl(canned, RSA, 'SHA1', () => problem)).toEqual(problem);
});

describe('the length of a URL', () => {
  /** What an RSA signature and its parameters take behind the path of this resource. */
  const short = valueOf(signUrl(canned, RSA, 'SHA1', signPolicy)).length;
  const policyOfLength = (bytes: number): Policy => ({
    ...canned,
    resource: canned.resource + 'x'.repeat(bytes - short),
  });

  it('may be 8192 bytes', () => {
    const url = valueOf(signUrl(policyOfLength(8192), RSA, 'SHA1', signPolicy));
    expect(Buffer.byteLength(url)).toBe(8192);
  });

  it.each([8193, 20_000])('may not be %i bytes', (bytes) => {
    expect(signUrl(policyOfLength(bytes), RSA, 'SHA1', signPolicy)).toEqual(
      fail({ code: 'url-too-long', bytes }),
    );
  });

  it('counts what SHA-256 adds', () => {
    expect(signUrl(policyOfLength(8192), RSA, 'SHA256', signPolicy)).toEqual(
      fail({ code: 'url-too-long', bytes: 8192 + '&Hash-Algorithm=SHA256'.length }),
    );
  });
});

/** The same signature with its last bit the other way round. */
function withoutLastBit(signature: string): string {
  const bytes = fromCloudFront(signature);
  const last = bytes.length - 1;
  bytes.writeUInt8(bytes.readUInt8(last) ^ 1, last);
  return toCloudFront(bytes.toString('base64'));
}
