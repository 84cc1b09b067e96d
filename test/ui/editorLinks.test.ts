import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { DEMO_BUCKET, DEMO_KEY } from '../../dev/demo/demoFiles.ts';
import { fetchText, importKey, startAccount, type Account } from './harness/account.ts';
import { eventually } from './harness/eventually.ts';
import { useWorkbench } from './harness/workbench.ts';

const NOTES = 'notes.txt';
const REST = 'is what Ada asked for.';
const URI = `s3://${DEMO_BUCKET}/${DEMO_KEY}`;

describe('an object that is named in an editor', () => {
  let account: Account;
  const workbench = useWorkbench(async () => {
    account = await startAccount();
    return { ...account.options, files: { [NOTES]: `${URI}\n${REST}\n` } };
  });

  beforeAll(async () => {
    await workbench().openView();
    await importKey(workbench(), account.stack);
    await workbench().palette('Notifications: Clear All Notifications');
    await openNotes();
  });

  async function openNotes(): Promise<void> {
    const { page, quickInput } = workbench();
    // A key press is lost while the focus is still on its way.
    await eventually('the file to open', async () => {
      if ((await quickInput.text()) === '') await page.keyboard.press('Control+P');
      await page.waitForTimeout(300);
      if ((await quickInput.text()) === '') return undefined;
      await quickInput.type(NOTES);
      await quickInput.row(NOTES).click();
      return firstLine()
        .waitFor({ timeout: 3_000 })
        .then(
          () => true,
          () => undefined,
        );
    });
  }

  function firstLine(): Locator {
    return workbench().page.locator('.editor-instance .view-line').first();
  }

  /** Selects the first line and opens the menu of the light bulb. @returns what it offers */
  async function lightBulb(): Promise<readonly string[]> {
    const { page } = workbench();
    const menu = page.locator('.action-widget');
    await eventually('the menu of the light bulb', async () => {
      await firstLine().click({ position: { x: 30, y: 8 } });
      await page.keyboard.press('Home');
      await page.keyboard.press('Shift+End');
      await page.keyboard.press('Control+.');
      return menu
        .getByText('CloudFront')
        .first()
        .waitFor({ timeout: 2_000 })
        .then(
          () => true,
          () => undefined,
        );
    });
    const titles = await menu.locator('.action-item, .monaco-list-row').allInnerTexts();
    return titles.map((title) => title.replaceAll('\u00a0', ' ').trim());
  }

  /** Chooses from the menu that is open, which ignores clicks at first; a key it takes at once. */
  async function choose(title: string): Promise<void> {
    const { page } = workbench();
    await page.locator('.action-widget').getByText(title).hover();
    await page.keyboard.press('Enter');
  }

  /** The first line of the file, once that is saved and has such a text or has it no more. */
  async function saved(text: string, isThere: boolean): Promise<string> {
    const file = path.join(workbench().workspace, NOTES);
    return eventually(`a file ${isThere ? 'with' : 'without'} ${text}`, async () => {
      await workbench().page.keyboard.press('Control+S');
      const [line = '', rest] = (await readFile(file, 'utf8')).split('\n');
      return line.includes(text) === isThere && rest === REST ? line : undefined;
    });
  }

  /** The document that inspecting has opened. */
  async function inspected(): Promise<string> {
    const frame = await workbench().frameWith('h1', 'CloudFront signed URL');
    return frame.locator('body').innerText();
  }

  it('is replaced by its link from the light bulb, and back', async () => {
    const { page, quickInput } = workbench();
    const offered = await lightBulb();
    await workbench().screenshot('editor-light-bulb');
    expect(offered).toEqual([
      'Rewrite',
      'Replace with CloudFront Signed URL…',
      'Copy CloudFront Signed URL…',
    ]);
    await choose('Replace with CloudFront Signed URL…');
    await quickInput.shows('Signed URL for Q3 résumé (final).txt');
    await workbench().screenshot('editor-expiry');
    await quickInput.accept();
    const url = await saved('Signature=', true);
    await workbench().screenshot('editor-replaced');
    expect((await fetchText(url)).status).toBe(200);

    expect(await lightBulb()).toEqual([...offered, 'Strip CloudFront Signature']);
    await workbench().screenshot('editor-light-bulb-signed');
    await choose('Strip CloudFront Signature');
    expect(await saved('Signature=', false)).toBe(url.replace(/\?.*/, ''));
    await page.keyboard.press('Control+Z');
    expect(await saved('Signature=', true)).toBe(url);
  });

  it('is inspected by a click on its link, whatever is escaped in that', async () => {
    const { page } = workbench();
    const link = page.locator('.editor-instance .detected-link').first();
    await link.waitFor();
    // A long line is scrolled to its end.
    await page.keyboard.press('Control+Home');
    await page.keyboard.down('Control');
    await link.click({ position: { x: 40, y: 8 } });
    await page.keyboard.up('Control');
    await workbench().screenshot('editor-link-inspected');
    expect(await inspected()).toContain('✔ Intact');
  });
});
