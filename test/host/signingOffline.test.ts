import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';

import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';

import { DEMO_BUCKET, DEMO_KEY } from '../../dev/demo/demoFiles.ts';
import { importAccountKey, run, runForText, withSettings } from './cloudfrontSigner.ts';
import { eventually } from './eventually.ts';
import { readFixture } from './fixture.ts';
import { fetchText, partsOf } from './links.ts';

const URI = `s3://${DEMO_BUCKET}/${DEMO_KEY}`;

/** A copy waits a second at most for S3's word on the object; the rest is for a busy computer. */
const PATIENCE_MS = 3000;

describe('signing needs no S3', () => {
  /** Stands in for an S3 that is out of reach: takes every request and answers none. */
  let silent: Server;
  let endpoint: string;
  const asked: string[] = [];

  before(async () => {
    await importAccountKey();
    silent = createServer(({ url }) => asked.push(url ?? ''));
    await new Promise<void>((resolve) => {
      silent.listen(0, '127.0.0.1', resolve);
    });
    const address = silent.address();
    assert.ok(typeof address === 'object' && address !== null);
    endpoint = `http://127.0.0.1:${String(address.port)}`;
  });

  after(() => {
    silent.close();
    silent.closeAllConnections();
  });

  it('and no credentials: a profile that does not exist', async () => {
    asked.length = 0;
    await withSettings({ 'aws.profile': 'nobody', 's3.endpoint': endpoint }, async () => {
      const url = await runForText('copySignedUrl', URI, {});
      assert.equal((await fetchText(url)).status, 200);
      // Before the settings are put back, one after the other.
      assert.deepEqual(asked, []);
    });
  });

  it('and no bucket that the profile knows: a mapping is all it takes', async () => {
    const { keyPairId } = readFixture().account;
    const distributions = [{ bucket: 'elsewhere', domain: 'e.example.com', keyPairId }];
    const url = await withSettings({ distributions }, () =>
      runForText('copySignedUrl', 's3://elsewhere/x', {}),
    );
    assert.equal(partsOf(url).resource, 'https://e.example.com/x');
  });

  describe('nor a CloudFront that answers, where a mapping says all there is to say', () => {
    const config = process.env['AWS_CONFIG_FILE'] ?? '';
    let text: string;

    beforeEach(async () => {
      text = await readFile(config, 'utf8');
      const profile = [
        '[profile silent]',
        'region = eu-central-1',
        'aws_access_key_id = AKIASILENT0000000001',
        'aws_secret_access_key = a-secret-that-nobody-knows',
        'services = silent',
        '[services silent]',
        'cloudfront =',
        `  endpoint_url = ${endpoint}`,
      ];
      await writeFile(config, `${text}\n${profile.join('\n')}\n`);
      asked.length = 0;
    });

    afterEach(() => writeFile(config, text));

    it('not even for a prefix', async () => {
      const { keyPairId } = readFixture().account;
      const distributions = [{ bucket: 'elsewhere', domain: 'e.example.com', keyPairId }];
      await withSettings({ 'aws.profile': 'silent', distributions }, async () => {
        const started = performance.now();
        const url = await runForText('signPrefix', 's3://elsewhere/a/', { format: 'base-url' });
        assert.ok(performance.now() - started < PATIENCE_MS);
        assert.equal(partsOf(url).resource, 'https://e.example.com/a/');
        assert.ok(asked.length > 0, 'CloudFront was not even asked.');
      });
    });
  });

  describe('that answers: where it is silent', () => {
    const calls: readonly (readonly [who: string, ...args: unknown[]])[] = [
      ['a script', URI, {}],
      ['a person', URI],
    ];
    for (const [who, ...args] of calls) {
      it(`the URL is there for ${who}, and works`, async () => {
        asked.length = 0;
        await withSettings({ 's3.endpoint': endpoint }, async () => {
          await run('buckets.focus');
          await eventually('a request for the buckets', () => asked[0]);
          const started = performance.now();
          const url = await runForText('quickCopySignedUrl', ...args);
          assert.ok(performance.now() - started < PATIENCE_MS);
          assert.equal(await vscode.env.clipboard.readText(), url);
          assert.equal((await fetchText(url)).status, 200);
        });
      });
    }
  });
});
