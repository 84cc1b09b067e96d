import { beforeAll, describe, expect, it } from 'vitest';
import { fetchText, importKey, startAccount, type Account } from './harness/account.ts';
import { useWorkbench } from './harness/workbench.ts';

/** An object that the distribution serves under a name of its own. */
const AT_ALIAS = 'open/a(b) *c*.txt';
const AT_ALIAS_HOST = 'cdn.localhost';

const DAY = 24 * 60 * 60;

/** How long a signed URL still lives, in seconds. */
function lifeOf(url: string): number {
  return Number(new URL(url).searchParams.get('Expires')) - Date.now() / 1000;
}

describe('signing in the workbench', () => {
  let account: Account;
  const workbench = useWorkbench(async () => {
    account = await startAccount();
    const { stack, options } = account;
    // VS Code rewrites addresses of 127.0.0.1, as if they were on a server far away.
    stack.store.Distributions[0]?.DistributionConfig.Aliases.Items.push(AT_ALIAS_HOST);
    stack.s3.putObject('acme-media', AT_ALIAS, 'parentheses and stars');
    const domain = `${AT_ALIAS_HOST}:${stack.edge.port}`;
    return {
      ...options,
      settings: {
        ...stack.settings,
        'cloudfrontSigner.distributions': [
          { bucket: 'acme-media', domain: stack.domain, protocol: 'http' },
          { bucket: 'acme-media', prefix: 'open/', domain, protocol: 'http' },
        ],
      },
    };
  });

  async function copied(message: RegExp = /Copied the signed URL/): Promise<string> {
    await workbench().notifications.withText(message).first().waitFor();
    const text = await workbench().readClipboard();
    await workbench().palette('Notifications: Clear All Notifications');
    return text;
  }

  beforeAll(async () => {
    await workbench().openView();
    await importKey(workbench(), account.stack);
    await workbench().palette('Notifications: Clear All Notifications');
    await workbench().expand('acme-media', 'reports', '2026');
  });

  it('goes from the context menu by Enter to a URL that lives for a day', async () => {
    const { quickInput } = workbench();
    await workbench().contextMenu('chart.svg', 'Copy CloudFront Signed URL…');
    await quickInput.shows('When shall the link end?');
    expect((await quickInput.labels()).slice(0, 3)).toEqual(['1d', '15m', '1h']);
    expect((await quickInput.items())[0]).toMatch(/default[\s\S]*ends .* UTC/);
    await workbench().screenshot('sign-expiry');
    await quickInput.accept();
    const url = await copied();
    expect(await fetchText(url)).toMatchObject({ status: 200 });
    expect(lifeOf(url)).toBeGreaterThan(DAY - 60);
    expect(lifeOf(url)).toBeLessThan(DAY + 60);
  });

  it('reads what is typed, and takes no Enter while it is wrong', async () => {
    const { quickInput } = workbench();
    await workbench().contextMenu('chart.svg', 'Copy CloudFront Signed URL…');
    await quickInput.shows('When shall the link end?');
    await quickInput.type('12 parsecs');
    await expect.poll(() => quickInput.items()).toEqual([expect.stringContaining('not an expiry')]);
    await workbench().screenshot('sign-expiry-wrong');
    await quickInput.accept();
    await quickInput.shows('When shall the link end?');
    await quickInput.type('1d12h');
    await expect
      .poll(() => quickInput.items())
      .toEqual([expect.stringContaining('1 day 12 hours')]);
    await quickInput.accept();
    expect(lifeOf(await copied())).toBeGreaterThan(1.5 * DAY - 60);
  });

  it('takes what was typed last, however fast Enter follows', async () => {
    const { quickInput } = workbench();
    await workbench().contextMenu('chart.svg', 'Copy CloudFront Signed URL…');
    await quickInput.shows('When shall the link end?');
    await quickInput.type('5m');
    await quickInput.accept();
    const life = lifeOf(await copied());
    expect(life).toBeGreaterThan(240);
    expect(life).toBeLessThan(301);
  });

  it('copies by the inline icon and asks nothing', async () => {
    await workbench().inlineAction('chart.svg', 'Quick Copy CloudFront Signed URL');
    expect(await fetchText(await copied())).toMatchObject({ status: 200 });
  });

  it('copies the selection by the keybinding', async () => {
    const { page, quickInput } = workbench();
    await workbench().treeRow('Q3 figures.csv').click();
    await page.keyboard.press('Control+Alt+C');
    await quickInput.shows('Signed URL for Q3 figures.csv');
    await quickInput.accept();
    const answer = await fetchText(await copied());
    expect(answer).toMatchObject({ status: 200, body: expect.stringContaining('month,revenue') });
  });

  it('copies three selected objects, one URL a line, in the order of the tree', async () => {
    const { quickInput } = workbench();
    await workbench().treeRow('chart.svg').click();
    await workbench()
      .treeRow('Q3 résumé (final).txt')
      .click({ modifiers: ['Control'] });
    await workbench()
      .treeRow('Q3 figures.csv')
      .click({ modifiers: ['Control'] });
    await workbench().contextMenu('chart.svg', 'Copy CloudFront Signed URL…');
    await quickInput.shows('Signed URLs for 3 objects');
    await workbench().screenshot('sign-three');
    await quickInput.accept();
    const lines = (await copied(/Copied 3 signed URLs/)).split('\n');
    expect(lines.map((url) => decodeURIComponent(new URL(url).pathname))).toEqual([
      '/reports/2026/Q3 figures.csv',
      '/reports/2026/Q3 résumé (final).txt',
      '/reports/2026/chart.svg',
    ]);
    for (const url of lines) expect(await fetchText(url)).toMatchObject({ status: 200 });
  });

  it('asks in the palette for the object where nothing is selected', async () => {
    const { quickInput, page } = workbench();
    // A folder that is selected is no object either.
    await workbench().treeRow('acme-media').click();
    await workbench()
      .treeRow('acme-media')
      .click({ modifiers: ['Control'] });
    await workbench().palette('CloudFront: Copy CloudFront Signed URL…');
    await quickInput.shows('Object to Sign');
    await quickInput.type('no bucket!');
    await quickInput.shows('names no place in S3');
    await workbench().screenshot('sign-palette-wrong');
    await quickInput.type('s3://acme-media/press/50% off + more #1.txt');
    await quickInput.accept();
    await quickInput.shows('When shall the link end?');
    await quickInput.accept();
    const url = await copied();
    expect(new URL(url).pathname).toBe('/press/50%25%20off%20%2B%20more%20%231.txt');
    expect(await fetchText(url)).toEqual({ status: 200, body: 'Odd names are fine.\n' });
    await expect.poll(() => page.locator('.quick-input-widget:visible').count()).toBe(0);
  });

  it('is silent when Escape is pressed', async () => {
    const { quickInput, notifications } = workbench();
    await workbench().writeClipboard('untouched');
    await workbench().expand('acme-media', 'reports');
    await workbench().contextMenu('chart.svg', 'Copy CloudFront Signed URL…');
    await quickInput.shows('When shall the link end?');
    await quickInput.cancel();
    await quickInput.isClosed();
    await workbench().page.waitForTimeout(500);
    expect(await notifications.texts()).toEqual([]);
    expect(await workbench().readClipboard()).toBe('untouched');
  });

  it('warns of an archived object, and copies anyway when told to', async () => {
    const { notifications, quickInput } = workbench();
    await workbench().writeClipboard('untouched');
    await workbench().palette('CloudFront: Open S3 Location…');
    await quickInput.shows('Open S3 Location');
    await quickInput.type('s3://acme-media/videos/2019/launch.mp4');
    await quickInput.accept();
    await workbench().isShown('launch.mp4');
    await workbench().inlineAction('launch.mp4', 'Quick Copy CloudFront Signed URL');
    await notifications.withText('is archived (GLACIER)').waitFor();
    await workbench().screenshot('sign-archived');
    expect(await workbench().readClipboard()).toBe('untouched');
    await notifications.press('is archived (GLACIER)', 'Copy Anyway');
    expect(await copied()).toContain('/videos/2019/launch.mp4?Expires=');
  });

  it('offers Markdown, whose name cannot break out of the link', async () => {
    const { notifications, quickInput } = workbench();
    account.stack.s3.putObject('acme-media', 'reports/2026/a](b) *c*.txt', 'x');
    await workbench().contextMenu('2026', 'Refresh');
    await workbench().inlineAction('a](b) *c*.txt', 'Quick Copy CloudFront Signed URL');
    await notifications.press(/Copied the signed URL/, 'Copy As…');
    await quickInput.choose('Markdown');
    await expect
      .poll(() => workbench().readClipboard())
      .toMatch(/^\[a\\\]\(b\) \\\*c\\\*\.txt\]\(http:\/\/127\.0\.0\.1:\d+\/\S+\)$/);
  });

  it('opens the very URL, letter by letter', async () => {
    const { notifications, page } = workbench();
    await workbench().palette('CloudFront: Open S3 Location…');
    await workbench().quickInput.shows('Open S3 Location');
    await workbench().quickInput.type(`acme-media/${AT_ALIAS}`);
    await workbench().quickInput.accept();
    await workbench().inlineAction('a(b) *c*.txt', 'Quick Copy CloudFront Signed URL');
    await notifications.withText(/Copied the signed URL/).waitFor();
    const url = await workbench().readClipboard();
    const requested = page
      .context()
      .waitForEvent('request', (request) => request.url().includes(AT_ALIAS_HOST));
    await notifications.press(/Copied the signed URL/, 'Open');
    expect((await requested).url()).toBe(url);
    await expect
      .poll(() => account.stack.edge.requests.find(({ host }) => host.startsWith(AT_ALIAS_HOST)))
      .toMatchObject({ path: new URL(url).pathname, status: 200 });
  });
});
