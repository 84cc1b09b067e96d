import assert from 'node:assert/strict';

import { before, describe, it } from 'mocha';
import * as vscode from 'vscode';

import { DEMO_BUCKET, DEMO_KEY } from '../../dev/demo/demoFiles.ts';
import { importAccountKey, run, runForText } from './cloudfrontSigner.ts';
import { eventually } from './eventually.ts';
import { readExtensionLog } from './extensionLog.ts';
import { readFixture } from './fixture.ts';
import { endOf, fetchText, partsOf } from './links.ts';

const { domain, keyPairId } = readFixture().account;
const OBJECT = { bucket: DEMO_BUCKET, key: DEMO_KEY };

before(importAccountKey);

/** Has VS Code call a tool as for a chat; confirmations, which tests cannot see, it takes as given. */
async function invoke(tool: string, input: object): Promise<string> {
  const { content } = await vscode.lm.invokeTool(`cloudfrontSigner_${tool}`, {
    input,
    toolInvocationToken: undefined,
  });
  const [part] = content;
  assert.ok(content.length === 1 && part instanceof vscode.LanguageModelTextPart);
  return part.value;
}

async function data(tool: string, input: object): Promise<Readonly<Record<string, unknown>>> {
  const told: unknown = JSON.parse(await invoke(tool, input));
  assert.ok(typeof told === 'object' && told !== null);
  return Object.fromEntries(Object.entries(told));
}

async function open(path: string, query = ''): Promise<void> {
  const authority = 'cloudfront-url-signer.cloudfront-url-signer';
  const scheme = vscode.env.uriScheme;
  const uri = vscode.Uri.from({ scheme, authority, path, query });
  await vscode.commands.executeCommand('vscode.open', vscode.Uri.parse(uri.toString()));
}

/** How many addresses were refused until now. */
async function refusals(): Promise<number> {
  return (await readExtensionLog()).split('uri-unknown').length;
}

describe('the tools of language models', () => {
  it('are known to VS Code, each with its input', () => {
    const own = vscode.lm.tools.filter(({ name }) => name.startsWith('cloudfrontSigner_'));
    assert.deepEqual(own.map(({ name }) => name).toSorted(), [
      'cloudfrontSigner_inspectUrl',
      'cloudfrontSigner_listObjects',
      'cloudfrontSigner_signUrl',
    ]);
    for (const { inputSchema } of own) assert.ok(inputSchema !== undefined);
  });
});

describe('listObjects', () => {
  it('finds its way from the buckets to an object', async () => {
    const { buckets } = await data('listObjects', {});
    assert.ok(Array.isArray(buckets));
    assert.ok(buckets.some((bucket: unknown) => JSON.stringify(bucket).includes(DEMO_BUCKET)));
    const top = await data('listObjects', { bucket: DEMO_BUCKET });
    assert.ok(Array.isArray(top['folders']) && top['folders'].includes('reports/'));
    const { objects } = await data('listObjects', { bucket: DEMO_BUCKET, prefix: 'reports/2026/' });
    assert.ok(JSON.stringify(objects).includes(JSON.stringify(DEMO_KEY)));
  });

  it('says that there is more, and gives it', async () => {
    const input = { bucket: DEMO_BUCKET, prefix: 'logs/' };
    const first = await data('listObjects', input);
    assert.equal(first['more'], true);
    const second = await data('listObjects', { ...input, after: first['after'] });
    const keys = [first, second].flatMap(({ objects }) => {
      assert.ok(Array.isArray(objects));
      return objects.map((object: unknown) => JSON.stringify(object));
    });
    assert.equal(new Set(keys).size, 200);
    assert.deepEqual(keys, keys.toSorted());
  });

  it('tells what is wrong, in words', async () => {
    assert.match(
      await invoke('listObjects', { bucket: 'no-such-bucket-here' }),
      /^bucket-missing: No such bucket: “no-such-bucket-here”\. /,
    );
  });
});

