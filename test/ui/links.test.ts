import { sign } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { DemoStack } from '../../dev/demo/demoStack.ts';
import { importKey, startAccount, type Account } from './harness/account.ts';
import { eventually } from './harness/eventually.ts';
import { useWorkbench } from './harness/workbench.ts';

const INSPECT = 'CloudFront: Inspect Signed URL';
const VERIFY = 'CloudFront: Verify Signed URL';
const NOTES = 'notes.txt';

/** A link of the demo's key, made by Node. */
async function linkTo(
  { domain, keyPairId, privateKeyFile }: DemoStack,
  key: string,
  life: number,
): Promise<string> {
  const url = `http://${domain}/${key}`;
  const end = Math.floor(Date.now() / 1000) + life;
  const policy = `{"Statement":[{"Resource":"${url}","Condition":{"DateLessThan":{"AWS:EpochTime":${end}}}}]}`;
  const signature = sign('sha1', Buffer.from(policy), await readFile(privateKeyFile, 'utf8'));
  const letters = signature.toString('base64').replaceAll('+', '-').replaceAll('/', '~');
  return `${url}?Expires=${end}&Signature=${letters.replaceAll('=', '_')}&Key-Pair-Id=${keyPairId}`;
}

describe('a link that somebody has', () => {
  let account: Account;
  let link: string;
  const workbench = useWorkbench(async () => {
    account = await startAccount();
    link = await linkTo(account.stack, 'README.md', 3 * 86_400);
    return { ...account.options, files: { [NOTES]: `The link for Ada:\n${link}\n` } };
  });

  beforeAll(async () => {
    await workbench().openView();
    await importKey(workbench(), account.stack);
    await workbench().palette('Notifications: Clear All Notifications');
  });

  afterEach(async () => {
    await workbench().palette('Notifications: Clear All Notifications');
    // The chord that closes all editors; the palette has it only where there is one.
    await workbench().page.keyboard.press('Control+K');
    await workbench().page.keyboard.press('Control+W');
  });

  /** Puts a text on the clipboard, which a page takes only from who has the focus. */
  async function copy(text: string): Promise<void> {
    await workbench().treeRow('acme-media').click();
    await workbench().writeClipboard(text);
  }

  describe('Inspect Signed URL', () => {
    it('shows what the link on the clipboard says', async () => {
      await copy(link);
      await workbench().palette(INSPECT);
      const page = await workbench().frameWith('h1, h2', 'CloudFront signed URL');
      const text = await page.locator('body').innerText();
      expect(text).toContain('Ends in 2 days 23 hours');
      expect(text).toContain(`${account.stack.keyPairId}, whose private key is kept here`);
      expect(text).toContain('✔ Intact');
      expect(text).not.toContain((/Signature=([^&]*)/.exec(link)?.[1] ?? '').slice(0, 30));
      await workbench().screenshot('link-inspected');
    });

    it('shows what is wrong with it', async () => {
      await copy(`${link.replace('/README.md', '/README.txt').replaceAll('&', '&amp;')}.`);
      await workbench().palette(INSPECT);
      const text = await (
        await workbench().frameWith('h1, h2', 'What is wrong')
      )
        .locator('body')
        .innerText();
      expect(text).toContain('Altered');
      expect(text).toContain('It is escaped as in HTML');
      await workbench().screenshot('link-wrong');
    });

    it('asks where there is none, and is silent when Escape is pressed', async () => {
      const { quickInput, notifications } = workbench();
      await copy('no link');
      await workbench().palette(INSPECT);
      await quickInput.shows('A signed URL or signed cookies of CloudFront');
      await quickInput.type('no link either');
      await quickInput.shows('Give a signed URL');
      await workbench().screenshot('link-asked');
      await quickInput.cancel();
      await quickInput.isClosed();
      expect(await notifications.texts()).toEqual([]);
    });
  });

  describe('Verify Signed URL', () => {
    it('asks once whether to ask the host, then tells that the link works', async () => {
      const { notifications } = workbench();
      await copy(link);
      await workbench().palette(VERIFY);
      const question = `Ask ${account.stack.domain} for the first byte`;
      expect(await notifications.buttons(question)).toEqual(['Ask the Host', 'Only Look at It']);
      await workbench().screenshot('verify-question');
      await notifications.press(question, 'Ask the Host');
      await notifications.withText('✓ It works: 206').waitFor();
      await workbench().screenshot('verify-works');
      await notifications.press('✓ It works: 206', 'Show Details');
      const text = await (
        await workbench().frameWith('h1, h2', 'It works')
      )
        .locator('body')
        .innerText();
      expect(text).toContain('206, ');
      const settings = path.join(workbench().dataDir, 'data/User/settings.json');
      expect(JSON.parse(await readFile(settings, 'utf8'))).toMatchObject({
        'cloudfrontSigner.link.verifyOnline': 'always',
      });
    });

    it('names the cause where it fails, with Check Set-Up one click away', async () => {
      const { notifications } = workbench();
      account.stack.s3.deleteObject('acme-media', 'README.md');
      await copy(link);
      await workbench().palette(VERIFY);
      const message = 'It does not work. The object is not there';
      expect(await notifications.buttons(message)).toEqual(['Check Set-Up', 'Show Details']);
      await workbench().screenshot('verify-fails');
      await notifications.press(message, 'Check Set-Up');
      const text = await (
        await workbench().frameWith('h1, h2', 'CloudFront set-up of')
      )
        .locator('body')
        .innerText();
      expect(text).toContain('README.md');
      account.stack.s3.putObject('acme-media', 'README.md', 'It is back.');
    });

    it('shows every cause that it can be', async () => {
      const { notifications } = workbench();
      await copy(await linkTo(account.stack, 'README.md', -60));
      await workbench().palette(VERIFY);
      await notifications.press('It does not work. It ended', 'Show Details');
      const text = await (
        await workbench().frameWith('h1, h2', 'It does not work')
      )
        .locator('body')
        .innerText();
      expect(text).toContain('The answer was 403.');
      await workbench().screenshot('verify-details');
    });
  });

  describe('the hover', () => {
    it('tells of the link in an editor, and leads to more', async () => {
      const { page, quickInput } = workbench();
      const line = page.locator('.view-line', { hasText: 'Expires=' });
      // A key press is lost while the focus is still on its way from a document that was closed.
      await eventually('the file to open', async () => {
        if ((await quickInput.text()) === '') await page.keyboard.press('Control+P');
        await page.waitForTimeout(300);
        if ((await quickInput.text()) === '') return undefined;
        await quickInput.type(NOTES);
        await quickInput.row(NOTES).click();
        return line.waitFor({ timeout: 3_000 }).then(
          () => true,
          () => undefined,
        );
      });
      const hover = page.locator('.monaco-hover-content', { hasText: 'CloudFront signed URL' });
      await eventually('the hover', async () => {
        await page.mouse.move(5, 5);
        await line.hover({ position: { x: 60, y: 8 } });
        return hover.waitFor({ timeout: 2_000 }).then(
          () => true,
          () => undefined,
        );
      });
      const text = await hover.innerText();
      expect(text).toContain('Opens: /README.md');
      expect(text).toContain(account.stack.keyPairId);
      await workbench().screenshot('link-hover');
      await hover.getByText('Inspect', { exact: true }).click();
      await workbench().frameWith('h1, h2', 'CloudFront signed URL');
    });
  });
});

