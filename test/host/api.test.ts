import assert from 'node:assert/strict';
import { createPublicKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';

import { before, describe, it } from 'mocha';
import * as vscode from 'vscode';

import type { CloudFrontUrlSigner } from '../../api/cloudfront-url-signer.d.ts';
import { DEMO_BUCKET, DEMO_KEY } from '../../dev/demo/demoFiles.ts';
import { opensslAccepts, signatureBytes } from '../aws/everyKey/openssl.ts';
import { importAccountKey, refusalOf, runForText, withSettings } from './cloudfrontSigner.ts';
import { readFixture } from './fixture.ts';
import { endOf, fetchText, partsOf } from './links.ts';

const { domain, keyPairId, privateKeyFile } = readFixture().account;
const OBJECT = { bucket: DEMO_BUCKET, key: DEMO_KEY };
const URI = `s3://${DEMO_BUCKET}/${DEMO_KEY}`;

let signer: CloudFrontUrlSigner;

before(async () => {
  const extension = vscode.extensions.getExtension<CloudFrontUrlSigner>(
    'cloudfront-url-signer.cloudfront-url-signer',
  );
  assert.ok(extension);
  signer = await extension.activate();
  await importAccountKey();
});

describe('the API', () => {
  it('is of version 1, and nobody can change it', () => {
    assert.equal(signer.version, 1);
    assert.deepEqual(Object.keys(signer), ['version', 'sign', 'inspect']);
    assert.ok(Object.isFrozen(signer));
  });
});

describe('sign', () => {
  it('gives a URL that OpenSSL verifies and CloudFront serves', async () => {
    const [link, ...others] = await signer.sign(URI, { expiresIn: '1h' });
    assert.ok(link !== undefined && others.length === 0);
    const { url, expiresAt, ...rest } = link;
    assert.deepEqual(rest, { ...OBJECT, keyPairId });
    assert.equal(expiresAt, endOf(url));
    const { resource, parameters } = partsOf(url);
    const publicKey = createPublicKey(await readFile(privateKeyFile, 'utf8'));
    const claim = {
      publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
      hash: 'SHA1',
      document: `{"Statement":[{"Resource":"${resource}","Condition":{"DateLessThan":{"AWS:EpochTime":${String(expiresAt)}}}}]}`,
    } as const;
    const signature = signatureBytes(parameters.get('Signature') ?? '');
    assert.ok(await opensslAccepts({ ...claim, signature }));
    const another = { ...claim, document: claim.document.replace('Q3', 'Q4') };
    assert.ok(!(await opensslAccepts({ ...another, signature })));
    assert.equal((await fetchText(url)).status, 200);
  });

  it('takes several, in their order, and leaves the clipboard alone', async () => {
    await vscode.env.clipboard.writeText('kept');
    const days = ['2026-03-09', '2025-01-01'];
    const keys = days.map((day) => `logs/${day}.log`);
    const links = await signer.sign([
      { bucket: DEMO_BUCKET, key: keys[0] ?? '' },
      `s3://${DEMO_BUCKET}/${keys[1] ?? ''}`,
    ]);
    assert.deepEqual(
      links.map(({ key }) => key),
      keys,
    );
    const answers = await Promise.all(links.map(({ url }) => fetchText(url)));
    assert.deepEqual(
      answers.map(({ body }) => body),
      days.map((day) => `${day} ok\n`),
    );
    assert.equal(await vscode.env.clipboard.readText(), 'kept');
  });

  it('grants what the options say', async () => {
    const until = Math.floor(Date.now() / 1000) + 3600;
    const [link] = await signer.sign(OBJECT, {
      expiresAt: until,
      ipAddress: '192.0.2.7',
      hashAlgorithm: 'SHA256',
      distribution: `http://${domain}`,
      keyPairId,
    });
    assert.equal(link?.expiresAt, until);
    const { ipAddress, hashAlgorithm, signature } = await signer.inspect(link.url);
    assert.deepEqual([ipAddress, hashAlgorithm, signature], ['192.0.2.7/32', 'SHA256', 'intact']);
    assert.equal((await fetchText(link.url)).status, 403);
  });

  it('goes no further than the settings of the user', async () => {
    await withSettings({ 'expiry.default': '2h', 'expiry.maximum': '3h' }, async () => {
      const began = Math.floor(Date.now() / 1000);
      const [link] = await signer.sign(URI);
      assert.ok(link !== undefined && Math.abs(link.expiresAt - began - 7200) < 60);
      const refusal = await refusalOf(signer.sign(URI, { expiresIn: '4h' }));
      assert.equal(refusal.code, 'expiry-over-maximum');
    });
  });

  const refused: readonly (readonly [
    what: string,
    objects: unknown,
    options: unknown,
    code: string,
  ])[] = [
    ['a text that names no object', '//', {}, 'location-invalid'],
    ['what is no object', 7, {}, 'location-invalid'],
    ['nothing, whatever is selected', undefined, {}, 'location-invalid'],
    ['no objects', [], {}, 'object-unnamed'],
    [
      'an object that no URL can carry',
      { bucket: DEMO_BUCKET, key: 'a/../b' },
      {},
      'key-unreachable',
    ],
    ['an end that is over', URI, { expiresAt: 1 }, 'expiry-past'],
    ['a key that is not there', URI, { keyPairId: 'K00000000000NO' }, 'private-key-missing'],
    ['an option that there is not', URI, { days: 7 }, 'option-invalid'],
    ['a format, since it writes no text', URI, { format: 'url' }, 'option-invalid'],
    ['options that are none', URI, '1h', 'option-invalid'],
  ];
  for (const [what, objects, options, code] of refused) {
    it(`is refused for ${what}`, async () => {
      await runForText('copyS3Uri', URI);
      // @ts-expect-error What is called from JavaScript has no types.
      const refusal = await refusalOf(signer.sign(objects, options));
      assert.equal(refusal.code, code);
      assert.ok(refusal.message.startsWith(`${String(refusal.title)}. `));
    });
  }
});

describe('inspect', () => {
  it('tells what a link says, and nothing that opens it', async () => {
    const [link] = await signer.sign(URI, { expiresIn: '1h', ipAddress: '192.0.2.0/24' });
    assert.ok(link);
    const told = await signer.inspect(link.url);
    assert.deepEqual(
      [told.kind, told.state, told.signature, told.signedBy, told.mistakes],
      ['signed-url', 'alive', 'intact', keyPairId, []],
    );
    assert.match(told.summary, /^Ends in .*\. Intact/);
    const { parameters } = partsOf(link.url);
    for (const name of ['Signature', 'Policy']) {
      const secret = parameters.get(name) ?? '';
      assert.ok(secret.length > 40 && !JSON.stringify(told).includes(secret.slice(0, 40)));
    }
  });

  for (const text of ['nothing', '', 7, undefined]) {
    it(`is refused for ${String(text)}, whatever is on the clipboard`, async () => {
      await runForText('copySignedUrl', URI, {});
      // @ts-expect-error What is called from JavaScript has no types.
      assert.equal((await refusalOf(signer.inspect(text))).code, 'link-unreadable');
    });
  }
});
