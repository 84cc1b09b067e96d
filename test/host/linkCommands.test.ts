import assert from 'node:assert/strict';

import { before, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';

import { DEMO_BUCKET, DEMO_KEY } from '../../dev/demo/demoFiles.ts';
import { importAccountKey, refusalOf, run, runForText, withSettings } from './cloudfrontSigner.ts';
import { eventually } from './eventually.ts';
import { readExtensionLog } from './extensionLog.ts';
import { readFixture } from './fixture.ts';
import { endOf, partsOf } from './links.ts';

const { keyPairId, domain } = readFixture().account;
const OBJECT = { bucket: DEMO_BUCKET, key: DEMO_KEY };

before(importAccountKey);
beforeEach(async () => {
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  await vscode.env.clipboard.writeText('');
});

async function sign(options: object = {}): Promise<string> {
  const url = await runForText('copySignedUrl', OBJECT, { expiresIn: '1h', ...options });
  await vscode.env.clipboard.writeText('');
  return url;
}

function signatureOf(url: string): string {
  return partsOf(url).parameters.get('Signature') ?? '';
}

/** Shows a text with something of it selected, or the cursor at a place of it. */
async function edit(text: string, from: number, to = from): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ content: text });
  const editor = await vscode.window.showTextDocument(document);
  editor.selection = new vscode.Selection(document.positionAt(from), document.positionAt(to));
}

/** The end of the link that is taken where none is named. */
async function endTold(): Promise<unknown> {
  return fieldsOf(await run('inspectUrl', undefined, {}))['expiresAt'];
}

describe('inspectUrl by a script', () => {
  it('tells what a link says, and nothing of its signature', async () => {
    const url = await sign({ ipAddress: '192.0.2.0/24' });
    const told = fieldsOf(await run('inspectUrl', url, {}));
    assert.deepEqual(
      [told['kind'], told['policy'], told['ipAddress'], told['state'], told['mistakes']],
      ['signed-url', 'custom', '192.0.2.0/24', 'alive', []],
    );
    assert.deepEqual([told['signature'], told['signedBy']], ['intact', keyPairId]);
    assert.equal(told['resource'], partsOf(url).resource);
    assert.match(String(told['summary']), /^Ends in (?:1 hour|59 minutes).*\. Intact/);
    assert.ok(!JSON.stringify(told).includes(signatureOf(url).slice(0, 40)));
  });

  it('tells what is wrong', async () => {
    const url = await sign();
    const told = fieldsOf(await run('inspectUrl', url.replaceAll('&', '&amp;'), {}));
    assert.equal(told['signature'], 'mendable');
    const { mistakes } = told;
    assert.ok(Array.isArray(mistakes));
    assert.equal(fieldsOf(mistakes[0])['code'], 'html-escaped');
  });

  it('takes what is selected, else what is at the cursor, else what is on the clipboard', async () => {
    const [selected, atCursor, copied] = [
      await sign({ expiresIn: '1h' }),
      await sign({ expiresIn: '2h' }),
      await sign({ expiresIn: '3h' }),
    ];
    await vscode.env.clipboard.writeText(copied);
    assert.equal(await endTold(), endOf(copied));
    const text = `a = "${atCursor}"\nb = <${selected}>`;
    await edit(text, text.indexOf('Signature'));
    assert.equal(await endTold(), endOf(atCursor));
    const start = text.indexOf(selected);
    await edit(text, start, start + selected.length);
    assert.equal(await endTold(), endOf(selected));
    await edit('no link here', 3);
    assert.equal(await endTold(), endOf(copied));
  });

  it('is refused where there is nothing to take apart', async () => {
    await vscode.env.clipboard.writeText('https://example.com/ is no link that is signed');
    const unnamed = await refusalOf(run('inspectUrl', undefined, {}));
    assert.equal(unnamed.code, 'link-unnamed');
    const unreadable = await refusalOf(run('inspectUrl', 'text', {}));
    assert.equal(unreadable.code, 'link-unreadable');
    const option = await refusalOf(run('inspectUrl', await sign(), { request: true }));
    assert.equal(option.code, 'option-invalid');
  });
});