describe('verifying after signing', () => {
  let account: Account;
  const workbench = useWorkbench(async () => {
    account = await startAccount();
    const settings = {
      ...account.options.settings,
      'cloudfrontSigner.link.verifyAfterSigning': true,
    };
    return { ...account.options, settings };
  });

  beforeAll(async () => {
    await workbench().openView();
    await importKey(workbench(), account.stack);
    await workbench().palette('Notifications: Clear All Notifications');
    await workbench().expand('acme-media');
  });

  it('says quietly that the link works', async () => {
    await workbench().inlineAction('README.md', 'Quick Copy CloudFront Signed URL');
    await expect
      .poll(() => workbench().notifications.texts(), { timeout: 10_000 })
      .toEqual([expect.stringMatching(/Copied the signed URL of README\.md.*✓\u00a0Verified\./)]);
    await workbench().screenshot('verified-after-signing');
    await workbench().palette('Notifications: Clear All Notifications');
  });

  it('warns where it fails', async () => {
    const { notifications } = workbench();
    account.stack.s3.putBucketPolicy('acme-media', { Version: '2012-10-17', Statement: [] });
    await workbench().inlineAction('README.md', 'Quick Copy CloudFront Signed URL');
    const message = 'README.md: It does not work. Most likely';
    expect(await notifications.buttons(message)).toEqual(['Check Set-Up']);
    await notifications.withText(/Copied the signed URL of README\.md/).waitFor();
    await workbench().screenshot('failed-after-signing');
  });
});
