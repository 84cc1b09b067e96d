/**
 * How the tree bears a level of many rows: pages of a prefix of 100,000 keys are loaded one after
 * another in the real workbench, which is timed and whose extension host is weighed.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { startDemoStack } from '../dev/demo/demoStack.ts';
import { syntheticKey, syntheticObjects } from '../dev/s3/syntheticObjects.ts';
import { eventually } from '../test/ui/harness/eventually.ts';
import { Workbench } from '../test/ui/harness/workbench.ts';
import { hostMemory } from './extensionHost.ts';
import { median } from './median.ts';
import { printTable } from './printTable.ts';

const ROWS = Number(process.argv[2] ?? 100_000);
const PAGE = 1000;
const BUCKET = 'many-rows';

const dir = await mkdtemp(path.join(tmpdir(), 'bench-tree-'));
const stack = await startDemoStack(dir);
try {
  stack.s3.putBucket(BUCKET, { objects: syntheticObjects('sequence', 1_000_000) });
  const workbench = await Workbench.open({
    settings: { ...stack.settings, 'cloudfrontSigner.listing.pageSize': PAGE },
    env: { ...stack.awsFiles },
  });
  try {
    await measure(workbench);
  } finally {
    await workbench.close();
  }
} finally {
  await stack.close();
  await rm(dir, { recursive: true, force: true });
}

async function measure(workbench: Workbench): Promise<void> {
  const { page } = workbench;
  await workbench.openView();
  await workbench.expand(BUCKET);
  await workbench.isShown(syntheticKey('sequence', 0, 1_000_000));
  const before = await hostMemory(workbench.dataDir);
  const requests = stack.s3.requests.length;
  const times: number[] = [];
  await workbench.treeRow(syntheticKey('sequence', 0, 1_000_000)).click();
  for (let loaded = PAGE; loaded < ROWS; loaded += PAGE) {
    // The row is the last one of the view, but for the buckets that follow.
    const more = workbench.treeRow('Load more');
    await eventually('the last row', async () => {
      await page.keyboard.press('End');
      return (await more.count()) > 0 ? true : undefined;
    });
    const begun = performance.now();
    await more.click();
    // A page may put those before it into one row.
    await page
      .getByRole('treeitem', {
        name: new RegExp(`^${syntheticKey('sequence', loaded, 1_000_000)}`),
      })
      .waitFor({ timeout: 60_000 });
    times.push(performance.now() - begun);
  }
  const after = await hostMemory(workbench.dataDir);
  const pages = stack.s3.requests.length - requests;
  const part = Math.floor(times.length / 5);
  printTable([
    ['rows', 'ms from the click to the next page'],
    ...[0, 1, 2, 3, 4].map((index) => [
      `up to ${((index + 1) * (ROWS / 5)).toLocaleString('en-US')}`,
      median(times.slice(index * part, (index + 1) * part)).toFixed(0),
    ]),
  ]);
  console.log(`${pages} requests for ${times.length} pages.`);
  console.log(`${((after - before) / (times.length * PAGE)).toFixed(0)} bytes of memory a row.`);

  const asked = stack.s3.requests.length;
  await page.keyboard.press('Home');
  const twistie = workbench.treeRow(BUCKET).locator('.monaco-tl-twistie');
  const begun = performance.now();
  await twistie.click();
  await twistie.click();
  // The first thousands are one row by now.
  const first = new RegExp(`^${syntheticKey('sequence', 0, 1_000_000)}`);
  await page.getByRole('treeitem', { name: first }).first().waitFor();
  console.log(
    `Closed and opened in ${(performance.now() - begun).toFixed(0)} ms, with ${stack.s3.requests.length - asked} requests.`,
  );
  const reveals: number[] = [];
  for (const index of [123_456, 500_000, 987_654]) {
    const count = stack.s3.requests.length;
    const key = syntheticKey('sequence', index, 1_000_000);
    const started = performance.now();
    await workbench.palette('CloudFront: Open S3 Location…');
    await workbench.quickInput.type(`s3://${BUCKET}/${key}`);
    await workbench.quickInput.accept();
    await workbench.isShown(key);
    reveals.push(stack.s3.requests.length - count);
    console.log(`Revealed ${key} in ${(performance.now() - started).toFixed(0)} ms.`);
  }
  console.log(`Requests to reveal one of a million: ${reveals.join(', ')}.`);
}
