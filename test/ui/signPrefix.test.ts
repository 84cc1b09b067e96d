import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { fetchText, importKey, startAccount, type Account } from './harness/account.ts';
import { useWorkbench } from './harness/workbench.ts';

const PLAYLIST = '#EXTM3U\n#EXTINF:4,\nsegment%201.ts\n#EXTINF:4,\nsegment%202.ts\n';

describe('a folder that is opened as a whole', () => {
  let account: Account;
  const workbench = useWorkbench(async () => {
    account = await startAccount();
    const { s3 } = account.stack;
    s3.putObject('acme-media', 'launch/master.m3u8', PLAYLIST);
    s3.putObject('acme-media', 'launch/segment 1.ts', 'first');
    s3.putObject('acme-media', 'launch/segment 2.ts', 'second');
    return account.options;
  });

  beforeAll(async () => {
    await workbench().openView();
    await importKey(workbench(), account.stack);
    await workbench().expand('acme-media', 'launch');
    await workbench().expand('reports');
  });
  afterEach(() => workbench().palette('Notifications: Clear All Notifications'));

  /** The URL of a key, without a signature. */
  function unsigned(key: string): string {
    return `http://${account.stack.domain}/${key}`;
  }

  /** Answers when it ends, and the dialog in the middle. @returns what the dialog said */
  async function decide(button: string, screenshot?: string): Promise<string> {
    const { quickInput, page } = workbench();
    await quickInput.shows('When shall the link end?');
    await quickInput.accept();
    const box = page.locator('.monaco-dialog-box');
    await box.waitFor();
    const text = await box.innerText();
    if (screenshot !== undefined) await workbench().screenshot(screenshot);
    await box.getByRole('button', { name: button, exact: true }).click();
    await box.waitFor({ state: 'hidden' });
    return text;
  }

  async function copied(message: string): Promise<string> {
    await workbench().notifications.withText(message).first().waitFor();
    return workbench().readClipboard();
  }

  /** What can be chosen, without the icons. */
  async function choices(): Promise<readonly string[]> {
    return (await workbench().quickInput.labels()).map((label) => label.trim());
  }

  it('is said to be so, with what is in it, before anything is signed', async () => {
    const { quickInput } = workbench();
    await workbench().contextMenu('2026', 'Sign Prefix…');
    const text = await decide('Sign', 'prefix-statement');
    expect(text).toContain('Sign everything under “reports/2026/”?');
    expect(text).toMatch(
      /Opens everything under “reports\/2026\/” at 127\.0\.0\.1:\d+: 3 objects, \d+ B now, and whatever is put there later\./,
    );
    expect(text).toMatch(/It ends .* UTC\./);
    await quickInput.shows('What shall be copied?');
    expect(await choices()).toEqual([
      'URLs of the Objects',
      'URLs of the Objects As…',
      'Base URL and Query',
      'Signed Cookies: Set-Cookie Lines',
      'Signed Cookies: curl Arguments',
      'Signed Cookies: Netscape Cookie Jar',
      'Signed Cookies: JavaScript for the Browser’s Console',
    ]);
    await workbench().screenshot('prefix-wanted');
    await quickInput.choose('Signed Cookies: curl Arguments');
    const [, cookie = ''] = /^--cookie '(.*)'$/.exec(await copied('Copied signed cookies')) ?? [];
    const statusOf = async (key: string): Promise<number> =>
      (await fetch(unsigned(key), { headers: { cookie } })).status;
    expect(await statusOf('reports/2026/chart.svg')).toBe(200);
    expect(await statusOf('reports/2025/annual.json')).toBe(403);
    await workbench().screenshot('prefix-copied');
  });

  it('is copied in other forms after that, with the same signature', async () => {
    const { quickInput, notifications } = workbench();
    await workbench().contextMenu('2026', 'Sign Prefix…');
    await decide('Sign');
    await quickInput.shows('What shall be copied?');
    await quickInput.choose('Base URL and Query');
    const base = await copied('Copied the base URL and its query');
    expect(base.startsWith(`${unsigned('reports/2026/')}?Policy=`)).toBe(true);
    const query = base.slice(base.indexOf('?'));
    await notifications.press('Copied the base URL', 'Copy Something Else…');
    await quickInput.shows('What shall be copied?');
    await quickInput.choose('URLs of the Objects');
    await quickInput.shows('Where shall the links go?');
    await quickInput.choose('Copy');
    const urls = (await copied('Copied 3 signed URLs')).split('\n');
    expect(urls.map((url) => url.slice(url.indexOf('?')))).toEqual([query, query, query]);
    for (const url of urls) expect((await fetchText(url)).status).toBe(200);
    // One act is one row of the issued links, and so was the one before.
    await workbench().view().getByRole('button', { name: 'Issued Links Section' }).click();
    await expect.poll(() => workbench().linkRow('2026/*').count()).toBe(2);
    await workbench().view().getByRole('button', { name: 'Issued Links Section' }).click();
  });

  it('is given up without a word', async () => {
    const { quickInput, notifications } = workbench();
    await workbench().writeClipboard('untouched');
    await workbench().contextMenu('2026', 'Sign Prefix…');
    await decide('Cancel');
    await quickInput.isClosed();
    await workbench().page.waitForTimeout(500);
    expect(await notifications.texts()).toEqual([]);
    expect(await workbench().readClipboard()).toBe('untouched');
  });

  it('is offered where a link of it alone is asked for', async () => {
    const { notifications, page } = workbench();
    await workbench().treeRow('2026').click();
    await page.keyboard.press('Control+Alt+C');
    await notifications.press('A folder is among what is selected', 'Sign Prefix…');
    expect(await decide('Cancel')).toContain('everything under “reports/2026/”');
  });

  it('is offered for a playlist, whose segments play then', async () => {
    const { quickInput, notifications } = workbench();
    await workbench().contextMenu('master.m3u8', 'Copy CloudFront Signed URL…');
    await quickInput.shows('This playlist needs its segments, too');
    expect(await choices()).toEqual(['Sign everything under “launch/”', 'Only This File']);
    await workbench().screenshot('prefix-playlist');
    await quickInput.choose('Sign everything under “launch/”');
    expect(await decide('Sign')).toContain('3 objects');
    await quickInput.shows('What shall be copied?');
    await quickInput.choose('URL of master.m3u8');
    const url = await copied('Copied the signed URL of master.m3u8');
    expect(await fetchText(url)).toEqual({ status: 200, body: PLAYLIST });
    const played = PLAYLIST.split('\n').filter((line) => /^[^#]/.test(line));
    const bodies = await Promise.all(
      played.map((segment) => fetchText(`${new URL(segment, url).href}${new URL(url).search}`)),
    );
    expect(bodies.map(({ body }) => body)).toEqual(['first', 'second']);
    expect(await notifications.buttons('Copied the signed URL of master.m3u8')).toEqual([
      'Open',
      'Copy As…',
    ]);
  });

  it('is not, where only the playlist is wanted; a quick copy offers it afterwards', async () => {
    const { quickInput, notifications } = workbench();
    await workbench().contextMenu('master.m3u8', 'Copy CloudFront Signed URL…');
    await quickInput.shows('This playlist needs its segments, too');
    await quickInput.choose('Only This File');
    await quickInput.shows('When shall the link end?');
    await quickInput.accept();
    expect(await copied('Copied the signed URL of master.m3u8')).toContain('?Expires=');
    await workbench().palette('Notifications: Clear All Notifications');

    await workbench().inlineAction('master.m3u8', 'Quick Copy CloudFront Signed URL');
    expect(await copied('Copied the signed URL of master.m3u8')).toContain('?Expires=');
    await notifications.press('Copied the signed URL of master.m3u8', 'Sign Its Folder…');
    expect(await decide('Cancel')).toContain('everything under “launch/”');
  });

  it('may be a bucket, and is one alone', async () => {
    expect(await workbench().contextMenuItems('acme-media')).toContain('Sign Prefix…');
    await workbench().treeRow('2025').click();
    await workbench()
      .treeRow('2026')
      .click({ modifiers: ['Control'] });
    expect(await workbench().contextMenuItems('2026')).not.toContain('Sign Prefix…');
  });
});
