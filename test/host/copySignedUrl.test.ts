import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';

import { before, describe, it } from 'mocha';
import * as vscode from 'vscode';

import { DEMO_BUCKET, DEMO_KEY } from '../../dev/demo/demoFiles.ts';
import { importAccountKey, refusalOf, run, runForText } from './cloudfrontSigner.ts';
import { readFixture } from './fixture.ts';
import { endOf, fetchText, partsOf } from './links.ts';

const { domain, keyPairId } = readFixture().account;

const OBJECT = { bucket: DEMO_BUCKET, key: DEMO_KEY };
const URI = `s3://${DEMO_BUCKET}/${DEMO_KEY}`;
const BODY = 'Third quarter: revenue up 12 %, costs down 3 %.\n';

const MINUTE = 60;
const HOUR = 60 * MINUTE;

before(importAccountKey);

for (const command of ['copySignedUrl', 'quickCopySignedUrl']) {
  /** Signs, and checks that what is given back is what is on the clipboard. */
  async function sign(object: unknown, options: object = {}): Promise<string> {
    const text = await runForText(command, object, options);
    assert.equal(await vscode.env.clipboard.readText(), text);
    return text;
  }

  describe(`${command} by a script`, () => {
    describe('signs an object that is named', () => {
      const names: readonly (readonly [how: string, object: unknown])[] = [
        ['by an S3 URI', URI],
        ['by an ARN', `arn:aws:s3:::${DEMO_BUCKET}/${DEMO_KEY}`],
        ['by bucket and key', OBJECT],
        ['in a list', [URI]],
      ];
      for (const [how, object] of names) {
        it(how, async () => {
          const url = await sign(object);
          assert.equal(
            partsOf(url).resource,
            `http://${domain}/reports/2026/Q3%20r%C3%A9sum%C3%A9%20%28final%29.txt`,
          );
          await assertOpens(url);
        });
      }

      it('takes its key literally', async () => {
        const url = await sign(`s3://${DEMO_BUCKET}/press/50% off + more #1.txt`);
        assert.deepEqual(await fetchText(url), { status: 200, body: 'Odd names are fine.\n' });
      });
    });

    it('gives one URL a line, in the order of the objects', async () => {
      const days = ['2026-03-09', '2025-01-01', '2026-11-30'];
      const text = await sign([
        `s3://${DEMO_BUCKET}/logs/${days[0] ?? ''}.log`,
        { bucket: DEMO_BUCKET, key: `logs/${days[1] ?? ''}.log` },
        `${DEMO_BUCKET}/logs/${days[2] ?? ''}.log`,
      ]);
      const answers = await Promise.all(text.split('\n').map(fetchText));
      assert.deepEqual(
        answers,
        days.map((day) => ({ status: 200, body: `${day} ok\n` })),
      );
    });

    it('opens nothing else, and nothing without its signature', async () => {
      const url = await sign(URI);
      const elsewhere = url.replace('/Q3%20', '/Q4%20');
      assert.notEqual(elsewhere, url);
      assert.equal((await fetchText(elsewhere)).status, 403);
      assert.equal((await fetchText(partsOf(url).resource)).status, 403);
    });

    describe('heeds the option', () => {
      it('expiresIn', async () => {
        const began = epoch();
        const end = endOf(await sign(URI, { expiresIn: '1d12h' }));
        assert.ok(end >= began + 36 * HOUR && end <= epoch() + 36 * HOUR);
      });

      it('expiresIn, after which the link is refused', async () => {
        const url = await sign(URI, { expiresIn: '1s' });
        await sleep(2000);
        assert.equal((await fetchText(url)).status, 403);
      });

      it('expiresAt, in epoch seconds', async () => {
        const end = epoch() + HOUR;
        const url = await sign(URI, { expiresAt: end });
        assert.equal(endOf(url), end);
        await assertOpens(url);
      });

      it('expiresAt, as a moment', async () => {
        const url = await sign(URI, { expiresAt: '2037-12-24 18:00 UTC' });
        assert.equal(endOf(url), Date.UTC(2037, 11, 24, 18) / 1000);
        await assertOpens(url);
      });

      it('notBefore, before which the link is refused', async () => {
        const open = await sign(URI, { notBefore: epoch() - MINUTE });
        assert.ok(partsOf(open).parameters.has('Policy'));
        await assertOpens(open);
        const early = await sign(URI, { notBefore: '10m', expiresIn: '1h' });
        assert.equal((await fetchText(early)).status, 403);
      });

      it('ipAddress, which shuts out all others', async () => {
        await assertOpens(await sign(URI, { ipAddress: '127.0.0.0/8' }));
        const url = await sign(URI, { ipAddress: '192.0.2.1' });
        assert.equal((await fetchText(url)).status, 403);
      });

      it('hashAlgorithm', async () => {
        const sha256 = await sign(URI, { hashAlgorithm: 'SHA256' });
        assert.equal(partsOf(sha256).parameters.get('Hash-Algorithm'), 'SHA256');
        await assertOpens(sha256);
        const sha1 = await sign(URI, { hashAlgorithm: 'SHA1' });
        assert.equal(partsOf(sha1).parameters.get('Hash-Algorithm'), null);
        await assertOpens(sha1);
      });

      it('distribution', async () => {
        const url = await sign(URI, { distribution: 'Media.Example.com', keyPairId });
        assert.ok(url.startsWith('https://media.example.com/reports/2026/'));
        // The account's own is mapped to plain HTTP.
        await assertOpens(await sign(URI, { distribution: domain }));
      });

      it('keyPairId', async () => {
        const url = await sign(URI, { keyPairId });
        assert.equal(partsOf(url).parameters.get('Key-Pair-Id'), keyPairId);
        await assertOpens(url);
      });

      it('format', async () => {
        const link = await sign(URI, { format: 'markdown' });
        const [, name, url = ''] = /^\[(.*)\]\((.*)\)$/.exec(link) ?? [];
        assert.equal(name, 'Q3 résumé (final).txt');
        await assertOpens(url);
        assert.match(await sign(URI, { format: 'url' }), /^http:/);
      });

      it('query, which the signature covers', async () => {
        const url = await sign(URI, { query: { download: 'a b&c' } });
        assert.match(url, /\.txt\?download=a%20b%26c&Expires=/);
        await assertOpens(url);
        assert.equal((await fetchText(url.replace('a%20b', 'a%20x'))).status, 403);
      });
    });

    describe('refuses, and leaves the clipboard alone:', () => {
      const far = '2037-12-24';
      const refusals: readonly (readonly [
        what: string,
        object: unknown,
        options: object,
        code: string,
        words: RegExp,
      ])[] = [
        ['no object', [], {}, 'object-unnamed', /No object/],
        ['a place that is none', 'not a place', {}, 'location-invalid', /“not a place”/],
        ['an object of another shape', { bucket: 'b' }, {}, 'location-invalid', /object/],
        ['one bad object of two', [URI, 7], {}, 'location-invalid', /number/],
        ['a bucket alone', `s3://${DEMO_BUCKET}`, {}, 'key-unreachable', /empty key/],
        ['a key no URL can carry', { ...OBJECT, key: 'a/../b' }, {}, 'key-unreachable', /“\.\.”/],
        [
          'one such key among others',
          [OBJECT, { ...OBJECT, key: './b' }],
          {},
          'key-unreachable',
          /\.\/b/,
        ],
        [
          'a key too long for a URL',
          { ...OBJECT, key: 'ü'.repeat(1500) },
          {},
          'url-too-long',
          /bytes/,
        ],
        ['an option there is not', URI, { expires: '1h' }, 'option-invalid', /“expires”/],
        ['expiresIn that is none', URI, { expiresIn: 'soon' }, 'option-invalid', /“expiresIn”/],
        ['expiresIn as a moment', URI, { expiresIn: far }, 'option-invalid', /“expiresIn”/],
        ['expiresIn as a number', URI, { expiresIn: 60 }, 'option-invalid', /“expiresIn”/],
        ['expiresAt that is none', URI, { expiresAt: '24.12.' }, 'option-invalid', /“expiresAt”/],
        ['milliseconds', URI, { expiresAt: Date.now() }, 'option-invalid', /milliseconds/],
        ['two expiries', URI, { expiresIn: '1h', expiresAt: far }, 'option-invalid', /not both/],
        ['an expiry in the past', URI, { expiresAt: '2020-01-01' }, 'expiry-past', /2020-01-01/],
        ['an expiry beyond 2038', URI, { expiresAt: '2040-01-01' }, 'expiry-too-far', /2038/],
        ['notBefore that is none', URI, { notBefore: 'then' }, 'option-invalid', /“notBefore”/],
        [
          'a beginning after the end',
          URI,
          { notBefore: '2h', expiresIn: '1h' },
          'not-before-after-expiry',
          /before it begins/,
        ],
        ['an address that is none', URI, { ipAddress: '::1' }, 'option-invalid', /“ipAddress”/],
        ['another hash', URI, { hashAlgorithm: 'MD5' }, 'option-invalid', /“hashAlgorithm”/],
        ['a domain that is none', URI, { distribution: 'a/b' }, 'domain-invalid', /“a\/b”/],
        [
          'a bucket that nothing serves',
          's3://acme-backups/db.tar',
          {},
          'distribution-unknown',
          /“acme-backups”/,
        ],
        ['a key pair ID that is none', URI, { keyPairId: 'k' }, 'key-pair-id-invalid', /“k”/],
        [
          'a key that is not kept',
          URI,
          { keyPairId: 'KNOTIMPORTED1' },
          'private-key-missing',
          /“KNOTIMPORTED1”/,
        ],
        ['another format', URI, { format: 'doc' }, 'option-invalid', /“format”/],
        ['a query that is none', URI, { query: 'a=b' }, 'option-invalid', /“query”/],
        ['a query with a number', URI, { query: { a: 1 } }, 'option-invalid', /“query”/],
        ['a reserved parameter', URI, { query: { expires: '1' } }, 'query-reserved', /“expires”/],
        [
          'a query in a custom policy, where its “?” opens more',
          URI,
          { query: { a: 'b' }, ipAddress: '127.0.0.1' },
          'option-invalid',
          /wildcard/,
        ],
      ];
      for (const [what, object, options, code, words] of refusals) {
        it(what, async () => {
          await vscode.env.clipboard.writeText('kept');
          const refusal = await refusalOf(run(command, object, options));
          assert.equal(refusal.code, code);
          assert.match(refusal.message, words);
          assert.ok(typeof refusal.title === 'string' && refusal.message.startsWith(refusal.title));
          assert.equal(await vscode.env.clipboard.readText(), 'kept');
        });
      }
    });
  });
}

function epoch(): number {
  return Math.floor(Date.now() / 1000);
}

async function assertOpens(url: string): Promise<void> {
  assert.deepEqual(await fetchText(url), { status: 200, body: BODY });
}
