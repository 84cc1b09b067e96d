import assert from 'node:assert/strict';

import { before, describe, it } from 'mocha';

import { DEMO_BUCKET, DEMO_KEY } from '../../dev/demo/demoFiles.ts';
import { importAccountKey, refusalOf, runForText, withSettings } from './cloudfrontSigner.ts';
import { readFixture } from './fixture.ts';
import { endOf, fetchText, partsOf } from './links.ts';

const { domain, keyPairId } = readFixture().account;

const URI = `s3://${DEMO_BUCKET}/${DEMO_KEY}`;

const HOUR = 3600;

describe('the setting', () => {
  before(importAccountKey);

  describe('distributions', () => {
    const mapping = { bucket: 'films', keyPairId };
    const distributions = [
      { ...mapping, prefix: 'a/', domain: 'a.example.com' },
      { ...mapping, prefix: 'a/b/', domain: 'ab.example.com', protocol: 'http' },
      { ...mapping, domain: 'all.example.com', originPath: 'media/' },
    ];
    const cases: readonly (readonly [key: string, resource: string])[] = [
      ['a/x', 'https://a.example.com/a/x'],
      ['a/b/x', 'http://ab.example.com/a/b/x'],
      ['media/x', 'https://all.example.com/x'],
    ];
    for (const [key, resource] of cases) {
      it(`takes the longest prefix, off the origin path: ${key}`, async () => {
        const url = await withSettings({ distributions }, () => sign(`s3://films/${key}`));
        assert.equal(partsOf(url).resource, resource);
      });
    }

    it('refuses a key outside the origin path', async () => {
      const refusal = await withSettings({ distributions }, () =>
        refusalOf(sign('s3://films/elsewhere/x')),
      );
      assert.equal(refusal.code, 'key-outside-origin-path');
    });

    it('keeps the good entries beside a bad one', async () => {
      const spoilt = [{ bucket: 'films' }, 'all.example.com', ...distributions];
      const url = await withSettings({ distributions: spoilt }, () => sign('s3://films/a/x'));
      assert.equal(partsOf(url).resource, 'https://a.example.com/a/x');
    });

    it('gives the key pair ID along with the distribution that the caller names', async () => {
      const own = 'KNOTTHEACCOUNTS';
      const several = [
        { bucket: DEMO_BUCKET, domain, keyPairId, protocol: 'http' },
        { bucket: DEMO_BUCKET, prefix: 'reports/', domain: 'r.example.com', keyPairId: own },
      ];
      const url = await withSettings({ distributions: several }, () =>
        sign(URI, { distribution: domain }),
      );
      assert.equal(partsOf(url).parameters.get('Key-Pair-Id'), keyPairId);
      assert.equal((await fetchText(url)).status, 200);
    });

    it('reads a bad list as an empty one', async () => {
      const refusal = await withSettings({ distributions: 'films' }, () =>
        refusalOf(sign('s3://films/a/x')),
      );
      assert.equal(refusal.code, 'distribution-unknown');
    });
  });

  describe('expiry.default', () => {
    it('ends a link whose caller names no end', async () => {
      await assertLife(2 * HOUR, { 'expiry.default': '2h' });
    });

    it('is a day where it is not readable', async () => {
      await assertLife(24 * HOUR, { 'expiry.default': 'a while' });
      await assertLife(24 * HOUR, { 'expiry.default': 7 });
    });
  });

  describe('expiry.maximum', () => {
    const settings = { 'expiry.default': '30m', 'expiry.maximum': '1h' };

    it('refuses what is over it, and nothing else', async () => {
      await withSettings(settings, async () => {
        const refusal = await refusalOf(sign(URI, { expiresIn: '61m' }));
        assert.equal(refusal.code, 'expiry-over-maximum');
        assert.match(refusal.message, /1 hour/);
        await sign(URI, { expiresIn: '1h' });
        await sign(URI);
      });
    });

    it('refuses a default that is over it', async () => {
      const refusal = await withSettings({ ...settings, 'expiry.default': '1d' }, () =>
        refusalOf(sign(URI)),
      );
      assert.equal(refusal.code, 'expiry-over-maximum');
    });

    it('bounds nothing where it is not readable', async () => {
      await assertLife(48 * HOUR, { 'expiry.default': '2d', 'expiry.maximum': 'not long' });
    });
  });

  describe('link.hashAlgorithm', () => {
    it('shows in the URL where it is SHA256, and the link works', async () => {
      const url = await withSettings({ 'link.hashAlgorithm': 'SHA256' }, () => sign(URI));
      assert.equal(partsOf(url).parameters.get('Hash-Algorithm'), 'SHA256');
      assert.equal((await fetchText(url)).status, 200);
    });

    it('yields to the option', async () => {
      const url = await withSettings({ 'link.hashAlgorithm': 'SHA256' }, () =>
        sign(URI, { hashAlgorithm: 'SHA1' }),
      );
      assert.ok(!partsOf(url).parameters.has('Hash-Algorithm'));
    });

    it('is SHA1 where it is not readable', async () => {
      const url = await withSettings({ 'link.hashAlgorithm': 'sha512' }, () => sign(URI));
      assert.ok(!partsOf(url).parameters.has('Hash-Algorithm'));
      assert.equal((await fetchText(url)).status, 200);
    });
  });
});

async function sign(object: unknown, options: object = {}): Promise<string> {
  return runForText('quickCopySignedUrl', object, options);
}

/** @param seconds how long a link lives that is signed with these settings */
async function assertLife(
  seconds: number,
  settings: Readonly<Record<string, unknown>>,
): Promise<void> {
  await withSettings(settings, async () => {
    const began = Math.floor(Date.now() / 1000);
    const end = endOf(await sign(URI));
    assert.ok(end >= began + seconds, 'It ends too early.');
    assert.ok(end <= Math.floor(Date.now() / 1000) + seconds, 'It ends too late.');
  });
}
