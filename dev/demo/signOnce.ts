import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Locator, Page } from 'playwright-core';
import { launchBrowser } from '../vscodeHost/browser.ts';
import { DEMO_BUCKET, DEMO_KEY } from './demoFiles.ts';
import type { DemoStack } from './demoStack.ts';

const SCREENSHOT = path.resolve(import.meta.dirname, '../../.cache/screenshots/once.png');

/** How a URL was answered. */
interface Answer {
  readonly status: number;
  /** Of the body. */
  readonly sha256: string;
  /** The code of an error in XML. */
  readonly code: string | undefined;
}

/** The shortest life that leaves time to see the link work before it ends. */
const SHORT_LIFE = '5s';

/**
 * Does the main job by hand of a browser: opens the view and the prefixes, asks for a signed URL from
 * the context menu, takes the default expiry. Fetches what is then on the clipboard, and tries what
 * must not work: no signature or another one, another object, another key, and the same after its end.
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
    let shortLived: string;
    try {
      await showObject(page);
      signedUrl = await copyFromContextMenu(page);
      await mkdir(path.dirname(SCREENSHOT), { recursive: true });
      await page.screenshot({ path: SCREENSHOT });
      shortLived = await copyFromContextMenu(page, SHORT_LIFE);
    } catch (error) {
      await page.screenshot({ path: SCREENSHOT });
      throw error;
    }

    console.log(`\nCopied       ${signedUrl}`);
    if (new URL(signedUrl).host !== domain) throw new Error(`It is not of ${domain}.`);
    await expectAnswer('Signed URL', signedUrl, 200);
    const { pathname } = new URL(signedUrl);
    for (const [what, refused, code] of [
      ['Unsigned', signedUrl.replace(/\?.*/, ''), 'MissingKey'],
      ['Altered', withLetterChanged(signedUrl), 'AccessDenied'],
      ['Other object', signedUrl.replace(pathname, '/README.md'), 'AccessDenied'],
      ['Other key', signedByAnother(signedUrl), 'AccessDenied'],
      ['Unknown key', signedUrl.replace(/Key-Pair-Id=K/, 'Key-Pair-Id=K0'), 'InvalidKey'],
      ['Straight S3', `${s3.endpoint}/${DEMO_BUCKET}${pathname}`, 'AccessDenied'],
    ] as const) {
      await expectAnswer(what, refused, 403, code);
    }
    await untilEnd(shortLived);
    await expectAnswer('Expired', shortLived, 403, 'AccessDenied');
    console.log(`Screenshot   ${SCREENSHOT}`);
  } finally {
    await browser.close();
  }
}

function rowOf(page: Page, name: string): Locator {
  return page.getByRole('treeitem').filter({ has: page.getByText(name, { exact: true }) });
}

async function showObject(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'CloudFront URL Signer' }).click();
  // The key is brought in by an extension of its own, which may take a moment longer.
  await rowOf(page, 'Demo key').waitFor();
  const folders = [DEMO_BUCKET, ...DEMO_KEY.split('/').slice(0, -1)];
  for (const folder of folders) await rowOf(page, folder).click();
}

/** @param expiry to type; the default one unless given */
async function copyFromContextMenu(page: Page, expiry = ''): Promise<string> {
  await page.evaluate(`navigator.clipboard.writeText('')`);
  await rowOf(page, DEMO_KEY.slice(DEMO_KEY.lastIndexOf('/') + 1)).click({ button: 'right' });
  const item = page.getByRole('menuitem', { name: 'Copy CloudFront Signed URL…' });
  await item.hover();
  // A menu takes no click that comes as fast as a machine's.
  await page.waitForTimeout(300);
  await item.click();
  const prompt = page.getByPlaceholder(/When shall the link end/);
  await prompt.fill(expiry);
  await prompt.press('Enter');
  for (;;) {
    const copied = String(await page.evaluate('navigator.clipboard.readText()'));
    if (copied !== '') return copied;
    await page.waitForTimeout(50);
  }
}

function withLetterChanged(url: string): string {
  return url.replace(/(Signature=.{40})(.)/, (_, before: string, letter: string) =>
    before.concat(letter === 'A' ? 'B' : 'A'),
  );
}

/** The URL with a signature that is right in all but the key it was made with. */
function signedByAnother(url: string): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const [resource = ''] = url.split('?');
  const expires = new URL(url).searchParams.get('Expires') ?? '';
  const policy = `{"Statement":[{"Resource":"${resource}","Condition":{"DateLessThan":{"AWS:EpochTime":${expires}}}}]}`;
  const signature = sign('SHA1', Buffer.from(policy), privateKey)
    .toString('base64')
    .replaceAll('+', '-')
    .replaceAll('=', '_')
    .replaceAll('/', '~');
  return url.replace(/Signature=[^&]*/, `Signature=${signature}`);
}

async function untilEnd(url: string): Promise<void> {
  const end = Number(new URL(url).searchParams.get('Expires')) * 1000;
  await setTimeout(Math.max(0, end - Date.now()) + 500);
}

async function expectAnswer(
  what: string,
  url: string,
  expected: number,
  expectedCode?: string,
): Promise<void> {
  const { status, sha256, code } = await fetchOnce(url);
  const detail = status === 200 ? `SHA-256 ${sha256}` : (code ?? '');
  console.log(`${what.padEnd(12)} ${status}  ${detail}`);
  if (status !== expected || code !== expectedCode) {
    throw new Error(`${what}: expected ${expected} ${expectedCode ?? ''}.`);
  }
}

async function fetchOnce(url: string): Promise<Answer> {
  const response = await fetch(url);
  const body = Buffer.from(await response.arrayBuffer());
  return {
    status: response.status,
    sha256: createHash('sha256').update(body).digest('hex'),
    code: /<Code>([^<]*)<\/Code>/.exec(body.toString('utf8'))?.[1],
  };
}
