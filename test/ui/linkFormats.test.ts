import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { ensureDebianPackages } from '../../dev/debian.ts';
import { fetchText, importKey, startAccount, type Account } from './harness/account.ts';
import { useWorkbench } from './harness/workbench.ts';

const LABELS: readonly string[] = [
  'URL',
  'Markdown',
  'HTML',
  'reStructuredText',
  'curl',
  'wget',
  'PowerShell',
  'AWS CLI',
  'JSON',
  'CSV',
  'Ticket',
  'QR Code',
];

const COPIED = /Copied the signed URL/;

describe('the formats of links in the workbench', () => {
  let account: Account;
  const workbench = useWorkbench(async () => {
    await ensureDebianPackages(['zbar-tools'], 'it scans QR codes');
    account = await startAccount();
    const { stack, options } = account;
    return {
      ...options,
      settings: {
        ...stack.settings,
        'cloudfrontSigner.distributions': [stack.mapping],
        'cloudfrontSigner.link.templates': { Ticket: '${fileName} until ${expiresLocal}: ${url}' },
      },
    };
  });

  beforeAll(async () => {
    await workbench().openView();
    await importKey(workbench(), account.stack);
    await workbench().palette('Notifications: Clear All Notifications');
    await workbench().expand('acme-media', 'reports', '2026');
  });

  async function copied(message: string | RegExp): Promise<string> {
    await workbench().notifications.withText(message).first().waitFor();
    const text = await workbench().readClipboard();
    await workbench().palette('Notifications: Clear All Notifications');
    return text;
  }

  it('are asked for before the end of the link, from the context menu', async () => {
    const { quickInput } = workbench();
    await workbench().contextMenu('chart.svg', 'Copy CloudFront Signed URL As…');
    await quickInput.shows('Copy as …');
    expect(await quickInput.labels()).toEqual(LABELS);
    await workbench().screenshot('formats-pick');
    await quickInput.choose('HTML');
    await quickInput.shows('When shall the link end?');
    await quickInput.accept();
    const html = await copied('Copied the signed URL of chart.svg as HTML. It ends');
    const [, url = ''] = /^<a href="(http:\S+)">chart\.svg<\/a>$/.exec(html) ?? [];
    expect(await fetchText(url.replaceAll('&amp;', '&'))).toMatchObject({ status: 200 });
  });

  it('come with the last one first, and a template of one’s own among them', async () => {
    const { quickInput } = workbench();
    await workbench().contextMenu('chart.svg', 'Copy CloudFront Signed URL As…');
    await quickInput.shows('Copy as …');
    expect((await quickInput.labels()).slice(0, 3)).toEqual(['HTML', 'URL', 'Markdown']);
    await quickInput.choose('Ticket');
    await quickInput.shows('When shall the link end?');
    await quickInput.accept();
    const ticket = await copied('Copied the signed URL of chart.svg as Ticket. It ends');
    expect(ticket).toMatch(/^chart\.svg until \w{3}, \d.* \d\d:\d\d .*: http:\S+$/);
  });

  it('are offered after a copy, for the same link and not a new one', async () => {
    const { quickInput, notifications } = workbench();
    await workbench().inlineAction('chart.svg', 'Quick Copy CloudFront Signed URL');
    await notifications.withText(COPIED).waitFor();
    const url = await workbench().readClipboard();
    await notifications.press(COPIED, 'Copy As…');
    await quickInput.shows('Copy as …');
    expect((await quickInput.labels()).slice(0, 2)).toEqual(['Ticket', 'HTML']);
    await quickInput.choose('PowerShell');
    await expect
      .poll(() => workbench().readClipboard())
      .toBe(`Invoke-WebRequest -UseBasicParsing -Uri '${url}' -OutFile 'chart.svg'`);
    await workbench().page.getByText('Copied as PowerShell').waitFor();
  });

  it('have no QR code for several objects, and one text for them all', async () => {
    const { quickInput } = workbench();
    await workbench().treeRow('chart.svg').click();
    await workbench()
      .treeRow('Q3 figures.csv')
      .click({ modifiers: ['Control'] });
    await workbench().contextMenu('chart.svg', 'Copy CloudFront Signed URL As…');
    await quickInput.shows('Signed URLs for 2 objects');
    expect(await quickInput.labels()).not.toContain('QR Code');
    await quickInput.choose('CSV');
    await quickInput.shows('When shall the link end?');
    await quickInput.accept();
    const rows = (await copied('Copied 2 signed URLs as CSV. They end')).split('\r\n');
    expect(rows.length).toBe(3);
  });

  it('are given up without a word', async () => {
    const { quickInput, notifications } = workbench();
    await workbench().writeClipboard('untouched');
    await workbench().contextMenu('chart.svg', 'Copy CloudFront Signed URL As…');
    await quickInput.shows('Copy as …');
    await quickInput.cancel();
    await quickInput.isClosed();
    await workbench().page.waitForTimeout(500);
    expect(await notifications.texts()).toEqual([]);
    expect(await workbench().readClipboard()).toBe('untouched');
  });

  it('include a QR code in an editor tab, which a scanner reads as a link that works', async () => {
    const { quickInput, page } = workbench();
    await workbench().writeClipboard('untouched');
    await workbench().treeRow('Q3 figures.csv').click();
    await workbench().contextMenu('Q3 figures.csv', 'Copy CloudFront Signed URL As…');
    await quickInput.shows('Copy as …');
    await quickInput.choose('QR Code');
    await quickInput.shows('When shall the link end?');
    await quickInput.accept();
    await page.getByRole('tab', { name: 'QR Code: Q3 figures.csv' }).waitFor();
    const shown = page.frameLocator('iframe.webview').frameLocator('iframe');
    await shown.getByRole('img', { name: 'QR code of the URL of Q3 figures.csv' }).waitFor();
    await shown.getByText(/^It ends .* UTC\. Until then/).waitFor();
    const url = await scan(await workbench().screenshot('formats-qr-code'));
    expect(await fetchText(url)).toMatchObject({
      status: 200,
      body: expect.stringContaining('month,revenue'),
    });
    expect(await workbench().readClipboard()).toBe('untouched');
  });

  it('keep no QR code over a reload', async () => {
    const { page } = workbench();
    await workbench().reload();
    await workbench().openView();
    await workbench().isShown('acme-media');
    expect(await page.getByRole('tab', { name: /^QR Code/ }).count()).toBe(0);
  });
});

/** What the one QR code in a picture says. */
async function scan(picture: string): Promise<string> {
  const { stdout } = await promisify(execFile)('zbarimg', [
    '--quiet',
    '--raw',
    '-Sbinary',
    picture,
  ]);
  return stdout.trimEnd();
}
