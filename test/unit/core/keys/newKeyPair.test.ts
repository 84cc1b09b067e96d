import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { signUrl, type HashAlgorithm } from '../../../../src/core/cloudfront/signedUrl.ts';
import { newKeyPair, typicalUrlLength } from '../../../../src/core/keys/newKeyPair.ts';
import {
  KEY_KINDS,
  readPrivateKey,
  signingKeyOf,
  type KeyKind,
} from '../../../../src/core/keys/privateKey.ts';
import { signPolicy } from '../cloudfront/nodeSigner.ts';
import { valueOf } from '../valueOf.ts';

const ID = 'K2JCJMDEHXQW5F';

describe('a new key pair', () => {
  it.each(KEY_KINDS)('is what an import would make of it: %s', async (kind) => {
    const made = await newKeyPair(kind);
    expect(valueOf(readPrivateKey(made.pem))).toEqual(made);
    expect(made.kind).toBe(kind);
    expect(made.publicKeyPem).toMatch(/^-----BEGIN PUBLIC KEY-----\n/);
  });

  it('is another one each time', async () => {
    const made = await Promise.all([newKeyPair('ECDSA P-256'), newKeyPair('ECDSA P-256')]);
    expect(made[0].pem).not.toBe(made[1].pem);
  });

  it('is made while the caller goes on', async () => {
    let turns = 0;
    const making = newKeyPair('RSA 2048').then(() => turns);
    for (; turns < 3; turns++) await nextTurn();
    expect(await making).toBeGreaterThanOrEqual(3);
  });
});

describe('the length of a URL that is told beforehand', () => {
  const cases = KEY_KINDS.flatMap((kind) =>
    (['SHA1', 'SHA256'] as const).map((hash): [KeyKind, HashAlgorithm] => [kind, hash]),
  );

  it.each(cases)('is that of one that is signed: %s, %s', async (kind, hash) => {
    const { pem } = await newKeyPair(kind);
    const policy = {
      resource: 'https://d111111abcdef8.cloudfront.net/reports/2026/summary.pdf',
      expiresAt: 1_800_000_000,
    };
    const url = valueOf(signUrl(policy, valueOf(signingKeyOf(ID, pem)), hash, signPolicy));
    const told = typicalUrlLength(kind, hash);
    // A number in DER is now and then some bytes shorter.
    expect(url.length).toBeGreaterThanOrEqual(kind === 'RSA 2048' ? told : told - 8);
    expect(url.length).toBeLessThanOrEqual(told);
  });

  it('is less with P-256 by what its signature is shorter', () => {
    const lengths = KEY_KINDS.map((kind) => typicalUrlLength(kind, 'SHA1'));
    // In base64, of 256 bytes and of 72.
    expect(lengths[0]).toBe((lengths[1] ?? 0) + 344 - 96);
  });
});
