import assert from 'node:assert/strict';

import { before, describe, it } from 'mocha';
import * as vscode from 'vscode';

import { DEMO_BUCKET, DEMO_KEY } from '../../dev/demo/demoFiles.ts';
import { importAccountKey, refusalOf, run, runForText, withSettings } from './cloudfrontSigner.ts';
import { readExtensionLog } from './extensionLog.ts';
import { endOf, fetchText, partsOf } from './links.ts';

const URI = `s3://${DEMO_BUCKET}/${DEMO_KEY}`;
const NAME = 'Q3 résumé (final).txt';

/** What each format comes to, with the URL where it stands. */
const FORMATS: Readonly<Record<string, RegExp>> = {
  url: /^(http:\S+)$/,
  markdown: /^\[Q3 résumé \(final\)\.txt\]\((http:\S+)\)$/,
  html: /^<a href="(http:\S+)">Q3 résumé \(final\)\.txt<\/a>$/,
  rst: /^`Q3 résumé \(final\)\.txt <(http:\S+)>`__$/,
  curl: /^curl --fail --output 'Q3 résumé \(final\)\.txt' '(http:\S+)'$/,
  wget: /^wget -O 'Q3 résumé \(final\)\.txt' '(http:\S+)'$/,
  powershell:
    /^Invoke-WebRequest -UseBasicParsing -Uri '(http:\S+)' -OutFile 'Q3 résumé \(final\)\.txt'$/,
  json: /^\[\n {2}\{[\s\S]*"url": "(http:\S+)",[\s\S]*\}\n\]$/,
  csv: /^"bucket","key","url","expires"\r\n"acme-media","[^"]*","(http:[^"]*)","[^"]*"$/,
};

before(importAccountKey);

async function copied(command: string, object: unknown, options: object): Promise<string> {
  const text = await runForText(command, object, options);
  assert.equal(await vscode.env.clipboard.readText(), text);
  return text;
}

function urlIn(text: string, format: string): string {
  const [, url = ''] = FORMATS[format]?.exec(text) ?? assert.fail(`${format} is: ${text}`);
  return url.replaceAll('&amp;', '&');
}

async function refused(command: string, options: object, code: string, words: RegExp) {
  await vscode.env.clipboard.writeText('kept');
  const refusal = await refusalOf(run(command, URI, options));
  assert.equal(refusal.code, code);
  assert.match(refusal.message, words);
  assert.equal(await vscode.env.clipboard.readText(), 'kept');
}

describe('a script has links written as', () => {
  for (const command of ['copySignedUrl', 'copySignedUrlAs', 'quickCopySignedUrl']) {
    for (const format of Object.keys(FORMATS)) {
      it(`${format}, by ${command}`, async () => {
        const text = await copied(command, URI, { format });
        assert.equal((await fetchText(urlIn(text, format))).status, 200);
      });
    }
  }

  it('awscli, with all that it takes but the key', async () => {
    const text = await copied('copySignedUrl', URI, { format: 'awscli', expiresAt: 2_000_000_000 });
    const { resource, parameters } = partsOf(
      await runForText('copySignedUrl', URI, { format: 'url', expiresAt: 2_000_000_000 }),
    );
    const keyPairId = parameters.get('Key-Pair-Id') ?? '';
    assert.equal(
      text,
      `aws cloudfront sign --url '${resource}' --key-pair-id ${keyPairId} --private-key file://private_key.pem --date-less-than 2033-05-18T03:33:20Z`,
    );
  });

  it('one text for several objects', async () => {
    const other = `s3://${DEMO_BUCKET}/press/50% off + more #1.txt`;
    const rows = (await copied('copySignedUrl', [URI, other], { format: 'csv' })).split('\r\n');
    assert.equal(rows.length, 3);
    const list: unknown = JSON.parse(
      await copied('copySignedUrl', [URI, other], { format: 'json' }),
    );
    assert.ok(Array.isArray(list) && list.length === 2);
  });

  it('a template of the user’s own', async () => {
    const templates = { Ticket: 'Get ${fileName|json} by ${expires}:\n${url}' };
    await withSettings({ 'link.templates': templates }, async () => {
      const text = await copied('copySignedUrl', URI, { format: 'Ticket' });
      const [first = '', url = ''] = text.split('\n');
      const end = new Date(endOf(url) * 1000).toISOString().replace('.000', '');
      assert.equal(first, `Get "${NAME}" by ${end}:`);
      assert.equal((await fetchText(url)).status, 200);
    });
  });

  it('what the settings say, where it says nothing', async () => {
    await withSettings({ 'link.format': 'markdown' }, async () => {
      assert.match(await copied('copySignedUrl', URI, {}), FORMATS['markdown'] ?? /$^/);
      assert.match(await copied('copySignedUrl', URI, { format: 'url' }), FORMATS['url'] ?? /$^/);
    });
    const settings = { 'link.format': 'Mine', 'link.templates': { Mine: '<${bucket}>' } };
    await withSettings(settings, async () => {
      assert.equal(await copied('quickCopySignedUrl', URI, {}), `<${DEMO_BUCKET}>`);
    });
  });

  it('the URL alone, where they name no format, and the log says so', async () => {
    await withSettings({ 'link.format': 'tickets' }, async () => {
      const url = await copied('copySignedUrl', URI, {});
      assert.equal((await fetchText(url)).status, 200);
    });
    assert.match(await readExtensionLog(), /link\.format has to be one of url, .*not “tickets”/);
  });
});

describe('a script is refused, and the clipboard left alone, for', () => {
  it('a format that there is not, with the names of those there are', async () => {
    await withSettings({ 'link.templates': { Ticket: '${url}' } }, () =>
      refused('copySignedUrl', { format: 'tickets' }, 'option-invalid', /url, .*, csv, Ticket\./),
    );
  });

  it('a template that is wrong', async () => {
    await withSettings({ 'link.templates': { Ticket: '${ur}' } }, () =>
      refused('copySignedUrl', { format: 'Ticket' }, 'option-invalid', /“format”/),
    );
  });

  it('a QR code, which is no text', () =>
    refused('copySignedUrl', { format: 'qr-code' }, 'option-invalid', /“format”/));

  it('a command that signs where nothing is signed', () =>
    refused('copyUnsignedUrl', { format: 'awscli' }, 'option-invalid', /nothing that the AWS CLI/));
});

it('a URL without a signature is written in a format too, but is no matter of the setting', async () => {
  await withSettings({ 'link.format': 'markdown' }, async () => {
    const url = await copied('copyUnsignedUrl', URI, {});
    assert.match(url, /^http:[^?]*$/);
    assert.equal(
      await copied('copyUnsignedUrl', URI, { format: 'html' }),
      `<a href="${url}">${NAME}</a>`,
    );
  });
});
