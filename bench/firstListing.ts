/**
 * What stands between a click on the view and its first rows in a workbench that has just started,
 * and how much memory the extension host takes for it: the last ones against the first, in which the
 * extension is not active yet.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { DEMO_BUCKET } from '../dev/demo/demoFiles.ts';
import { startDemoStack } from '../dev/demo/demoStack.ts';
import { Workbench } from '../test/ui/harness/workbench.ts';
import { hostMemory } from './extensionHost.ts';
import { median } from './median.ts';
import { printTable } from './printTable.ts';

const STARTS = 7;
const MEGABYTE = 1e6;

/** One start of the extension host; times in milliseconds, memory in bytes. */
interface Start {
  readonly buckets: number;
  readonly objects: number;
  readonly again: number;
  readonly idle: number;
  readonly listed: number;
}

const dir = await mkdtemp(path.join(tmpdir(), 'bench-listing-'));
const stack = await startDemoStack(dir);
try {
  const { settings, awsFiles } = stack;
  const workbench = await Workbench.open({ settings, env: { ...awsFiles } });
  try {
    const starts: Start[] = [];
    for (let count = 0; count <= STARTS; count++) {
      // The first one has VS Code set things up that are there from then on.
      if (count > 0) starts.push(await start(workbench));
      await workbench.page.getByRole('tab', { name: 'Explorer' }).first().click();
      await workbench.reload();
    }
    print(starts);
  } finally {
    await workbench.close();
  }
} finally {
  await stack.close();
  await rm(dir, { recursive: true, force: true });
}

async function start(workbench: Workbench): Promise<Start> {
  const idle = await hostMemory(workbench.dataDir);
  const begun = performance.now();
  await workbench.openView();
  await workbench.isShown(DEMO_BUCKET);
  const buckets = performance.now() - begun;
  const row = workbench.treeRow(DEMO_BUCKET);
  const time = async (label: string): Promise<number> => {
    const from = performance.now();
    await row.click();
    await workbench.isShown(label);
    return performance.now() - from;
  };
  const objects = await time('README.md');
  await row.click();
  await workbench.treeRow('README.md').waitFor({ state: 'hidden' });
  const again = await time('README.md');
  return { buckets, objects, again, idle, listed: await hostMemory(workbench.dataDir) };
}

function print(starts: readonly Start[]): void {
  const of = (name: keyof Start): number => median(starts.map((one) => one[name]));
  console.log(`Medians of ${STARTS} starts of the extension host.\n`);
  printTable([
    ['', 'ms'],
    [
      'from the click on the view to its buckets: activation, SDK, ListBuckets',
      of('buckets').toFixed(0),
    ],
    ['from the click on a bucket to its objects: ListObjectsV2', of('objects').toFixed(0)],
    ['the same, closed and opened again: nothing is asked', of('again').toFixed(0)],
  ]);
  const [idle, listed] = [of('idle') / MEGABYTE, of('listed') / MEGABYTE];
  console.log(
    `\nMemory of the extension host: ${idle.toFixed(0)} MB before, ${listed.toFixed(0)} MB after it: ${(listed / idle).toFixed(2)} times.`,
  );
}
