import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_BUCKET } from '../../dev/demo/demoFiles.ts';
import { LISTS, putInventory } from '../inventoryFiles.ts';
import { parquetFile } from '../parquetFile.ts';
import { importKey, startAccount, type Account } from './harness/account.ts';
import { eventually } from './harness/eventually.ts';
import { useWorkbench } from './harness/workbench.ts';

/** A bucket that S3 lists by itself. */
const LISTED = 'films';

/** Publishes what S3 has listed some time ago. */
function publishInventory({ s3 }: Account['stack']): void {
  const destination = { bucket: LISTS, format: 'Parquet' } as const;
  s3.putBucket(LISTS);
  s3.putBucket(LISTED, { inventories: [{ id: 'daily', destination }] });
  s3.putObject(LISTED, 'of-today.mp4', 'film');
  putInventory(s3, {
    bucket: LISTED,
    id: 'daily',
    date: '2026-11-20T12-00Z',
    parquet: [parquetFile(['a', 'b', 'c'].map((name) => ({ key: `old/${name}.mp4`, size: 7 })))],
  });
}

describe('Search Objects', () => {
  let account: Account;
  const workbench = useWorkbench(async () => {
    account = await startAccount();
    publishInventory(account.stack);
    return account.options;
  });

  beforeAll(async () => {
    await workbench().openView();
    await importKey(workbench(), account.stack);
    await workbench().isShown(DEMO_BUCKET);
  });

  afterEach(async () => {
    await workbench().palette('Notifications: Clear All Notifications');
  });

  /** Waits until the list has exactly these objects, in sight; VS Code puts them in its own order. */
  async function finds(text: string, ...names: readonly string[]): Promise<void> {
    const { quickInput } = workbench();
    await quickInput.type(text);
    await eventually(`${names.join(', ')} for ${text}`, async () =>
      (await quickInput.labels()).toSorted().join() === names.toSorted().join() ? true : undefined,
    );
  }

  it('finds objects of the whole bucket by words, patterns and expressions, and signs one', async () => {
    const { quickInput, notifications } = workbench();
    await workbench().contextMenu(DEMO_BUCKET, 'Search Objects…');
    await quickInput.shows(`Search ${DEMO_BUCKET}/: 709 objects`);
    await finds('Q3 final', 'Q3 résumé (final).txt');
    await finds('*.svg', 'logo.svg', 'chart.svg');
    await quickInput.shows('2 of 709 objects');
    await workbench().screenshot('search-pattern');
    await finds('/2025-0[1-3]-15/', '2025-01-15.log', '2025-02-15.log', '2025-03-15.log');
    await finds('anual.jsn', 'annual.json');
    expect((await quickInput.items())[0]).toContain('reports/2025/');
    await workbench().screenshot('search-similar');
    await quickInput.accept();
    await quickInput.shows('Signed URL for annual.json');
    await quickInput.accept();
    await notifications.withText('Copied the signed URL of annual.json').waitFor();
    expect(await workbench().readClipboard()).toContain('/reports/2025/annual.json?Expires=');
  });

  it('signs several that were chosen in searches one after another', async () => {
    const { quickInput, page } = workbench();
    await workbench().contextMenu(DEMO_BUCKET, 'Search Objects…');
    await quickInput.shows('709 objects');
    await finds('logo', 'logo.svg');
    await quickInput.choose('logo.svg');
    await finds('chart', 'logo.svg', 'chart.svg');
    await quickInput.choose('chart.svg');
    await workbench().screenshot('search-several');
    await page.keyboard.press('Enter');
    await quickInput.shows('Signed URLs for 2 objects');
    await quickInput.accept();
    const urls = await eventually('two URLs on the clipboard', async () => {
      const lines = (await workbench().readClipboard()).split('\n');
      return lines.length === 2 ? lines : undefined;
    });
    expect(urls.toSorted().map((url) => new URL(url).pathname)).toEqual([
      '/press/logo.svg',
      '/reports/2026/chart.svg',
    ]);
  });

  it('reveals an object instead', async () => {
    const { quickInput } = workbench();
    await workbench().contextMenu(DEMO_BUCKET, 'Search Objects…');
    await finds('発表', '発表.md');
    const row = quickInput.row('発表.md');
    await row.hover();
    await row.getByRole('button', { name: 'Reveal in Buckets' }).click();
    await workbench().isShown('発表.md');
  });

  it('says what is wrong with an expression', async () => {
    const { quickInput } = workbench();
    await workbench().contextMenu(DEMO_BUCKET, 'Search Objects…');
    await quickInput.type('/(/');
    await quickInput.shows('Invalid regular expression');
    expect(await quickInput.labels()).toEqual([]);
    await workbench().screenshot('search-wrong-expression');
    await quickInput.type('/(.+)+!/');
    await quickInput.shows('It takes too long for some of the keys');
    await finds('*.svg', 'logo.svg', 'chart.svg');
  });

  it('has an index once it is built, says how old it is, and lists anew on a click', async () => {
    const { quickInput, notifications, page } = workbench();
    await workbench().contextMenu(DEMO_BUCKET, 'Build Search Index');
    await notifications.withText(`The index of ${DEMO_BUCKET} has 709 objects`).waitFor();
    await workbench().contextMenu(DEMO_BUCKET, 'Search Objects…');
    await quickInput.shows('709 objects as of ');
    await workbench().screenshot('search-index');
    account.stack.s3.putObject(DEMO_BUCKET, 'new/arrival.txt', 'new');
    await page.getByRole('button', { name: 'List Anew' }).click();
    await quickInput.shows('710 objects');
    await finds('arrival', 'arrival.txt');
    expect(await quickInput.text()).toContain('1 of 710 objects');
  });

  it('reads the inventory of S3 instead, where there is one and that is chosen', async () => {
    const { quickInput, notifications } = workbench();
    await workbench().contextMenu(LISTED, 'Build Search Index');
    await quickInput.shows(`Search Index of ${LISTED}`);
    const [list, inventory = ''] = await quickInput.labels();
    expect([list, inventory]).toEqual([
      'List the Bucket',
      expect.stringContaining('Read the S3 Inventory of Fri, 20 Nov 2026'),
    ]);
    await workbench().screenshot('search-inventory');
    await quickInput.choose(inventory);
    await notifications
      .withText(`The index of ${LISTED} has 3 objects as of Fri, 20 Nov`)
      .waitFor();
    await workbench().contextMenu(LISTED, 'Search Objects…');
    await quickInput.shows('3 objects as of Fri, 20 Nov 2026');
    await finds('old', 'a.mp4', 'b.mp4', 'c.mp4');
    await quickInput.cancel();
    await workbench().treeRow(LISTED).click();
    await workbench().palette('CloudFront: Delete Search Index');
    await notifications.withText(`The index of ${LISTED} is deleted.`).waitFor();
  });

  it('tells the size of a folder', async () => {
    await workbench().contextMenu(DEMO_BUCKET, 'Folder Size');
    const told = workbench().notifications.withText(`${DEMO_BUCKET}/: 710 objects`);
    expect(await told.innerText()).toMatch(/710 objects, [\d.]+ [KM]B/);
    await workbench().screenshot('folder-size');
  });
});
