import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { launchBrowser } from '../vscodeHost/browser.ts';
import { DEMO_BUCKET, DEMO_KEY } from './demoFiles.ts';
import type { DemoStack } from './demoStack.ts';

const SCREENSHOT = path.resolve(import.meta.dirname, '../../.cache/screenshots/once.png');

/** How a URL was answered. */
interface Fetched {
  readonly status: number;
  readonly sha256: string;
}

/**
 * Does the main job by hand of a browser: opens the view and the prefixes, asks for a signed URL from
 * the context menu, takes the default expiry. Fetches what is then on the clipboard, and tries what
 * must not work.
 *
 * @throws Error where anything is not as it should be
 */
export async function signOnce(url: string, { s3, domain }: DemoStack): Promise<void> {
  const browser = await launchBrowser();
  try {
    const [page] = browser.context.pages();
    if (page === undefined) throw new Error('The browser has no page.');
    await page.goto(url);
    let signedUrl: string;
    try {
      signedUrl = await copyFromContextMenu(page);
    } finally {
      await mkdir(path.dirname(SCREENSHOT), { recursive: true });
      await page.screenshot({ path: SCREENSHOT });
    }

    console.log(`\nCopied      ${signedUrl}`);
    await expectStatus('Signed URL', signedUrl, 200);
    await expectStatus('Altered', signedUrl.replace('Expires=', 'Expires=1'), 403);
    await expectStatus('Unsigned', signedUrl.replace(/\?.*/, ''), 403);
    const { pathname } = new URL(signedUrl);
    await expectStatus('Straight S3', `${s3.endpoint}/${DEMO_BUCKET}${pathname}`, 403);
    if (new URL(signedUrl).host !== domain) throw new Error(`It is not of ${domain}.`);
    console.log(`Screenshot  ${SCREENSHOT}`);
  } finally {
    await browser.close();
  }
}

async function copyFromContextMenu(page: Page): Promise<string> {
  const row = (name: string): Locator =>
    page.getByRole('treeitem').filter({ has: page.getByText(name, { exact: true }) });

  await page.getByRole('tab', { name: 'CloudFront URL Signer' }).click();
  // The key is brought in by an extension of its own, which may take a moment longer.
  await row('Demo key').waitFor();
  const folders = [DEMO_BUCKET, ...DEMO_KEY.split('/').slice(0, -1)];
  for (const folder of folders) await row(folder).click();
  await row(DEMO_KEY.slice(DEMO_KEY.lastIndexOf('/') + 1)).click({ button: 'right' });
  const item = page.getByRole('menuitem', { name: 'Copy CloudFront Signed URL…' });
  await item.hover();
  // A menu takes no click that comes as fast as a machine's.
  await page.waitForTimeout(300);
  await item.click();
  await page.getByPlaceholder(/When shall the link end/).press('Enter');
  await page
    .getByText(/^Copied the signed URL/)
    .first()
    .waitFor();
  return String(await page.evaluate('navigator.clipboard.readText()'));
}

async function expectStatus(what: string, url: string, expected: number): Promise<void> {
  const { status, sha256 } = await fetchOnce(url);
  console.log(`${what.padEnd(11)} ${status}${status === 200 ? `  SHA-256 ${sha256}` : ''}`);
  if (status !== expected) throw new Error(`${what}: expected ${expected}, got ${status}.`);
}

async function fetchOnce(url: string): Promise<Fetched> {
  const response = await fetch(url);
  const body = Buffer.from(await response.arrayBuffer());
  return { status: response.status, sha256: createHash('sha256').update(body).digest('hex') };
}
