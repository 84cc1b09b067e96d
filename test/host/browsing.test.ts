import assert from 'node:assert/strict';

import { describe, it } from 'mocha';
import * as vscode from 'vscode';

import { DEMO_BUCKET } from '../../dev/demo/demoFiles.ts';
import { run, withSettings } from './cloudfrontSigner.ts';
import { eventually } from './eventually.ts';
import { readExtensionLog } from './extensionLog.ts';
import { readFixture } from './fixture.ts';

/** One of 700 keys beside each other: pages away from the first. */
const DEEP_KEY = 'logs/2026-11-17.log';

async function selects(text: string, uri: string): Promise<void> {
  assert.equal(await run('openLocation', text), text);
  await eventually(`a selection of ${uri}`, async () =>
    (await run('copyS3Uri')) === uri ? true : undefined,
  );
}

describe('openLocation by a script', () => {
  const places: readonly (readonly [how: string, text: string, uri: string])[] = [
    ['an S3 URI', `s3://${DEMO_BUCKET}/${DEEP_KEY}`, `s3://${DEMO_BUCKET}/${DEEP_KEY}`],
    ['an ARN', `arn:aws:s3:::${DEMO_BUCKET}/README.md`, `s3://${DEMO_BUCKET}/README.md`],
    ['bucket/key', `${DEMO_BUCKET}/press/発表.md`, `s3://${DEMO_BUCKET}/press/発表.md`],
    ['a prefix', `${DEMO_BUCKET}/reports/2026/`, `s3://${DEMO_BUCKET}/reports/2026/`],
    [
      'a prefix without its slash',
      `${DEMO_BUCKET}/reports/2025`,
      `s3://${DEMO_BUCKET}/reports/2025/`,
    ],
    ['a bucket in another region', 'acme-website', 's3://acme-website/'],
    [
      'a web address of S3, presigned',
      `https://s3.eu-central-1.amazonaws.com/${DEMO_BUCKET}/press/%E7%99%BA%E8%A1%A8.md?X-Amz-Signature=0`,
      `s3://${DEMO_BUCKET}/press/発表.md`,
    ],
  ];
  for (const [how, text, uri] of places) {
    it(`selects ${how} in the view`, () => selects(text, uri));
  }

  it('selects the object of a link, by the settings', () =>
    withSettings({ distributions: [{ bucket: DEMO_BUCKET, domain: 'media.example.com' }] }, () =>
      selects(
        'https://media.example.com/press/%E7%99%BA%E8%A1%A8.md?Expires=1&Signature=x~&Key-Pair-Id=K1',
        `s3://${DEMO_BUCKET}/press/発表.md`,
      ),
    ));

  it('selects the object of a link, by the distributions that the view has seen', () =>
    selects(`http://${readFixture().account.domain}/README.md`, `s3://${DEMO_BUCKET}/README.md`));

  const unknown: readonly (readonly [what: string, text: string, code: string])[] = [
    ['an object that is not there', `s3://${DEMO_BUCKET}/logs/2026-11-17.txt`, 'object-missing'],
    ['a bucket that is not there', 's3://no-such-bucket-here/x', 'bucket-missing'],
    ['a text that names no place', '//', 'location-invalid'],
  ];
  for (const [what, text, code] of unknown) {
    it(`shows a problem for ${what}`, async () => {
      assert.equal(await run('openLocation', text), undefined);
      await eventually(`a line about ${code} in the log`, async () =>
        (await readExtensionLog()).includes(`openLocation: ${code}`) ? true : undefined,
      );
    });
  }
});

describe('the commands of the view', () => {
  for (const command of ['refresh', 'loadMore', 'retry', 'clearFilter']) {
    it(`${command} takes nothing, and whatever else it may be given`, async () => {
      for (const args of [[], [undefined], ['text'], [{}], [{ kind: 'folder' }], [[]]]) {
        assert.equal(await run(command, ...args), undefined);
      }
    });
  }

  it('refresh keeps what is shown', async () => {
    const place = `${DEMO_BUCKET}/press/logo.svg`;
    await run('openLocation', place);
    await run('refresh');
    assert.equal(await run('openLocation', place), place);
  });

  it('filterPrefix asks for the prefix, and closing that changes nothing', async () => {
    await run('openLocation', `${DEMO_BUCKET}/logs/`);
    const filtering = run('filterPrefix');
    const closing = setInterval(() => {
      void vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    }, 100);
    assert.equal(await filtering, undefined);
    clearInterval(closing);
  });
});
