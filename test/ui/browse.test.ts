import { beforeAll, describe, expect, it } from 'vitest';
import { startAccount, type Account } from './harness/account.ts';
import { useWorkbench } from './harness/workbench.ts';

describe('browsing in the workbench', () => {
  let account: Account;
  const workbench = useWorkbench(async () => {
    account = await startAccount();
    const { stack, options } = account;
    stack.s3.injectFault({
      kind: 'access-denied',
      when: ({ bucket }) => bucket === 'acme-backups',
    });
    // A profile is chosen in the first test; the settings name none.
    const { 'cloudfrontSigner.aws.profile': _profile, ...settings } = options.settings;
    for (let page = 1; page <= 20; page++) {
      stack.s3.putObject('acme-media', `pages/page ${String(page).padStart(2, '0')}`, '');
    }
    return { ...options, settings: { ...settings, 'cloudfrontSigner.listing.pageSize': 8 } };
  });

  /** How often S3 was asked for what is below a prefix. */
  function listings(prefix: string): number {
    const query = `prefix=${encodeURIComponent(prefix)}`;
    return account.stack.s3.requests.filter((request) => request.query.includes(query)).length;
  }

  async function choose(command: string, box: string, text: string): Promise<void> {
    const { quickInput } = workbench();
    await workbench().palette(command);
    await quickInput.shows(box);
    await quickInput.type(text);
    await quickInput.accept();
  }

  beforeAll(() => workbench().openView());

  it('offers to select a profile where there are no credentials, and shows its buckets', async () => {
    const { quickInput, page } = workbench();
    const button = page.getByRole('button', { name: 'Select Profile' });
    await button.waitFor();
    await workbench().screenshot('browse-welcome');
    await button.click();
    await quickInput.shows('AWS Profile');
    expect((await quickInput.items())[0]).toMatch(/^demo\s*keys · eu-central-1/);
    await workbench().screenshot('browse-profiles');
    await quickInput.cancel();
    await quickInput.isClosed();
    await button.click();
    await quickInput.choose('demo');
    await workbench().isShown('acme-media');
    expect((await workbench().treeLabels()).slice(0, 3)).toEqual([
      'acme-backups',
      'acme-media',
      'acme-website',
    ]);
    await expect.poll(() => workbench().view().innerText()).toContain('demo · eu-central-1');
  });

  it('lists page after page behind “Load more”, and keeps what it has', async () => {
    const pages = async () =>
      (await workbench().treeLabels()).filter((label) => label.startsWith('page '));
    await workbench().expand('acme-media', 'pages');
    await expect.poll(pages).toHaveLength(8);
    await workbench().treeRow('Load more').click();
    await expect.poll(pages).toHaveLength(16);
    await workbench().screenshot('browse-pages');
    await workbench().treeRow('Load more').click();
    await expect.poll(pages).toHaveLength(20);
    expect(await workbench().treeRow('Load more').count()).toBe(0);
    expect(listings('pages/')).toBe(3);
    await workbench().treeRow('pages').click();
    await expect.poll(pages).toHaveLength(0);
    await workbench().treeRow('pages').click();
    await expect.poll(pages).toHaveLength(20);
    await workbench().treeRow('pages').click();
    expect(listings('pages/')).toBe(3);
  });

  it('narrows a prefix on the server, visibly, until it is cleared', async () => {
    const { quickInput } = workbench();
    await choose('CloudFront: Open S3 Location…', 'Open S3 Location', 'acme-media/logs/');
    await workbench().contextMenu('logs', 'Filter by Prefix…');
    await quickInput.shows('Filter acme-media/logs/');
    await quickInput.type('2026-11-3');
    await quickInput.accept();
    await workbench().isShown('Filter: 2026-11-3');
    await workbench().isShown('2026-11-30.log');
    const shown = (await workbench().treeLabels()).filter((label) => label.startsWith('20'));
    expect(shown).toEqual(['2026-11-30.log']);
    await workbench().screenshot('browse-filter');
    await workbench().treeRow('Filter: 2026-11-3').click();
    await workbench().isShown('2025-01-01.log');
    expect(await workbench().treeRow('Filter: 2026-11-3').count()).toBe(0);
  });

  it('says of a bucket that may not be listed why, and retries', async () => {
    await workbench().expand('acme-backups');
    await workbench().isShown('Access denied: bucket “acme-backups”');
    await workbench().screenshot('browse-denied');
    const before = account.stack.s3.requests.length;
    await workbench().treeRow('Retry').click();
    await expect.poll(() => account.stack.s3.requests.length).toBe(before + 1);
    await workbench().treeRow('acme-backups').click();
  });

  it('lists a bucket of another region', async () => {
    await choose('CloudFront: Open S3 Location…', 'Open S3 Location', 'acme-website/index.html');
    await workbench().isShown('index.html');
    await workbench().treeRow('acme-website').click();
  });

  it('reveals a key deep among many, and says where one is not there', async () => {
    await workbench().contextMenu('logs', 'Refresh');
    const before = account.stack.s3.requests.length;
    await choose(
      'CloudFront: Open S3 Location…',
      'Open S3 Location',
      's3://acme-media/logs/2026-11-30.log',
    );
    const row = workbench().treeRow('2026-11-30.log');
    await row.waitFor();
    await expect.poll(() => row.getAttribute('aria-selected')).toBe('true');
    await workbench().screenshot('browse-reveal');
    expect(account.stack.s3.requests.length - before).toBeLessThanOrEqual(2);
    await workbench().treeRow('Earlier…').click();
    await workbench().isShown('2025-01-01.log');

    await choose(
      'CloudFront: Open S3 Location…',
      'Open S3 Location',
      'acme-media/reports/none.txt',
    );
    await workbench()
      .notifications.withText('“reports/none.txt” is not in bucket “acme-media”')
      .waitFor();
    await workbench().palette('Notifications: Clear All Notifications');
  });

  it('reveals the object of a link that somebody has been given', async () => {
    const { quickInput } = workbench();
    await workbench().palette('CloudFront: Open S3 Location…');
    await quickInput.shows('Open S3 Location');
    await quickInput.type(
      `${account.stack.edge.origin}/reports/2026/chart.svg?Expires=1&Signature=x~`,
    );
    await workbench().screenshot('browse-link');
    await quickInput.accept();
    const row = workbench().treeRow('chart.svg');
    await row.waitFor();
    await expect.poll(() => row.getAttribute('aria-selected')).toBe('true');
  });

  it('pins a part of a bucket and takes it off again', async () => {
    await choose('CloudFront: Add Bucket…', 'Add a Bucket', 's3://acme-media/reports/2026/');
    await workbench().isShown('acme-media/reports/2026/');
    await workbench().expand('acme-media/reports/2026/');
    await workbench().isShown('chart.svg');
    await workbench().screenshot('browse-pinned');
    await workbench().contextMenu('acme-media/reports/2026/', 'Unpin from View');
    await workbench().treeRow('acme-media/reports/2026/').waitFor({ state: 'detached' });

    await workbench().contextMenu('press', 'Pin to View');
    await workbench().contextMenu('acme-media/press/', 'Unpin from View');
    await workbench().treeRow('acme-media/press/').waitFor({ state: 'detached' });
  });

  it('copies what an object is called', async () => {
    await choose(
      'CloudFront: Open S3 Location…',
      'Open S3 Location',
      'acme-media/press/50% off + more #1.txt',
    );
    await workbench().isShown('50% off + more #1.txt');
    for (const [item, text] of [
      ['Copy S3 URI', 's3://acme-media/press/50% off + more #1.txt'],
      ['Copy Key', 'press/50% off + more #1.txt'],
      ['Copy ARN', 'arn:aws:s3:::acme-media/press/50% off + more #1.txt'],
    ] as const) {
      await workbench().contextMenu('50% off + more #1.txt', item);
      await expect.poll(() => workbench().readClipboard()).toBe(text);
    }
  });

  it('says when S3 cannot be reached, and mends itself by Retry', async () => {
    const end = account.stack.s3.injectFault({ kind: 'drop-connection' });
    await workbench().palette('CloudFront: Refresh');
    await workbench().isShown('S3 cannot be reached');
    await workbench().screenshot('browse-network');
    end();
    await workbench().treeRow('Retry').click();
    await workbench().isShown('acme-media');
  });
});
