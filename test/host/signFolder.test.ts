import assert from 'node:assert/strict';
import { chmod, lstat, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { before, describe, it } from 'mocha';
import * as vscode from 'vscode';

import { DEMO_BUCKET } from '../../dev/demo/demoFiles.ts';
import { importAccountKey, refusalOf, run, runForText } from './cloudfrontSigner.ts';
import { readFixture } from './fixture.ts';
import { fetchText, partsOf } from './links.ts';

const { scratchDir } = readFixture();
const END = { expiresIn: '1h' };

/** The keys that the URLs in a text open, in its order. */
function keysIn(text: string): readonly string[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((url) => decodeURIComponent(new URL(partsOf(url).resource).pathname.slice(1)));
}

const LOGS = Array.from({ length: 700 }, (_, day) => {
  const date = new Date(Date.UTC(2025, 0, 1 + day)).toISOString().slice(0, 10);
  return `logs/${date}.log`;
});
const PRESS = ['press/50% off + more #1.txt', 'press/logo.svg', 'press/発表.md'];

before(importAccountKey);

describe('signFolder by a script', () => {
  it('copies the URLs of all objects below, in the order of the tree', async () => {
    const text = await runForText('signFolder', `s3://${DEMO_BUCKET}/press/`, END);
    assert.equal(await vscode.env.clipboard.readText(), text);
    assert.deepEqual(keysIn(text), PRESS);
    const [first = ''] = text.split('\n');
    assert.deepEqual(await fetchText(first), { status: 200, body: 'Odd names are fine.\n' });
  });

  it('takes several places, and each object once', async () => {
    const places = ['logs/2026-11-30', 'press/', 'press/logo'].map(
      (prefix) => `s3://${DEMO_BUCKET}/${prefix}`,
    );
    const text = await runForText('signFolder', places, END);
    assert.deepEqual(keysIn(text), ['logs/2026-11-30.log', ...PRESS]);
  });

  it('leaves out what does not fit a filter', async () => {
    const text = await runForText('signFolder', `s3://${DEMO_BUCKET}`, { ...END, filter: '*.svg' });
    assert.deepEqual(keysIn(text), ['press/logo.svg', 'reports/2026/chart.svg']);
  });

  it('writes them into a file, in the format that is asked for', async () => {
    const file = path.join(scratchDir, 'logs.csv');
    const told = await run('signFolder', `s3://${DEMO_BUCKET}/logs/`, {
      ...END,
      format: 'csv',
      file,
    });
    assert.deepEqual(told, {
      file: vscode.Uri.file(file).toString(),
      links: LOGS.length,
      refused: 0,
      reasons: [],
    });
    const lines = (await readFile(file, 'utf8')).split('\r\n');
    assert.equal(lines[0], '"bucket","key","url","expires"');
    assert.deepEqual(
      lines.slice(1, -1).map((line) => line.split(',')[1]),
      LOGS.map((key) => `"${key}"`),
    );
    assert.equal(lines.at(-1), '');
  });

  it('puts a file in the place of another, with its mode, and leaves a link to it a link', async () => {
    const file = path.join(scratchDir, 'kept.txt');
    const link = path.join(scratchDir, 'link.txt');
    await writeFile(file, 'before');
    await chmod(file, 0o600);
    await symlink(file, link);
    await run('signFolder', `s3://${DEMO_BUCKET}/press/`, { ...END, file: link });
    assert.deepEqual(keysIn(await readFile(file, 'utf8')), PRESS);
    assert.equal((await stat(file)).mode & 0o777, 0o600);
    assert.ok((await lstat(link)).isSymbolicLink());
  });

  const refusals: readonly (readonly [
    how: string,
    place: unknown,
    options: object,
    code: string,
  ])[] = [
    ['nothing', [], {}, 'object-unnamed'],
    ['a place with nothing in it', `s3://${DEMO_BUCKET}/nothing/`, {}, 'nothing-to-sign'],
    ['a filter that nothing fits', `s3://${DEMO_BUCKET}`, { filter: 'zebra' }, 'nothing-to-sign'],
    ['a filter that is none', `s3://${DEMO_BUCKET}`, { filter: '/(/' }, 'option-invalid'],
    ['a filter without an end', `s3://${DEMO_BUCKET}`, { filter: '/(.+)+!/' }, 'option-invalid'],
    ['a file by half its name', `s3://${DEMO_BUCKET}`, { file: 'links.txt' }, 'option-invalid'],
    ['a bucket that is not there', 's3://no-such-bucket', {}, 'bucket-missing'],
    [
      'a folder that is not there',
      `s3://${DEMO_BUCKET}`,
      { file: '/no/links.txt' },
      'file-unwritable',
    ],
    ['an option that there is not', `s3://${DEMO_BUCKET}`, { expires: '1h' }, 'option-invalid'],
  ];
  for (const [how, place, options, code] of refusals) {
    it(`is refused with ${how}`, async () => {
      await vscode.env.clipboard.writeText('before');
      const refusal = await refusalOf(run('signFolder', place, { ...END, ...options }));
      assert.equal(refusal.code, code);
      assert.equal(await vscode.env.clipboard.readText(), 'before');
    });
  }

  it('leaves the file as it was, and nothing beside it, where it fails', async () => {
    const file = path.join(scratchDir, 'failed.txt');
    await writeFile(file, 'before');
    const places = [`s3://${DEMO_BUCKET}/logs/`, 's3://no-such-bucket'];
    const options = { ...END, file, distribution: readFixture().account.domain };
    const refusal = await refusalOf(run('signFolder', places, options));
    assert.equal(refusal.code, 'bucket-missing');
    assert.equal(await readFile(file, 'utf8'), 'before');
    assert.deepEqual(
      (await readdir(scratchDir)).filter((name) => name.includes('failed')),
      ['failed.txt'],
    );
  });
});

describe('signList by a script', () => {
  const uris = PRESS.map((key) => `s3://${DEMO_BUCKET}/${key}`);

  it('signs what a text names, in its order', async () => {
    const text = await runForText('signList', `# press\n${uris.toReversed().join('\n')}\n`, END);
    assert.deepEqual(keysIn(text), PRESS.toReversed());
  });

  it('signs what a list names, keys in a bucket that is named', async () => {
    const options = { ...END, bucket: `${DEMO_BUCKET}/press/` };
    const text = await runForText('signList', ['logo.svg', uris[0]], options);
    assert.deepEqual(keysIn(text), ['press/logo.svg', PRESS[0]]);
  });

  it('signs what a file names', async () => {
    const list = path.join(scratchDir, 'list.txt');
    await writeFile(list, PRESS.join('\r\n'));
    const text = await runForText('signList', vscode.Uri.file(list), {
      ...END,
      bucket: DEMO_BUCKET,
    });
    assert.deepEqual(keysIn(text), PRESS);
  });

  it('tells of objects that no URL can carry, and writes the others into the file', async () => {
    const file = path.join(scratchDir, 'others.json');
    const options = { ...END, bucket: DEMO_BUCKET, format: 'json', file };
    const told = await run('signList', 'a.txt\nb/../c.txt\nd.txt', options);
    assert.deepEqual(told, {
      file: vscode.Uri.file(file).toString(),
      links: 2,
      refused: 1,
      reasons: [{ code: 'key-unreachable', message: '“b/../c.txt” cannot be shared by URL' }],
    });
    const written: unknown = JSON.parse(await readFile(file, 'utf8'));
    assert.ok(Array.isArray(written));
    assert.deepEqual(
      written.map(({ key }: { key: unknown }) => key),
      ['a.txt', 'd.txt'],
    );
    const onClipboard = run('signList', 'a.txt\nb/../c.txt', { ...END, bucket: DEMO_BUCKET });
    assert.equal((await refusalOf(onClipboard)).code, 'key-unreachable');
  });

  const refusals: readonly (readonly [
    how: string,
    list: unknown,
    options: object,
    code: string,
  ])[] = [
    [
      'a line that names no object',
      `${uris.join('\n')}\nhttps://a.example/`,
      {},
      'list-line-invalid',
    ],
    ['keys without a bucket', 'a\nb', {}, 'option-invalid'],
    ['nothing but comments', '# a\n\n', {}, 'nothing-to-sign'],
    ['a file that is not there', vscode.Uri.file('/no/list.txt'), {}, 'file-unreadable'],
    ['nothing', undefined, {}, 'object-unnamed'],
    [
      'more than the clipboard gets',
      Array.from({ length: 10_001 }, (_, index) => String(index)),
      { bucket: DEMO_BUCKET },
      'links-too-many',
    ],
  ];
  for (const [how, list, options, code] of refusals) {
    it(`is refused with ${how}`, async () => {
      assert.equal((await refusalOf(run('signList', list, { ...END, ...options }))).code, code);
    });
  }
});
