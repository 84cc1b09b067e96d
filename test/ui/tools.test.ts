import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createVSIX } from '@vscode/vsce';
import type { Locator } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { DEMO_BUCKET, DEMO_KEY } from '../../dev/demo/demoFiles.ts';
import { fetchText, importKey, startAccount, type Account } from './harness/account.ts';
import { eventually } from './harness/eventually.ts';
import { useWorkbench } from './harness/workbench.ts';

const CALLER = path.join(import.meta.dirname, 'toolCaller');

let account: Account;
const workbench = useWorkbench(async () => {
  account = await startAccount();
  const packagePath = path.resolve('.cache/tool-caller.vsix');
  await createVSIX({
    cwd: CALLER,
    packagePath,
    dependencies: false,
    allowMissingRepository: true,
    skipLicense: true,
  });
  return { ...account.options, extensions: [packagePath] };
});

beforeAll(() => importKey(workbench(), account.stack));

function inWorkspace(file: string): string {
  return path.join(workbench().workspace, file);
}

/** Has another extension call a tool, or open an address, as a chat or a web page would. */
async function call(what: object): Promise<void> {
  await rm(inWorkspace('answer.txt'), { force: true });
  await writeFile(inWorkspace('call.json'), JSON.stringify(what));
  await workbench().palette('Tool Caller: Call');
}

async function answer(): Promise<string> {
  return eventually('an answer', () =>
    readFile(inWorkspace('answer.txt'), 'utf8').catch(() => undefined),
  );
}

function dialog(): Locator {
  return workbench().page.locator('.monaco-dialog-box');
}

async function press(button: string): Promise<void> {
  await dialog().getByRole('button', { name: button, exact: true }).click();
  await dialog().waitFor({ state: 'hidden' });
}

describe('a language model that wants a link', () => {
  const tool = 'cloudfrontSigner_signUrl';
  const input = { bucket: DEMO_BUCKET, key: DEMO_KEY, expiresIn: '6d' };

  it('gets it once the user has seen what it opens, for whom and until when', async () => {
    await call({ tool, input });
    await dialog().waitFor();
    const text = await dialog().innerText();
    await workbench().screenshot('tools-sign');
    expect(text).toContain('Make a signed URL?');
    expect(text).toContain(`Object: \`s3://${DEMO_BUCKET}/${DEMO_KEY}\``);
    expect(text).toContain('Opens for: Anyone with the link');
    expect(text).toMatch(/Until: \w{3}, \d+ \w{3} \d{4}, \d{2}:\d{2} .*\(6 days from now\)/);
    await press('Yes');
    const told: unknown = JSON.parse(await answer());
    expect(told).toMatchObject({ bucket: DEMO_BUCKET, key: DEMO_KEY });
    const [, url = ''] = /"url":"([^"]*)"/.exec(JSON.stringify(told)) ?? [];
    expect((await fetchText(url)).status).toBe(200);
  });

  it('gets none where she declines', async () => {
    await call({ tool, input });
    await dialog().waitFor();
    await press('Cancel');
    expect(await answer()).toMatch(/^Rejected: /);
  });

  it('shows no link or markup out of a key, and viewers where they are bounded', async () => {
    const key = '[Download](command:workbench.action.terminal.new) <b>**x**</b>.pdf';
    await call({ tool, input: { bucket: DEMO_BUCKET, key, ipAddress: '192.0.2.0/24' } });
    await dialog().waitFor();
    const text = await dialog().innerText();
    await workbench().screenshot('tools-sign-hostile');
    expect(text).toContain(`Object: \`s3://${DEMO_BUCKET}/${key}\``);
    expect(text).toContain('Opens for: From 192.0.2.0/24 only');
    expect(await dialog().locator('a[href], a[data-href], b').count()).toBe(0);
    await press('Cancel');
    expect(await answer()).toContain('Rejected');
  });
});

describe('an address that somebody made', () => {
  const extension = 'cloudfront-url-signer.cloudfront-url-signer';

  it('shows an object of a bucket in the view', async () => {
    await call({
      address: `${extension}/reveal/${DEMO_BUCKET}/press/50%25%20off%20+%20more%20%231.txt`,
    });
    expect(await answer()).toBe('Opened');
    const row = workbench().treeRow('50% off + more #1.txt');
    await row.waitFor();
    await expect.poll(() => row.getAttribute('aria-selected')).toBe('true');
    await workbench().screenshot('tools-reveal');
  });

  it('asks before it has the user’s profile look into another bucket', async () => {
    await call({ address: `${extension}/reveal/somebody-elses-bucket/a.txt` });
    await dialog().waitFor();
    await workbench().screenshot('tools-reveal-asks');
    expect(await dialog().innerText()).toContain('Show s3://somebody-elses-bucket/a.txt?');
    await press('Cancel');
    expect(await workbench().treeLabels()).not.toContain('somebody-elses-bucket');
  });

  it('is refused where it wants anything else', async () => {
    await call({ address: `${extension}/sign/${DEMO_BUCKET}/${DEMO_KEY}` });
    const { notifications } = workbench();
    const refusal = expect.stringContaining('This address shows no object');
    await expect.poll(() => notifications.texts()).toContainEqual(refusal);
  });
});
