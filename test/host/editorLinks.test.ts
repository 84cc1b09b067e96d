import assert from 'node:assert/strict';

import { before, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';

import { DEMO_BUCKET, DEMO_KEY } from '../../dev/demo/demoFiles.ts';
import { importAccountKey, refusalOf, run, runForText, withSettings } from './cloudfrontSigner.ts';
import { readFixture } from './fixture.ts';
import { endOf, fetchText, partsOf } from './links.ts';

const { domain } = readFixture().account;
const README = `s3://${DEMO_BUCKET}/README.md`;
const CHART = `s3://${DEMO_BUCKET}/reports/2026/chart.svg`;
const README_URL = `http://${domain}/README.md`;

/** A part of a text to select, or to put the cursor into where it is empty behind the place. */
type Part = string | readonly [place: string, selected: ''];

before(importAccountKey);
beforeEach(async () => {
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
});

/** Shows a text with parts of it selected. */
async function edit(
  content: string,
  parts: readonly Part[],
  language = 'plaintext',
): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument({ content, language });
  const editor = await vscode.window.showTextDocument(document);
  editor.selections = parts.map((part) => {
    const [place, selected] = typeof part === 'string' ? [part, part] : part;
    const start = content.indexOf(place);
    assert.ok(start >= 0, `${place} is not there`);
    // A cursor stands in the middle of its place.
    const from = selected === '' ? start + Math.floor(place.length / 2) : start;
    return new vscode.Selection(
      document.positionAt(from),
      document.positionAt(from + selected.length),
    );
  });
  return editor;
}

/** Runs a command by a script that gives URLs. */
async function urlsFrom(command: string, options: object = {}): Promise<readonly string[]> {
  const urls = await run(command, options);
  assert.ok(Array.isArray(urls));
  return urls.map(String);
}

async function statusOf(url: string): Promise<number> {
  return (await fetchText(url)).status;
}

describe('replaceWithSignedUrl by a script', () => {
  it('replaces an S3 URI at the cursor by a link that works', async () => {
    const { document } = await edit(`a = "${README}";\n`, [[README, '']]);
    const [url = ''] = await urlsFrom('replaceWithSignedUrl', { expiresIn: '2h' });
    assert.equal(document.getText(), `a = "${url}";\n`);
    assert.equal(partsOf(url).resource, README_URL);
    assert.ok(Math.abs(endOf(url) - Date.now() / 1000 - 7200) < 60);
    assert.equal(await statusOf(url), 200);
  });

  it('takes a key with spaces where exactly that is selected', async () => {
    const uri = `s3://${DEMO_BUCKET}/${DEMO_KEY}`;
    const { document } = await edit(`It is ${uri}, see there.`, [uri]);
    const [url = ''] = await urlsFrom('replaceWithSignedUrl');
    assert.equal(document.getText(), `It is ${url}, see there.`);
    assert.equal((await fetchText(url)).body, 'Third quarter: revenue up 12 %, costs down 3 %.\n');
  });

  it('replaces what is in each selection and at each cursor, and one Undo takes all back', async () => {
    const signed = await runForText('copySignedUrl', CHART, { expiresIn: '1h' });
    const text = [
      `1 ${README} and https://example.com/a`,
      `2 (${CHART}), ${README}.`,
      `3 ${README_URL}?v=2#top`,
      `4 ${signed}`,
      `5 https://${DEMO_BUCKET}.s3.eu-central-1.amazonaws.com/README.md?x-id=GetObject`,
      `6 ${README} stays`,
    ].join('\n');
    const [, second = ''] = text.split('\n');
    const { document } = await edit(text, [
      [`${README} and`, ''],
      second,
      [`${README_URL}?v=2`, ''],
      [signed, ''],
      [`https://${DEMO_BUCKET}.s3`, ''],
    ]);
    const urls = await urlsFrom('replaceWithSignedUrl', { expiresIn: '3h' });
    const [a, b, c, d = '', e, f] = urls;
    assert.equal(
      document.getText(),
      [
        `1 ${a} and https://example.com/a`,
        `2 (${b}), ${c}.`,
        `3 ${d}`,
        `4 ${e}`,
        `5 ${f}`,
        `6 ${README} stays`,
      ].join('\n'),
    );
    assert.ok(d.startsWith(`${README_URL}?v=2&Expires=`) && d.endsWith('#top'), d);
    assert.notEqual(e, signed);
    assert.deepEqual(await Promise.all(urls.map(statusOf)), Array(6).fill(200));
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), text);
  });

  it('escapes what it writes as the language asks for it', async () => {
    const text = `<a href="${README}">\n<script>fetch("${CHART}")</script>`;
    const { document } = await edit(text, [text], 'html');
    const [first = '', second = ''] = await urlsFrom('replaceWithSignedUrl');
    assert.equal(
      document.getText(),
      `<a href="${first.replaceAll('&', '&amp;')}">\n<script>fetch("${second}")</script>`,
    );
    assert.deepEqual(await Promise.all([first, second].map(statusOf)), [200, 200]);
  });

  it('finds the object of a URL in the account, too', async () => {
    const { document } = await edit(`${README_URL}\n`, [[README_URL, '']]);
    await withSettings({ distributions: undefined }, () => urlsFrom('replaceWithSignedUrl'));
    assert.equal(await statusOf(document.getText().trim()), 200);
  });

  it('is refused where there is nothing to sign, and says why', async () => {
    const refusals: readonly (readonly [text: string, code: string])[] = [
      ['nothing here', 'text-unmatched'],
      ['https://example.com/a', 'url-unsignable'],
      [`s3://${DEMO_BUCKET}/reports/`, 'url-unsignable'],
      [`${README_URL}?a=1&a=2`, 'url-unsignable'],
    ];
    for (const [text, code] of refusals) {
      const { document } = await edit(text, [text]);
      const refusal = await refusalOf(run('replaceWithSignedUrl', {}));
      assert.deepEqual([refusal.code, document.getText()], [code, text]);
    }
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const { code } = await refusalOf(run('replaceWithSignedUrl', {}));
    assert.equal(code, 'editor-missing');
  });

  it('refuses an option that has no meaning here', async () => {
    await edit(README, [README]);
    const { code } = await refusalOf(run('replaceWithSignedUrl', { format: 'markdown' }));
    assert.equal(code, 'option-invalid');
  });

  it('overwrites nothing in a text that has changed meanwhile', async () => {
    const text = `${README}\n`.repeat(400);
    const editor = await edit(text, [text]);
    const refused = refusalOf(run('replaceWithSignedUrl', {}));
    assert.ok(await editor.edit((change) => change.insert(new vscode.Position(0, 0), '# ')));
    assert.equal((await refused).code, 'text-changed');
    assert.equal(editor.document.getText(), `# ${text}`);
  });

  it('tells that a text is read-only', async () => {
    const scheme = 'editor-links-test';
    const provider = vscode.workspace.registerTextDocumentContentProvider(scheme, {
      provideTextDocumentContent: () => README,
    });
    const uri = vscode.Uri.from({ scheme, path: '/a.txt' });
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document);
    const { code } = await refusalOf(run('replaceWithSignedUrl', {}));
    assert.deepEqual([code, document.getText()], ['editor-readonly', README]);
    provider.dispose();
  });
});

