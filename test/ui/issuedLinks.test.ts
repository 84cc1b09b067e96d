import type { Locator } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { fetchText, importKey, startAccount, type Account } from './harness/account.ts';
import { useWorkbench } from './harness/workbench.ts';

const COPY = 'Copy CloudFront Signed URL…';
const QUICK_COPY = 'Quick Copy CloudFront Signed URL';

/** When a signed URL ends, in epoch seconds. */
function endOf(url: string): number {
  return Number(new URL(url).searchParams.get('Expires'));
}

describe('issued links in the workbench', () => {
  let account: Account;
  let first: string;
  const workbench = useWorkbench(async () => {
    account = await startAccount();
    const settings = {
      ...account.options.settings,
      'cloudfrontSigner.buckets': ['acme-media/reports/'],
      'cloudfrontSigner.ledger.notifyBefore': '1h',
    };
    return { ...account.options, settings };
  });

  /** The mark of an object of which a living link was issued. */
  function badge(): Locator {
    return workbench().treeRow('README.md').locator('[class*="monaco-decoration-itemBadge"]');
  }

  /** Signs from the menu for as long as is typed. */
  async function signFor(label: string, expiry: string): Promise<string> {
    const { quickInput } = workbench();
    await workbench().contextMenu(label, COPY);
    await quickInput.shows('When shall the link end?');
    await quickInput.type(expiry);
    await quickInput.shows('When shall the link end?');
    await quickInput.accept();
    return copied();
  }

  async function copied(): Promise<string> {
    await workbench()
      .notifications.withText(/Copied the signed URL/)
      .first()
      .waitFor();
    const text = await workbench().readClipboard();
    await workbench().palette('Notifications: Clear All Notifications');
    return text;
  }

  beforeAll(async () => {
    await workbench().openView();
    await importKey(workbench(), account.stack);
    await workbench().palette('Notifications: Clear All Notifications');
    await workbench().expand('acme-media');
    await workbench().isShown('README.md');
    await workbench().view().getByRole('button', { name: 'Issued Links Section' }).click();
  });

  it('are introduced where there is none', async () => {
    await expect
      .poll(() => workbench().view().innerText())
      .toContain('Links that you sign are listed here');
    await workbench().screenshot('links-none');
  });

  it('are listed when they are signed, and mark their object', async () => {
    await workbench().inlineAction('README.md', QUICK_COPY);
    first = await copied();
    const row = workbench().linkRow('README.md');
    await row.waitFor();
    expect(await row.innerText()).toContain('in 1 day · acme-media');
    await badge().waitFor();
    await workbench().treeRow('README.md').hover();
    const hover = workbench().page.locator('.monaco-hover-content', { hasText: 's3://acme-media' });
    await hover.getByText('A link opens it until').waitFor();
    await workbench().screenshot('links-marked');
  });

  it('are there again when the window is loaded anew', async () => {
    await workbench().reload();
    await workbench().openView();
    const row = workbench().linkRow('README.md');
    await row.waitFor();
    expect(await row.innerText()).toContain('in 1 day · acme-media');
    await workbench().expand('acme-media');
    await badge().waitFor();
  });

  it('are copied again to the same end', async () => {
    await workbench().writeClipboard('none');
    await workbench().contextMenu(workbench().linkRow('README.md'), 'Copy Again');
    expect(await copied()).toBe(first);
    expect(await workbench().linkRow('README.md').count()).toBe(1);
  });

  it('are renewed beside the first', async () => {
    await workbench().contextMenu(workbench().linkRow('README.md'), 'Renew');
    const renewed = await copied();
    expect(endOf(renewed)).toBeGreaterThan(endOf(first));
    expect((await fetchText(renewed)).status).toBe(200);
    await expect.poll(() => workbench().linkRow('README.md').count()).toBe(2);
  });

  it('are dimmed once they have ended, and can be renewed then', async () => {
    await signFor('README.md', '2s');
    const ended = workbench().linkRow('README.md').filter({ hasText: 'ended' });
    await ended.waitFor();
    expect(await workbench().contextMenuItems(ended)).toEqual([
      'Renew',
      'Reveal in Buckets',
      'Forget',
    ]);
    await workbench().palette('Preferences: Toggle between Light/Dark Themes');
    await workbench().page.mouse.move(700, 500);
    await workbench().page.waitForTimeout(500);
    await workbench().screenshot('links-dark');
    await workbench().palette('Preferences: Toggle between Light/Dark Themes');
    await workbench().page.waitForTimeout(500);
    await workbench().screenshot('links-light');
  });

  it('are narrowed to what fits a text', async () => {
    const { quickInput } = workbench();
    await workbench().palette('CloudFront: Filter Issued Links…');
    await quickInput.shows('Filter Issued Links');
    await quickInput.type('no such link');
    await quickInput.accept();
    await expect.poll(() => workbench().linkRow('README.md').count()).toBe(0);
    const view = workbench().view();
    await expect.poll(() => view.innerText()).toContain('Only what has “no such link” in it.');
    expect(await view.innerText()).not.toContain('Links that you sign are listed here');
    await workbench().screenshot('links-filtered');
    await workbench().palette('CloudFront: Clear Filter of Issued Links');
    await expect.poll(() => workbench().linkRow('README.md').count()).toBe(3);
  });

  it('of pinned places are told of before they end, once', async () => {
    const { notifications } = workbench();
    await workbench().expand('acme-media/reports/', '2026');
    await signFor('Q3 figures.csv', '1h4s');
    const message = 'The link of Q3 figures.csv ends in';
    expect(await notifications.buttons(message)).toEqual(['Renew', 'Show Issued Links']);
    await workbench().screenshot('links-ending');
    await notifications.press(message, 'Renew');
    await copied();
    await expect.poll(() => workbench().linkRow('Q3 figures.csv').count()).toBe(2);
  });

  it('lead to their object', async () => {
    await workbench().contextMenu(
      workbench().linkRow('Q3 figures.csv').first(),
      'Reveal in Buckets',
    );
    await expect
      .poll(() => workbench().treeRow('Q3 figures.csv').getAttribute('aria-selected'))
      .toBe('true');
  });

  it('are forgotten one by one, or all when that is confirmed', async () => {
    await workbench().contextMenu(workbench().linkRow('README.md').first(), 'Forget');
    await expect.poll(() => workbench().linkRow('README.md').count()).toBe(2);
    await workbench().palette('CloudFront: Forget All Issued Links…');
    const dialog = workbench().page.locator('.monaco-dialog-box');
    await dialog.getByText('Forget all 4 issued links?').waitFor();
    await workbench().screenshot('links-forget-all');
    await dialog.getByRole('button', { name: 'Forget All' }).click();
    await expect
      .poll(() => workbench().view().innerText())
      .toContain('Links that you sign are listed here');
    await badge().waitFor({ state: 'detached' });
    expect((await fetchText(first)).status).toBe(200);
  });
});
