import assert from 'node:assert/strict';
import { generateKeyPairSync, randomBytes, type KeyPairKeyObjectResult } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';

import { describe, it } from 'mocha';

import { refusalOf, run, runForText } from './cloudfrontSigner.ts';
import { readFixture } from './fixture.ts';
import { isSignedBy } from './links.ts';

const PASSPHRASE = 'four words and 1 number';

const { scratchDir } = readFixture();
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = privatePemOf(rsa);
const publicKeyPem = publicPemOf(rsa);

describe('importPrivateKey by a script', () => {
  it('takes a PEM, and gives nothing back of the private half', async () => {
    const keyPairId = newKeyPairId();
    assert.deepEqual(await run('importPrivateKey', { pem, keyPairId, name: ' Mine ' }), {
      keyPairId,
      name: 'Mine',
      kind: 'RSA 2048',
      publicKeyPem,
    });
    assert.ok(isSignedBy(await signWith(keyPairId), publicKeyPem));
  });

  it('takes a file, and calls a key by its ID that was given no name', async () => {
    const keyPairId = newKeyPairId();
    const file = path.join(scratchDir, 'pkcs1.pem');
    await writeFile(file, rsa.privateKey.export({ type: 'pkcs1', format: 'pem' }));
    assert.deepEqual(await run('importPrivateKey', { file, keyPairId }), {
      keyPairId,
      name: keyPairId,
      kind: 'RSA 2048',
      publicKeyPem,
    });
    assert.ok(isSignedBy(await signWith(keyPairId), publicKeyPem));
  });

  it('keeps several keys side by side, RSA and P-256', async () => {
    const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const sec1 = curve.privateKey.export({ type: 'sec1', format: 'pem' });
    const [ofRsa, ofCurve] = [newKeyPairId(), newKeyPairId()];
    await run('importPrivateKey', { pem, keyPairId: ofRsa });
    const imported = await run('importPrivateKey', { pem: sec1, keyPairId: ofCurve });
    assert.deepEqual(imported, {
      keyPairId: ofCurve,
      name: ofCurve,
      kind: 'ECDSA P-256',
      publicKeyPem: publicPemOf(curve),
    });
    assert.ok(isSignedBy(await signWith(ofRsa), publicKeyPem));
    assert.ok(isSignedBy(await signWith(ofCurve), publicPemOf(curve)));
    assert.ok(!isSignedBy(await signWith(ofCurve), publicKeyPem));
  });

  it('opens an encrypted key with its passphrase alone, and keeps nothing otherwise', async () => {
    const keyPairId = newKeyPairId();
    const encrypted = rsa.privateKey.export({
      type: 'pkcs8',
      format: 'pem',
      cipher: 'aes-256-cbc',
      passphrase: PASSPHRASE,
    });
    const attempt = (passphrase?: string): Promise<unknown> =>
      run('importPrivateKey', { pem: encrypted, keyPairId, passphrase });

    assert.equal((await refusalOf(attempt())).code, 'passphrase-needed');
    const wrong = await refusalOf(attempt(`${PASSPHRASE}!`));
    assert.equal(wrong.code, 'passphrase-wrong');
    assert.ok(!wrong.message.includes(PASSPHRASE));
    assert.equal((await refusalOf(signWith(keyPairId))).code, 'private-key-missing');

    await attempt(PASSPHRASE);
    assert.ok(isSignedBy(await signWith(keyPairId), publicKeyPem));
  });

  it('takes the same key again, under a new name', async () => {
    const keyPairId = newKeyPairId();
    const named = (name: string): Promise<unknown> =>
      run('importPrivateKey', { pem, keyPairId, name });
    await named('Old');
    assert.deepEqual(await named('New'), {
      keyPairId,
      name: 'New',
      kind: 'RSA 2048',
      publicKeyPem,
    });
  });

  it('puts no other key in the place of one that is kept', async () => {
    const keyPairId = newKeyPairId();
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 });
    await run('importPrivateKey', { pem, keyPairId });
    const refusal = await refusalOf(
      run('importPrivateKey', {
        pem: privatePemOf(other),
        keyPairId,
      }),
    );
    assert.equal(refusal.code, 'option-invalid');
    assert.match(refusal.message, /“keyPairId”.*Another private key is kept/s);
    assert.ok(isSignedBy(await signWith(keyPairId), publicKeyPem));
  });

  describe('refuses', () => {
    const cases: readonly (readonly [
      what: string,
      options: () => Readonly<Record<string, unknown>>,
      code: string,
      words: RegExp,
    ])[] = [
      [
        'a public key',
        () => ({ ...sound(), pem: publicKeyPem }),
        'private-key-refused',
        /public key/,
      ],
      [
        'RSA of another size',
        () => ({
          ...sound(),
          pem: privatePemOf(generateKeyPairSync('rsa', { modulusLength: 1024 })),
        }),
        'private-key-refused',
        /not of 2048 bits/,
      ],
      [
        'another curve',
        () => ({
          ...sound(),
          pem: privatePemOf(generateKeyPairSync('ec', { namedCurve: 'P-384' })),
        }),
        'private-key-refused',
        /P-256/,
      ],
      [
        'Ed25519',
        () => ({ ...sound(), pem: privatePemOf(generateKeyPairSync('ed25519')) }),
        'private-key-refused',
        /Ed25519/,
      ],
      ['what is no PEM', () => ({ ...sound(), pem: 'hello' }), 'private-key-refused', /PEM/],
      ['an empty PEM', () => ({ ...sound(), pem: '' }), 'private-key-refused', /empty/],
      ['a PEM that is no text', () => ({ ...sound(), pem: 1 }), 'option-invalid', /“pem”/],
      ['an ID that is none', () => ({ pem, keyPairId: 'k1' }), 'key-pair-id-invalid', /“k1”/],
      ['an empty ID', () => ({ pem, keyPairId: '' }), 'key-pair-id-invalid', /key pair ID/],
      [
        'an option that there is not',
        () => ({ ...sound(), label: 'x' }),
        'option-invalid',
        /“label”/,
      ],
      [
        'both file and PEM',
        () => ({ ...sound(), file: '/x.pem' }),
        'option-invalid',
        /either file or pem/,
      ],
      [
        'neither file nor PEM',
        () => ({ keyPairId: newKeyPairId() }),
        'option-invalid',
        /either file or pem/,
      ],
      [
        'a file that is not there',
        () => ({ keyPairId: newKeyPairId(), file: path.join(scratchDir, 'none.pem') }),
        'file-unreadable',
        /none\.pem/,
      ],
      [
        'a folder',
        () => ({ keyPairId: newKeyPairId(), file: scratchDir }),
        'file-unreadable',
        /cannot be read/,
      ],
    ];
    for (const [what, options, code, words] of cases) {
      it(what, async () => {
        const refusal = await refusalOf(run('importPrivateKey', options()));
        assert.equal(refusal.code, code);
        assert.match(refusal.message, words);
        assert.ok(typeof refusal.title === 'string' && refusal.message.startsWith(refusal.title));
      });
    }

    it('a file that is too large to be a key', async () => {
      const file = path.join(scratchDir, 'large.pem');
      await writeFile(file, `${pem}${'\n'.repeat(100_000)}`);
      const refusal = await refusalOf(run('importPrivateKey', { file, keyPairId: newKeyPairId() }));
      assert.equal(refusal.code, 'file-unreadable');
    });
  });
});

function newKeyPairId(): string {
  return `K${randomBytes(7).toString('hex').toUpperCase()}`;
}

/** Options that are all right. */
function sound(): Readonly<Record<string, unknown>> {
  return { pem, keyPairId: newKeyPairId() };
}

function privatePemOf({ privateKey }: KeyPairKeyObjectResult): string {
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

function publicPemOf({ publicKey }: KeyPairKeyObjectResult): string {
  return publicKey.export({ type: 'spki', format: 'pem' }).toString();
}

async function signWith(keyPairId: string): Promise<string> {
  return runForText('quickCopySignedUrl', 's3://some-bucket/some key', {
    distribution: 'media.example.com',
    keyPairId,
  });
}
