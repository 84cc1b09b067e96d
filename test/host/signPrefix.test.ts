import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { before, describe, it } from 'mocha';
import * as vscode from 'vscode';

import { DEMO_BUCKET } from '../../dev/demo/demoFiles.ts';
import { importAccountKey, refusalOf, run, runForText, withSettings } from './cloudfrontSigner.ts';
import { readFixture } from './fixture.ts';
import { FRONTS } from './fronts.ts';
import { fetchText, partsOf } from './links.ts';

const { domain, keyPairId } = readFixture().account;

const PREFIX = `s3://${DEMO_BUCKET}/reports/2026/`;
const BASE = `http://${domain}/reports/2026/`;
const CSV = 'month,revenue\n07,412\n08,398\n09,451\n';

before(importAccountKey);

/** Signs, and checks that what is given back is what is on the clipboard. */
async function sign(prefix: unknown, options: object = {}): Promise<string> {
  const text = await runForText('signPrefix', prefix, options);
  assert.equal(await vscode.env.clipboard.readText(), text);
  return text;
}

/** What a base URL opens of other URLs. */
async function statusWith(baseUrl: string, url: string): Promise<number> {
  return (await fetchText(`${url}${baseUrl.slice(baseUrl.indexOf('?'))}`)).status;
}

function resourceOf(url: string): unknown {
  const encoded = partsOf(url).parameters.get('Policy') ?? '';
  const base64 = encoded.replaceAll('-', '+').replaceAll('_', '=').replaceAll('~', '/');
  const [, resource] =
    /"Resource":"([^"]*)"/.exec(Buffer.from(base64, 'base64').toString('utf8')) ?? [];
  return resource;
}

