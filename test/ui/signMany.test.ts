import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { beforeAll, describe, expect, it } from 'vitest';
import { eventually } from './harness/eventually.ts';
import { fetchText, importKey, startAccount, type Account } from './harness/account.ts';
import { useWorkbench } from './harness/workbench.ts';

const PRESS = ['/press/50% off + more #1.txt', '/press/logo.svg', '/press/発表.md'];
const SIGN_ALL = 'Sign All Objects Below…';

/** What the URLs in a text open, in its order. */
function pathsIn(text: string): readonly string[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((url) => decodeURIComponent(new URL(url).pathname));
}

describe('signing many in the workbench', () => {
  let account: Account;
  const workbench = useWorkbench(async () => {
    account = await startAccount();
    const { stack, options } = account;
    return {
      ...options,
      files: { 'list.txt': '# to be sent\npress/logo.svg\nhttps://a.example/b\npress/../c\n' },
      settings: { ...stack.settings, 'cloudfrontSigner.distributions': [stack.mapping] },
    };
  });

  beforeAll(async () => {
    await workbench().openView();
    await importKey(workbench(), account.stack);
    await workbench().palette('Notifications: Clear All Notifications');
    await workbench().expand('acme-media');
  });

  async function copied(message: RegExp): Promise<string> {
    await workbench().notifications.withText(message).first().waitFor();
    const text = await workbench().readClipboard();
    await workbench().palette('Notifications: Clear All Notifications');
    return text;
  }

  it('copies the URLs of all objects below a folder', async () => {
    const { quickInput } = workbench();
    await workbench().contextMenu('press', SIGN_ALL);
    await quickInput.shows('Which of the objects?');
    await workbench().screenshot('sign-all-filter');
    await quickInput.accept();
    await quickInput.shows('When shall the link end?');
    await quickInput.accept();
    await quickInput.shows('Where shall the links go?');
    await workbench().screenshot('sign-all-target');
    await quickInput.choose('Copy');
    const text = await copied(/Copied 3 signed URLs\. They end/);
    expect(pathsIn(text)).toEqual(PRESS);
    for (const url of text.split('\n')) expect(await fetchText(url)).toMatchObject({ status: 200 });
  });

  it('writes those that fit a filter into a file', async () => {
    const { quickInput, workspace } = workbench();
    const file = path.join(workspace, 'press.txt');
    await workbench().contextMenu('press', SIGN_ALL);
    await quickInput.shows('Which of the objects?');
    await quickInput.type('*.svg');
    await quickInput.accept();
    await quickInput.shows('When shall the link end?');
    await quickInput.accept();
    await quickInput.shows('Where shall the links go?');
    await quickInput.choose('Save to File…');
    await eventually('the dialog that asks for a file', async () =>
      (await quickInput.value()).endsWith('signed-urls.txt') ? true : undefined,
    );
    await workbench().screenshot('sign-all-file');
    await quickInput.type(file);
    await quickInput.accept();
    const done = workbench().notifications.withText(/Wrote 1 signed URL into press\.txt\. It ends/);
    await done.waitFor();
    await workbench().screenshot('sign-all-written');
    expect(pathsIn(await readFile(file, 'utf8'))).toEqual(['/press/logo.svg']);
    await workbench().notifications.press(/Wrote/, 'Open File');
    await workbench().page.getByRole('tab', { name: 'press.txt' }).waitFor();
    await workbench().palette('Notifications: Clear All Notifications');
  });

  it('passes over no folder that is selected beside objects, and signs both at a click', async () => {
    const { quickInput, notifications, page } = workbench();
    await workbench().treeRow('press').click();
    await workbench()
      .treeRow('README.md')
      .click({ modifiers: ['Control'] });
    expect(await workbench().contextMenuItems('README.md')).toContain(SIGN_ALL);
    await page.keyboard.press('Control+Alt+C');
    await notifications.withText('A folder is among what is selected').waitFor();
    await workbench().screenshot('sign-all-mixed');
    await notifications.press('A folder is among', SIGN_ALL);
    await quickInput.shows('all of 2 folders and objects');
    await quickInput.accept();
    await quickInput.shows('When shall the link end?');
    await quickInput.accept();
    await quickInput.shows('Where shall the links go?');
    await quickInput.choose('Copy');
    expect(pathsIn(await copied(/Copied 4 signed URLs/))).toEqual(['/README.md', ...PRESS]);
  });

  it('signs the list in the editor, and says what of it has no link', async () => {
    const { quickInput, notifications, page } = workbench();
    // A key press is lost while the focus is still on its way.
    await eventually('the list to open', async () => {
      if ((await quickInput.text()) === '') await page.keyboard.press('Control+P');
      await page.waitForTimeout(300);
      if ((await quickInput.text()) === '') return undefined;
      await quickInput.type('list.txt');
      await quickInput.row('list.txt').click();
      return page
        .getByRole('tab', { name: 'list.txt' })
        .waitFor({ timeout: 3_000 })
        .then(
          () => true,
          () => undefined,
        );
    });
    await workbench().palette('CloudFront: Sign List of Objects…');
    await notifications.withText('Line 3 names no object').waitFor();
    await workbench().screenshot('sign-list-line');
    await notifications.press('Line 3 names no object', 'Sign the Other 2');
    await quickInput.shows('Bucket of the Keys');
    await quickInput.type('acme-media');
    await quickInput.accept();
    await quickInput.shows('Signed URLs for a list of 2');
    await quickInput.accept();
    await quickInput.shows('Where shall the links go?');
    await quickInput.choose('Copy');
    const lack = /Copied 1 signed URL\. It ends .* 1 could not be signed: “press\/\.\.\/c”/;
    await notifications.withText(lack).waitFor();
    await workbench().screenshot('sign-list-lack');
    expect(pathsIn(await workbench().readClipboard())).toEqual(['/press/logo.svg']);
    await notifications.press(lack, 'Show Reasons');
    await page.getByText('key-unreachable:').first().waitFor();
  });
});