describe('copySignedUrlFromEditor by a script', () => {
  it('copies the links of all that is selected, in the order of the text', async () => {
    const text = `${CHART} then ${README} then https://example.com/`;
    const { document } = await edit(text, [text]);
    const copied = await runForText('copySignedUrlFromEditor', { expiresIn: '1h' });
    assert.equal(await vscode.env.clipboard.readText(), copied);
    const urls = copied.split('\n');
    assert.deepEqual(
      urls.map((url) => partsOf(url).resource),
      [`http://${domain}/reports/2026/chart.svg`, README_URL],
    );
    assert.deepEqual(await Promise.all(urls.map(statusOf)), [200, 200]);
    assert.equal(document.getText(), text);
  });

  it('copies them in the form that is asked for', async () => {
    await edit(README, [[README, '']]);
    const copied = await runForText('copySignedUrlFromEditor', { format: 'markdown' });
    assert.match(copied, /^\[README\.md\]\(http:/);
  });
});

describe('stripSignature', () => {
  it('leaves the URLs that were signed, and one Undo takes that back', async () => {
    const original = `<a href="${README_URL}">, ${README_URL}?a=1&amp;b=2#c, https://example.com/`;
    const { document } = await edit(original, [original], 'html');
    await urlsFrom('replaceWithSignedUrl');
    const signed = document.getText();
    assert.match(signed, /&amp;Signature=.*&amp;Signature=/);
    await vscode.commands.executeCommand('editor.action.selectAll');
    assert.deepEqual(await urlsFrom('stripSignature'), [README_URL, `${README_URL}?a=1&b=2#c`]);
    assert.equal(document.getText(), original);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), signed);
  });

  it('changes no more than what the cursor is on', async () => {
    const url = await runForText('copySignedUrl', README, { expiresIn: '1h' });
    const { document } = await edit(`a ${url}\nb ${url}`, [[`a ${url}`, '']]);
    await urlsFrom('stripSignature');
    assert.equal(document.getText(), `a ${README_URL}\nb ${url}`);
    await edit(`a b\n${url}`, [['a b', '']]);
    assert.equal((await refusalOf(run('stripSignature', {}))).code, 'text-unmatched');
    assert.equal((await refusalOf(run('stripSignature', { all: true }))).code, 'option-invalid');
  });
});

