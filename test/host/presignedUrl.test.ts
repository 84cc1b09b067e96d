import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { DEMO_BUCKET, DEMO_KEY } from '../../dev/demo/demoFiles.ts';
import { refusalOf, run, runForText, withSettings } from './cloudfrontSigner.ts';
import { fetchText } from './links.ts';

const OBJECT = { bucket: DEMO_BUCKET, key: DEMO_KEY };
const DAY = 24 * 3600;

describe('copyPresignedUrl', () => {
  it('copies a URL that S3 itself serves', async () => {
    const url = await runForText('copyPresignedUrl', OBJECT, { expiresIn: '15m' });
    assert.equal(await vscode.env.clipboard.readText(), url);
    assert.equal(new URL(url).searchParams.get('X-Amz-Expires'), '900');
    assert.deepEqual(await fetchText(url), {
      status: 200,
      body: 'Third quarter: revenue up 12 %, costs down 3 %.\n',
    });
  });

  it('gives S3 no more than its seven days', async () => {
    const url = await runForText('copyPresignedUrl', OBJECT, { expiresIn: '30d' });
    assert.equal(new URL(url).searchParams.get('X-Amz-Expires'), String(7 * DAY));
    assert.equal((await fetchText(url)).status, 200);
  });

  it('gives a line for each of several', async () => {
    const objects = [OBJECT, `s3://${DEMO_BUCKET}/README.md`];
    const urls = (await runForText('copyPresignedUrl', objects, {})).split('\n');
    assert.equal(urls.length, 2);
    for (const url of urls) assert.equal((await fetchText(url)).status, 200);
  });

  it('refuses what means nothing to S3', async () => {
    const refusal = await refusalOf(run('copyPresignedUrl', OBJECT, { ipAddress: '192.0.2.1' }));
    assert.equal(refusal.code, 'option-invalid');
    assert.match(refusal.message, /expiresIn, expiresAt/);
  });

  it('is refused where there are no credentials', async () => {
    const refusal = await withSettings({ 'aws.profile': 'nobody' }, () =>
      refusalOf(run('copyPresignedUrl', OBJECT, {})),
    );
    assert.equal(refusal.code, 'profile-missing');
  });
});

describe('compareWithPresigned', () => {
  it('tells when each would end, why, and that S3 serves the object past CloudFront', async () => {
    const now = Math.floor(Date.now() / 1000);
    const comparison: unknown = await run('compareWithPresigned', OBJECT, {
      expiresAt: now + 30 * DAY,
    });
    assert.ok(typeof comparison === 'object' && comparison !== null && 'presigned' in comparison);
    const { presigned, ...rest } = comparison;
    assert.deepEqual(rest, { signed: { endsAt: now + 30 * DAY } });
    assert.ok(typeof presigned === 'object' && presigned !== null && 'endsAt' in presigned);
    const { endsAt, ...why } = presigned;
    assert.deepEqual(why, {
      bound: 'maximum',
      reason: 'S3 allows seven days at most.',
      bypass: 'served',
    });
    assert.ok(Math.abs(Number(endsAt) - (now + 7 * DAY)) < 60);
  });

  it('compares one object', async () => {
    const refusal = await refusalOf(run('compareWithPresigned', [OBJECT, OBJECT], {}));
    assert.equal(refusal.code, 'object-unnamed');
  });
});