describe('signPrefix by a script', () => {
  it('gives a URL for each object, in order and with one signature, that opens it', async () => {
    const urls = (await sign(PREFIX)).split('\n');
    assert.deepEqual(
      urls.map((url) => decodeURIComponent(partsOf(url).resource)),
      ['Q3 figures.csv', 'Q3 résumé (final).txt', 'chart.svg'].map((name) => `${BASE}${name}`),
    );
    const [first = ''] = urls;
    assert.equal(resourceOf(first), `${BASE}*`);
    assert.equal(new Set(urls.map((url) => url.slice(url.indexOf('?')))).size, 1);
    assert.deepEqual(await fetchText(first), { status: 200, body: CSV });
    for (const url of urls) assert.equal((await fetchText(url)).status, 200);
  });

  it('writes the URLs into a file', async () => {
    await vscode.env.clipboard.writeText('kept');
    const file = path.join(readFixture().scratchDir, 'prefix.txt');
    const written = await run('signPrefix', PREFIX, { file });
    assert.deepEqual(written, {
      file: vscode.Uri.file(file).toString(),
      links: 3,
      refused: 0,
      reasons: [],
    });
    const urls = (await readFile(file, 'utf8')).trimEnd().split('\n');
    assert.equal(urls.length, 3);
    assert.equal(new Set(urls.map((url) => url.slice(url.indexOf('?')))).size, 1);
    for (const url of urls) assert.equal((await fetchText(url)).status, 200);
    assert.equal(await vscode.env.clipboard.readText(), 'kept');
  });

  it('takes a prefix by bucket and key, and one that ends within a name', async () => {
    const text = await sign({ bucket: DEMO_BUCKET, key: 'reports/2026/Q3 f' });
    assert.equal(resourceOf(text), `${BASE}Q3%20f*`);
    assert.deepEqual(await fetchText(text), { status: 200, body: CSV });
  });

  it('gives a base URL, whose query opens what is under it and nothing beside it', async () => {
    const url = await sign(PREFIX, { format: 'base-url', expiresIn: '1h' });
    assert.equal(partsOf(url).resource, BASE);
    assert.equal(await statusWith(url, `${BASE}chart.svg`), 200);
    assert.equal(await statusWith(url, `http://${domain}/reports/2025/annual.json`), 403);
    assert.equal(await statusWith(url, `http://${domain}/README.md`), 403);
  });

  it('signs a whole bucket', async () => {
    const url = await sign(`s3://${DEMO_BUCKET}`, { format: 'base-url' });
    assert.equal(resourceOf(url), `http://${domain}/*`);
    assert.equal(await statusWith(url, `http://${domain}/README.md`), 200);
  });

  it('heeds the options of signing', async () => {
    const closed = await sign(PREFIX, { format: 'base-url', ipAddress: '192.0.2.1' });
    assert.equal(await statusWith(closed, `${BASE}chart.svg`), 403);
    const early = await sign(PREFIX, { format: 'base-url', notBefore: '1h' });
    assert.equal(await statusWith(early, `${BASE}chart.svg`), 403);
    const given = { hashAlgorithm: 'SHA256', keyPairId, query: { player: 'a b' } };
    const url = await sign(PREFIX, { ...given, format: 'base-url', ipAddress: '127.0.0.0/8' });
    assert.match(url, /2026\/\?player=a%20b&Policy=.*&Hash-Algorithm=SHA256$/);
    assert.equal(await statusWith(url, `${BASE}chart.svg`), 200);
    const markdown = await sign(PREFIX, { format: 'markdown' });
    assert.match(markdown, /^(\[.*\]\(http:\S+\)\n){2}\[chart\.svg\]\(http:\S+\)$/);
  });

  for (const format of ['set-cookie', 'curl-cookies', 'cookie-jar', 'console']) {
    it(`gives cookies as ${format}, which open what is under it and nothing beside it`, async () => {
      const text = await sign(PREFIX, { format });
      const cookie = Array.from(
        text.matchAll(/(CloudFront-[\w-]+)[=\t]([\w~-]+)/g),
        ([, name = '', value = '']) => `${name}=${value}`,
      ).join('; ');
      const statusOf = async (url: string): Promise<number> =>
        (await fetch(url, { headers: { cookie } })).status;
      assert.equal(await statusOf(`${BASE}chart.svg`), 200);
      assert.equal(await statusOf(`http://${domain}/README.md`), 403);
    });
  }

  it('opens the whole of an origin whose path is within the prefix', async () => {
    const [name] = FRONTS['below-media'];
    const url = await sign('s3://below-media/', { format: 'base-url' });
    assert.equal(partsOf(url).resource, `https://${name}/`);
    assert.equal(resourceOf(url), `https://${name}/*`);
  });

  it('signs a part that nothing else reaches into', async () => {
    const url = await sign('s3://mixed-origins/video/', { format: 'base-url' });
    assert.equal(resourceOf(url), `https://${FRONTS['mixed-origins'][0]}/video/*`);
  });

  describe('refuses, and leaves the clipboard alone:', () => {
    const refusals: readonly (readonly [
      what: string,
      prefix: unknown,
      options: object,
      code: string,
      words: RegExp,
    ])[] = [
      ['no prefix', [], {}, 'prefix-unnamed', /No folder/],
      ['several', [PREFIX, PREFIX], {}, 'prefix-unnamed', /one folder/],
      ['no place', 'not a place', {}, 'location-invalid', /“not a place”/],
      ['what is empty', `s3://${DEMO_BUCKET}/none/`, {}, 'nothing-to-sign', /no object/],
      ['dots', `s3://${DEMO_BUCKET}/a/../`, {}, 'key-unreachable', /“\.\.”/],
      ['another format', PREFIX, { format: 'doc' }, 'option-invalid', /base-url, set-cookie/],
      ['another option', PREFIX, { recursive: true }, 'option-invalid', /“recursive”/],
      [
        'cookies with a query',
        PREFIX,
        { format: 'console', query: { a: 'b' } },
        'option-invalid',
        /no query/,
      ],
      [
        'a file for one text',
        PREFIX,
        { format: 'cookie-jar', file: '/jar' },
        'option-invalid',
        /URLs of objects/,
      ],
      ['a past end', PREFIX, { expiresAt: '2020-01-01' }, 'expiry-past', /2020/],
      ['what two serve', 's3://twins/a/', {}, 'option-invalid', /Several/],
      ['what nobody serves', 's3://acme-backups/a/', {}, 'distribution-unknown', /acme-backups/],
      [
        'what would open another origin, too',
        's3://mixed-origins',
        { format: 'base-url' },
        'prefix-too-wide',
        /the behavior “api\/\*” takes the same key/,
      ],
    ];
    for (const [what, prefix, options, code, words] of refusals) {
      it(what, async () => {
        await vscode.env.clipboard.writeText('kept');
        const refusal = await refusalOf(run('signPrefix', prefix, options));
        assert.equal(refusal.code, code, refusal.message);
        assert.match(refusal.message, words);
        assert.equal(await vscode.env.clipboard.readText(), 'kept');
      });
    }

    it('what is served in parts', async () => {
      const mapping = { bucket: 'acme-backups', domain, keyPairId, protocol: 'http' };
      const distributions = ['a/', 'b/'].map((prefix) => ({ ...mapping, prefix }));
      await withSettings({ distributions }, async () => {
        const refusal = await refusalOf(run('signPrefix', 's3://acme-backups', {}));
        assert.equal(refusal.code, 'prefix-divided');
        assert.match(refusal.message, /“a\/”, “b\/”/);
      });
    });
  });

  it('signs a playlist by itself without a question', async () => {
    const text = await runForText('copySignedUrl', `s3://${DEMO_BUCKET}/video/a.m3u8`, {});
    assert.ok(partsOf(text).parameters.has('Expires'), 'It is no canned policy.');
  });
});