describe('the light bulb', () => {
  const SIGN = ['Replace with CloudFront Signed URL…', 'Copy CloudFront Signed URL…'];
  const STRIP = 'Strip CloudFront Signature';

  it('offers to sign what names an object, and nothing else', async () => {
    for (const text of [README, README_URL, `https://${DEMO_BUCKET}.s3.amazonaws.com/README.md`]) {
      assert.deepEqual(await offers(`see ${text}.`, 'see '.length + 5), SIGN);
    }
    for (const text of [
      'https://example.com/a',
      `s3://${DEMO_BUCKET}/reports/`,
      `s3://${DEMO_BUCKET}/\${name}`,
    ]) {
      assert.deepEqual(await offers(`see ${text} now`, 'see '.length + 5), []);
    }
    assert.deepEqual(await offers(`see ${README}`, 1), []);
  });

  it('offers to take a signature off, and to sign once more', async () => {
    const url = await runForText('copySignedUrl', README, { expiresIn: '1h' });
    assert.deepEqual(await offers(url, 40), [...SIGN, STRIP]);
    assert.deepEqual(await offers(url.replaceAll('&', '&amp;'), 40), [...SIGN, STRIP]);
    assert.deepEqual(await offers(url.replace(domain, 'other.example'), 40), [STRIP]);
  });

  it('knows the distributions of the account once they have been seen', async () => {
    await withSettings({ distributions: undefined }, async () => {
      await runForText('copySignedUrl', README, { expiresIn: '1h' });
      assert.deepEqual(await offers(README_URL, 5), SIGN);
    });
  });

  it('is dark where a setting turns it off', async () => {
    const off = await withSettings({ 'editor.codeActions': false }, () => offers(README, 5));
    assert.deepEqual(off, []);
  });

  it('is there at once in a line of two million letters, and where all of it is selected', async () => {
    const text = `${README} ${'https://example.com/ '.repeat(100_000)}`;
    const document = await vscode.workspace.openTextDocument({ content: text });
    const begun = performance.now();
    assert.deepEqual(await offersIn(document, 5), SIGN);
    assert.deepEqual(await offersIn(document, 0, text.length), SIGN);
    assert.ok(performance.now() - begun < 10_000);
  });
});

describe('the link on a signed URL', () => {
  it('inspects it, whatever is escaped in it, and leads nowhere else', async () => {
    const url = await runForText('copySignedUrl', { bucket: DEMO_BUCKET, key: DEMO_KEY }, {});
    const targets = await inspectingTargets(`see ${url}, and "${url.replaceAll('&', '&amp;')}".`);
    assert.equal(targets.length, 2);
    for (const target of targets) {
      assert.equal(target.path, 'cloudfrontSigner.inspectUrl');
      assert.deepEqual(JSON.parse(decodeURIComponent(target.query)), [url]);
    }
  });

  it('is on no other URL, and not there where a setting turns it off', async () => {
    const other = 'https://example.com/?Signature=a https://example.com/#Key-Pair-Id=b&Signature=c';
    assert.deepEqual(await inspectingTargets(other), []);
    const url = await runForText('copySignedUrl', README, {});
    const off = await withSettings({ 'editor.documentLinks': false }, () => inspectingTargets(url));
    assert.deepEqual(off, []);
  });
});

/** Titles of what the extension offers at a place of a text. */
async function offers(content: string, at: number): Promise<readonly string[]> {
  return offersIn(await vscode.workspace.openTextDocument({ content }), at);
}

/** Titles of what the extension offers for a part of a document, or at a place of it. */
async function offersIn(
  document: vscode.TextDocument,
  from: number,
  to = from,
): Promise<readonly string[]> {
  const actions: unknown = await vscode.commands.executeCommand(
    'vscode.executeCodeActionProvider',
    document.uri,
    new vscode.Range(document.positionAt(from), document.positionAt(to)),
  );
  assert.ok(Array.isArray(actions));
  return actions.flatMap((action: unknown) =>
    action instanceof vscode.CodeAction && action.title.includes('CloudFront')
      ? [action.title]
      : [],
  );
}

/** Where the links of a text lead that VS Code would not make by itself. */
async function inspectingTargets(content: string): Promise<readonly vscode.Uri[]> {
  const document = await vscode.workspace.openTextDocument({ content });
  const links: unknown = await vscode.commands.executeCommand(
    'vscode.executeLinkProvider',
    document.uri,
    100,
  );
  assert.ok(Array.isArray(links));
  return links.flatMap((link: unknown) => {
    const target =
      typeof link === 'object' && link !== null && 'target' in link ? link.target : undefined;
    return target instanceof vscode.Uri && target.scheme === 'command' ? [target] : [];
  });
}
