import assert from 'node:assert/strict';

import { before, describe, it } from 'mocha';
import * as vscode from 'vscode';

import { DEMO_BUCKET, DEMO_KEY } from '../../dev/demo/demoFiles.ts';
import { importAccountKey, refusalOf, run, runForText, withSettings } from './cloudfrontSigner.ts';
import { endOf, fetchText, partsOf } from './links.ts';

const URI = `s3://${DEMO_BUCKET}/${DEMO_KEY}`;
const DAY = 86_400;

const SETTINGS = {
  'link.templates': { Ticket: 'See ${url}' },
  presets: {
    'customer-30d': { expiresIn: '30d', hashAlgorithm: 'SHA256', format: 'Ticket' },
    'from here': { ipAddress: '127.0.0.0/8' },
    wrong: { expiresIn: 'soon' },
    lost: { format: 'Lost' },
  },
};

before(importAccountKey);

for (const command of [
  'copySignedUrl',
  'copySignedUrlAs',
  'copySignedUrlWithOptions',
  'quickCopySignedUrl',
]) {
  const copied = async (options: object): Promise<string> =>
    withSettings(SETTINGS, () => runForText(command, URI, options));

  describe(`${command} by a script, with a preset`, () => {
    it('signs as the preset says', async () => {
      const text = await copied({ preset: 'customer-30d' });
      assert.equal(await vscode.env.clipboard.readText(), text);
      const [, url = ''] = /^See (http:\S+)$/.exec(text) ?? [];
      assert.equal(partsOf(url).parameters.get('Hash-Algorithm'), 'SHA256');
      assert.ok(Math.abs(endOf(url) - Date.now() / 1000 - 30 * DAY) < 60);
      assert.equal((await fetchText(url)).status, 200);
    });

    it('lets what is given override it', async () => {
      const url = await copied({ preset: 'customer-30d', expiresIn: '1d', format: 'url' });
      assert.equal(partsOf(url).parameters.get('Hash-Algorithm'), 'SHA256');
      assert.ok(Math.abs(endOf(url) - Date.now() / 1000 - DAY) < 60);
    });

    it('has conditions of it kept', async () => {
      const url = await copied({ preset: 'from here' });
      assert.ok(partsOf(url).parameters.has('Policy'));
      assert.equal((await fetchText(url)).status, 200);
    });

    const refusals: readonly (readonly [options: object, words: RegExp])[] = [
      [{ preset: 'customer' }, /“preset”.*customer-30d, from here, lost\./],
      [{ preset: 'wrong' }, /“preset”/],
      [{ preset: 'lost' }, /“format”.*Ticket/],
      [{ preset: 'from here', query: { a: 'b' } }, /wildcard/],
    ];
    for (const [options, words] of refusals) {
      it(`refuses ${JSON.stringify(options)}`, async () => {
        await vscode.env.clipboard.writeText('kept');
        const refusal = await withSettings(SETTINGS, () => refusalOf(run(command, URI, options)));
        assert.equal(refusal.code, 'option-invalid');
        assert.match(refusal.message, words);
        assert.equal(await vscode.env.clipboard.readText(), 'kept');
      });
    }
  });
}