describe('inspectUrl by a person', () => {
  it('shows a document, which has nothing of the signature, nor has its address', async () => {
    const url = await sign();
    await run('inspectUrl', url);
    const uri = await eventually('the document', () => uriInFront());
    assert.match(uri.path, /Q3 résumé \(final\)\.txt signed URL\.md$/);
    const text = (await vscode.workspace.openTextDocument(uri)).getText();
    assert.match(text, /^# CloudFront signed URL\n/);
    assert.match(text, /whose private key is kept here/);
    for (const shown of [text, uri.toString(), decodeURIComponent(uri.toString())]) {
      assert.ok(!shown.replaceAll('\\', '').includes(signatureOf(url).slice(0, 40)));
    }
  });

  it('shows the same link in the same document', async () => {
    const url = await sign();
    await run('inspectUrl', url);
    await run('inspectUrl', url.replaceAll('&', '&amp;'));
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    assert.equal(tabs.length, 1);
    await eventually('the document with what is wrong now', async () => {
      const uri = uriInFront();
      const document = uri && (await vscode.workspace.openTextDocument(uri));
      return document?.getText().includes('What is wrong') ? true : undefined;
    });
  });

  it('logs nothing of it', async () => {
    const url = await sign();
    await run('inspectUrl', url);
    await run('verifyUrl', url, {});
    await refusalOf(run('inspectUrl', 'nothing', {}));
    const log = await eventually('the refusal in the log', async () => {
      const lines = await readExtensionLog();
      return lines.includes('link-unreadable') ? lines : undefined;
    });
    assert.ok(!log.includes(signatureOf(url).slice(0, 40)));
    assert.ok(!log.includes(encodeURI(DEMO_KEY)));
  });
});

describe('verifyUrl by a script', () => {
  it('tells that a link works, what it serves and which object that is', async () => {
    const told = fieldsOf(await run('verifyUrl', await sign(), {}));
    assert.deepEqual(
      [told['verdict'], told['causes'], told['isOpen'], told['location']],
      ['works', [], false, OBJECT],
    );
    const { status, size } = fieldsOf(told['answer']);
    assert.deepEqual([status, size], [206, 48]);
    assert.match(String(told['summary']), /^It works: 206, /);
  });

  it('names the cause where it does not', async () => {
    const url = await sign();
    const failing: readonly (readonly [text: string, code: string])[] = [
      [url.replace('/Q3%20', '/Q4%20'), 'altered'],
      [url.replace(/&Key-Pair-Id=.*/, ''), 'missing-key'],
      [url.replace(keyPairId, 'K2JCJMDEHXQW5F'), 'unknown-key'],
      [url.replace(/Expires=(\d+)/, 'Expires=$1000'), 'malformed-policy'],
      [url.replace(domain, '127.0.0.1:1'), 'unreachable'],
    ];
    for (const [text, code] of failing) {
      const told = fieldsOf(await run('verifyUrl', text, {}));
      assert.equal(told['verdict'], 'fails');
      const { causes } = told;
      assert.ok(Array.isArray(causes));
      const cause = fieldsOf(causes[0]);
      assert.deepEqual([cause['code'], cause['certainty']], [code, 'certain']);
    }
  });

  it('tells a missing object from one that CloudFront may not read', async () => {
    const url = await runForText('copySignedUrl', { ...OBJECT, key: 'not/there.txt' }, {});
    const { causes } = fieldsOf(await run('verifyUrl', url, {}));
    assert.ok(Array.isArray(causes));
    const { code, certainty } = fieldsOf(causes[0]);
    assert.deepEqual([code, certainty], ['object-missing', 'certain']);
  });

  it('sends nothing where it is told so', async () => {
    const told = fieldsOf(await run('verifyUrl', await sign(), { request: false }));
    assert.deepEqual([told['verdict'], told['answer']], ['unknown', undefined]);
  });

  it('is refused with an option that there is not', async () => {
    const url = await sign();
    for (const options of [{ online: true }, { request: 'yes' }]) {
      assert.equal((await refusalOf(run('verifyUrl', url, options))).code, 'option-invalid');
    }
  });
});

describe('the hover', () => {
  it('tells of a signed URL when it ends, what it opens and by which key', async () => {
    const text = `link: "${await sign()}"`;
    const [hover = ''] = await hoversAt(text, text.indexOf('Signature'));
    assert.ok(hover.includes('CloudFront signed URL'));
    assert.ok(hover.includes('Opens: /reports/2026/Q3 résumé (final).txt'));
    assert.ok(hover.includes(keyPairId));
    assert.match(hover, /Ends in (?:1 hour|59 minutes)[\s\S]*Ends: .* UTC/);
  });

  it('is silent beside it, on other URLs, and where a setting turns it off', async () => {
    const url = await sign();
    assert.deepEqual(await hoversAt(`link: "${url}"`, 2), []);
    assert.deepEqual(await hoversAt('https://example.com/?a=b', 10), []);
    const off = await withSettings({ 'editor.hover': false }, () => hoversAt(url, 10));
    assert.deepEqual(off, []);
  });

  it('is there at once in a line of two million letters', async () => {
    const url = await sign();
    const half = `${'x'.repeat(999_000)} `;
    const begun = performance.now();
    const hovers = await hoversAt(`${half}${url} ${half}`, half.length + 20);
    assert.equal(hovers.length, 1);
    assert.ok(performance.now() - begun < 5_000);
  });
});

async function hoversAt(text: string, at: number): Promise<readonly string[]> {
  const document = await vscode.workspace.openTextDocument({ content: text });
  const hovers: unknown = await vscode.commands.executeCommand(
    'vscode.executeHoverProvider',
    document.uri,
    document.positionAt(at),
  );
  assert.ok(Array.isArray(hovers));
  return hovers.flatMap((hover: unknown) =>
    hover instanceof vscode.Hover
      ? hover.contents.map((content) => (typeof content === 'string' ? content : content.value))
      : [],
  );
}

function uriInFront(): vscode.Uri | undefined {
  const input: unknown = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputCustom || input instanceof vscode.TabInputText
    ? input.uri
    : undefined;
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  assert.ok(typeof value === 'object' && value !== null);
  return Object.fromEntries(Object.entries(value));
}