describe('signUrl', () => {
  it('makes a URL that opens the object, and tells nothing else of it', async () => {
    const told = await data('signUrl', { ...OBJECT, expiresIn: '1h' });
    const url = String(told['url']);
    assert.equal((await fetchText(url)).status, 200);
    const expiresAt = new Date(endOf(url) * 1000).toISOString().replace('.000', '');
    assert.deepEqual(told, { ...OBJECT, url, expiresAt });
  });

  it('bounds it to viewers, and refuses an end that is over', async () => {
    const { url } = await data('signUrl', { ...OBJECT, ipAddress: '192.0.2.0/24' });
    assert.ok(partsOf(String(url)).parameters.has('Policy'));
    assert.equal((await fetchText(String(url))).status, 403);
    assert.match(
      await invoke('signUrl', { ...OBJECT, expiresAt: '2001-01-01' }),
      /^expiry-past: .*Give a later one\.$/,
    );
  });

  it('heeds the distribution and the key that are named', async () => {
    const named = { distribution: `http://${domain}`, keyPairId };
    const { url } = await data('signUrl', { ...OBJECT, ...named });
    assert.equal((await fetchText(String(url))).status, 200);
    const other = { ...OBJECT, keyPairId: 'K00000000000NO' };
    assert.match(await invoke('signUrl', other), /^private-key-missing: /);
  });

  it('notes what it has made in the log, without the URL', async () => {
    const { url } = await data('signUrl', { ...OBJECT, expiresAt: '2033-03-03 03:03 UTC' });
    const log = await eventually('a line about the link in the log', async () => {
      const text = await readExtensionLog();
      return text.includes('2033-03-03 03:03 UTC') ? text : undefined;
    });
    assert.ok(!log.includes((partsOf(String(url)).parameters.get('Signature') ?? '').slice(0, 40)));
  });

  it('leaves the clipboard alone', async () => {
    await vscode.env.clipboard.writeText('kept');
    await data('signUrl', OBJECT);
    assert.equal(await vscode.env.clipboard.readText(), 'kept');
  });
});

describe('inspectUrl', () => {
  it('tells of a link what it says, and nothing that opens it', async () => {
    const url = await runForText('copySignedUrl', OBJECT, { expiresAt: '2033-03-03 03:03 UTC' });
    const text = await invoke('inspectUrl', { text: url });
    const told: unknown = JSON.parse(text);
    assert.ok(typeof told === 'object' && told !== null);
    assert.deepEqual(
      ['kind', 'expiresAt', 'signature', 'signedBy', 'url'].map((name) =>
        Object.entries(told).find(([key]) => key === name),
      ),
      [
        ['kind', 'signed-url'],
        ['expiresAt', '2033-03-03T03:03:00Z'],
        ['signature', 'intact'],
        ['signedBy', keyPairId],
        ['url', partsOf(url).resource],
      ],
    );
    const signature = partsOf(url).parameters.get('Signature') ?? '';
    assert.ok(signature.length > 40 && !text.includes(signature.slice(0, 40)));
  });

  it('tells what is wrong, in words', async () => {
    assert.match(await invoke('inspectUrl', { text: 'hello' }), /^link-unreadable: /);
  });
});

describe('an address that VS Code is asked to open', () => {
  for (const key of [DEMO_KEY, 'press/50% off + more #1.txt', 'logs/2026-11-17.log']) {
    it(`shows ${key} in the view`, async () => {
      const uri = `s3://${DEMO_BUCKET}/${key}`;
      await open(`/reveal/${DEMO_BUCKET}/${key}`);
      await eventually(`a selection of ${uri}`, async () =>
        (await run('copyS3Uri')) === uri ? true : undefined,
      );
    });
  }

  for (const [path, query] of [
    [`/sign/${DEMO_BUCKET}/${DEMO_KEY}`, ''],
    [`/reveal/${DEMO_BUCKET}/README.md`, 'profile=other'],
    [`/reveal/${'%'.repeat(10_000)}`, ''],
  ] as const) {
    it(`is refused where it is ${path.slice(0, 40)} with “${query}”`, async () => {
      const earlier = await refusals();
      await open(path, query);
      await eventually('a line about it in the log', async () =>
        (await refusals()) > earlier ? true : undefined,
      );
    });
  }
});
