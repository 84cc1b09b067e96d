import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { before, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';

import { DEMO_BUCKET, DEMO_KEY } from '../../dev/demo/demoFiles.ts';
import { importAccountKey, refusalOf, run, runForText, withSettings } from './cloudfrontSigner.ts';
import { eventually } from './eventually.ts';
import { readFixture } from './fixture.ts';
import { endOf, fetchText, partsOf } from './links.ts';

const { dataDir, account } = readFixture();

/** Where the extension keeps what all windows share. */
const FOLDER = path.join(
  dataDir,
  'data/User/globalStorage/cloudfront-url-signer.cloudfront-url-signer/ledger',
);

const URI = `s3://${DEMO_BUCKET}/${DEMO_KEY}`;

/** An issued link as a script sees it. */
interface Issued {
  readonly id: string;
  readonly location: { readonly bucket: string; readonly key: string };
  readonly url: string;
  readonly keyPairId: string;
  readonly grant: Readonly<Record<string, unknown>> & { readonly expiresAt: number };
  readonly issuedAt: number;
  readonly objects: number;
}

describe('issued links', () => {
  before(importAccountKey);
  beforeEach(async () => {
    await run('clearLinkFilter');
    await run('forgetAllLinks', {});
    // What the tests before have signed may still be on its way.
    await eventually('an empty list', async () => {
      await run('refreshLinks');
      if ((await list()).length === 0) return true;
      await run('forgetAllLinks', {});
      return undefined;
    });
  });

  it('are listed with all that they grant', async () => {
    const end = epoch() + 3600;
    const options = { expiresAt: end, ipAddress: '127.0.0.0/8', hashAlgorithm: 'SHA256' };
    const began = epoch();
    await runForText('copySignedUrl', URI, options);
    const [link] = await listed(1);
    const { id: _id, issuedAt, ...rest } = link ?? assert.fail();
    assert.ok(issuedAt >= began && issuedAt <= epoch());
    assert.deepEqual(rest, {
      location: { bucket: DEMO_BUCKET, key: DEMO_KEY },
      url: `http://${account.domain}/reports/2026/Q3%20r%C3%A9sum%C3%A9%20%28final%29.txt`,
      keyPairId: account.keyPairId,
      grant: { expiresAt: end, ipAddress: '127.0.0.0/8', hashAlgorithm: 'SHA256', query: {} },
      objects: 1,
    });
  });

  it('are kept without anything that opens them', async () => {
    const canned = await runForText('copySignedUrl', URI, {});
    const custom = await runForText('copySignedUrl', URI, { ipAddress: '127.0.0.1' });
    await listed(2);
    const texts = await Promise.all(
      (await readdir(FOLDER)).map((name) => readFile(path.join(FOLDER, name), 'utf8')),
    );
    const secrets = [canned, custom].flatMap((url) => {
      const { parameters } = partsOf(url);
      return [parameters.get('Signature'), parameters.get('Policy')].filter(
        (text) => text !== null,
      );
    });
    assert.equal(secrets.length, 3);
    for (const secret of secrets) assert.ok(!texts.join('\n').includes(secret.slice(0, 20)));
    assert.ok(texts.join('\n').includes(account.keyPairId));
  });

  it('of another window are seen, and what it forgets is gone', async () => {
    await runForText('copySignedUrl', URI, {});
    await listed(1);
    const [name = ''] = await readdir(FOLDER);
    const other = '1795604400000-0a1b2c3d4e5f';
    const text = await readFile(path.join(FOLDER, name), 'utf8');
    await writeFile(path.join(FOLDER, `${other}.jsonl`), text);
    const seen = await listed(2);
    assert.ok(seen.some(({ id }) => id === `${other}.0`));
    await writeFile(path.join(FOLDER, `${other}.0.forgotten`), '');
    await listed(1);
  });

  it('come in the order of their ends', async () => {
    for (const expiresIn of ['2h', '1h', '3h']) await run('copySignedUrl', URI, { expiresIn });
    const ends = (await listed(3)).map(({ grant }) => grant.expiresAt);
    assert.deepEqual(
      ends,
      ends.toSorted((a, b) => a - b),
    );
  });

  it('of many objects are one', async () => {
    const objects = Array.from({ length: 101 }, (_, index) => ({
      bucket: DEMO_BUCKET,
      key: `batch/${String(index)}.bin`,
    }));
    await run('copySignedUrl', objects, {});
    const [link] = await listed(1);
    assert.equal(link?.objects, 101);
    assert.deepEqual(link.location, { bucket: DEMO_BUCKET, key: 'batch/' });
    const refusal = await refusalOf(run('copyLinkAgain', link.id, {}));
    assert.equal(refusal.code, 'issued-links-many');
  });

  it('are not kept where the settings say so', async () => {
    await withSettings({ 'ledger.enabled': false }, () => run('copySignedUrl', URI, {}));
    await run('copySignedUrl', URI, { expiresIn: '7h' });
    const [link] = await listed(1);
    assert.equal((link?.grant.expiresAt ?? 0) - (link?.issuedAt ?? 0), 7 * 3600);
  });

  it('are kept after their end for as long as the settings say', async () => {
    await run('copySignedUrl', URI, { expiresIn: '1s' });
    await sleep(2000);
    assert.equal((await listed(1)).length, 1);
    await withSettings({ 'ledger.keepDays': 0 }, async () => {
      assert.deepEqual(await list(), []);
      await run('refreshLinks');
      assert.deepEqual(await readdir(FOLDER), []);
    });
  });

  describe('copied again', () => {
    it('have the same end, open the same object, and are listed once', async () => {
      const first = await runForText('copySignedUrl', URI, { expiresIn: '5h' });
      const [link] = await listed(1);
      await sleep(1100);
      const again = await runForText('copyLinkAgain', link?.id, {});
      assert.equal(await vscode.env.clipboard.readText(), again);
      assert.equal(again, first);
      assert.equal((await fetchText(again)).status, 200);
      await run('refreshLinks');
      await listed(1);
    });

    it('carry every option', async () => {
      const options = {
        notBefore: epoch() - 60,
        expiresIn: '5h',
        ipAddress: '127.0.0.0/8',
        hashAlgorithm: 'SHA256',
      };
      const first = await runForText('copySignedUrl', URI, options);
      const [link] = await listed(1);
      assert.equal(await runForText('copyLinkAgain', link?.id, {}), first);
    });

    it('carry their query', async () => {
      const first = await runForText('copySignedUrl', URI, { query: { download: 'a b' } });
      const [link] = await listed(1);
      assert.equal(await runForText('copyLinkAgain', link?.id, {}), first);
    });

    it('are what they were, whatever the settings map by now', async () => {
      const mapping = {
        bucket: 'films',
        domain: 'films.example.com',
        originPath: '/media',
        keyPairId: account.keyPairId,
      };
      const first = await withSettings({ distributions: [mapping] }, () =>
        runForText('copySignedUrl', 's3://films/media/a b.mp4', {}),
      );
      const [link] = await listed(1);
      assert.equal(await runForText('copyLinkAgain', link?.id, {}), first);
      assert.equal(partsOf(first).resource, 'https://films.example.com/a%20b.mp4');
    });

    it('take the form that is wished, and no other option', async () => {
      await run('copySignedUrl', URI, {});
      const [link] = await listed(1);
      assert.match(await runForText('copyLinkAgain', link?.id, { format: 'markdown' }), /^\[Q3/);
      const refusal = await refusalOf(run('copyLinkAgain', link?.id, { expiresIn: '1h' }));
      assert.equal(refusal.code, 'option-invalid');
    });

    it('may open all below a prefix', async () => {
      const first = await runForText('signPrefix', `s3://${DEMO_BUCKET}/reports/2026/`, {
        expiresIn: '5h',
        format: 'base-url',
      });
      const [link] = await listed(1);
      assert.equal(link?.grant['resource'], `http://${account.domain}/reports/2026/*`);
      const again = await runForText('copyLinkAgain', link.id, {});
      assert.equal(again, first);
      const name = encodeURIComponent(DEMO_KEY.slice('reports/2026/'.length));
      assert.equal((await fetchText(again.replace('?', `${name}?`))).status, 200);
      await run('refreshLinks');
      await listed(1);
    });

    it('may be several', async () => {
      const first = await runForText('copySignedUrl', URI, { expiresIn: '1h' });
      const second = await runForText('copySignedUrl', URI, { expiresIn: '2h' });
      const ids = (await listed(2)).map(({ id }) => id);
      assert.equal(await runForText('copyLinkAgain', ids, {}), `${first}\n${second}`);
    });
  });

  it('renewed live as long from now on, and are listed beside the first', async () => {
    const first = await runForText('copySignedUrl', URI, { expiresIn: '5h' });
    const [link] = await listed(1);
    await sleep(1100);
    const began = epoch();
    const renewed = await runForText('renewLink', link?.id, {});
    assert.ok(endOf(renewed) > endOf(first));
    assert.ok(endOf(renewed) >= began + 5 * 3600 && endOf(renewed) <= epoch() + 5 * 3600);
    const ends = (await listed(2)).map(({ grant }) => grant.expiresAt);
    assert.deepEqual(ends, [endOf(first), endOf(renewed)]);
  });

  it('that have ended are not copied, and can be renewed', async () => {
    await run('copySignedUrl', URI, { expiresIn: '1s' });
    const [link] = await listed(1);
    await sleep(2000);
    for (const command of ['copyLinkAgain', 'verifyLink']) {
      const refusal = await refusalOf(run(command, link?.id, {}));
      assert.equal(refusal.code, 'issued-link-ended');
    }
    const renewed = await runForText('renewLink', link?.id, {});
    assert.ok(renewed.startsWith(link?.url ?? assert.fail()));
  });

  it('are verified by asking for the first byte, and not kept for that', async () => {
    await run('copySignedUrl', URI, {});
    const [link] = await listed(1);
    await vscode.env.clipboard.writeText('kept');
    const verification = await run('verifyLink', link?.id, {});
    assert.equal(Object(verification).verdict, 'works');
    assert.equal(await vscode.env.clipboard.readText(), 'kept');
    await run('refreshLinks');
    await listed(1);
  });

  it('are forgotten one by one, or all', async () => {
    await run('copySignedUrl', [URI, `s3://${DEMO_BUCKET}/README.md`], {});
    await run('copySignedUrl', URI, {});
    const [link] = await listed(3);
    assert.equal(await run('forgetLink', link?.id, {}), 1);
    const left = await list();
    assert.equal(left.length, 2);
    assert.ok(!left.some(({ id }) => id === link?.id));
    assert.equal(await run('forgetAllLinks', {}), 2);
    assert.deepEqual(await list(), []);
    assert.deepEqual(await readdir(FOLDER), []);
  });

  it('that are not in the list are refused', async () => {
    for (const command of [
      'copyLinkAgain',
      'renewLink',
      'verifyLink',
      'forgetLink',
      'revealLink',
    ]) {
      for (const id of ['../../x.0', {}, []]) {
        const refusal = await refusalOf(run(command, id, {}));
        assert.equal(refusal.code, 'issued-link-unknown');
      }
    }
  });

  it('whose key is gone are refused as ever', async () => {
    const foreign = await addForeign();
    await eventually('the link', async () => (await list()).find(({ id }) => id === foreign));
    const refusal = await refusalOf(run('copyLinkAgain', foreign, {}));
    assert.equal(refusal.code, 'private-key-missing');
  });
});

/** Puts a link of a key that is not kept here among the others. @returns its ID */
async function addForeign(): Promise<string> {
  await run('copySignedUrl', URI, {});
  await listed(1);
  const [name = ''] = await readdir(FOLDER);
  const text = await readFile(path.join(FOLDER, name), 'utf8');
  const act = '1795604400000-00000000beef';
  const foreign = text.replace(account.keyPairId, 'KNOTIMPORTED1');
  await writeFile(path.join(FOLDER, `${act}.jsonl`), foreign);
  return `${act}.0`;
}

/** The list, once there are so many. */
async function listed(count: number): Promise<readonly Issued[]> {
  return eventually(`a list of ${String(count)}`, async () => {
    const links = await list();
    return links.length === count ? links : undefined;
  });
}

async function list(): Promise<readonly Issued[]> {
  const links = await run('listLinks', {});
  assert.ok(Array.isArray(links) && links.every(isIssued));
  return links;
}

function isIssued(value: unknown): value is Issued {
  const { id, grant } = Object(value);
  return typeof id === 'string' && typeof Object(grant).expiresAt === 'number';
}

function epoch(): number {
  return Math.floor(Date.now() / 1000);
}
