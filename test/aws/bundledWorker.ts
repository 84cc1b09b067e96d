import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import { build } from 'esbuild';

/** A program for threads, bundled: Node itself reads no TypeScript in all versions that we run on. */
export interface BundledWorker {
  readonly url: URL;
  dispose(): Promise<void>;
}

/** Bundles what works on threads, as the extension's build does. */
export async function bundleWorker(
  name: 'signingWorker' | 'parquetWorker',
): Promise<BundledWorker> {
  const dir = await mkdtemp(path.join(tmpdir(), 'worker-'));
  const outfile = path.join(dir, `${name}.mjs`);
  await build({
    entryPoints: [path.resolve(import.meta.dirname, `../../src/aws/${name}.ts`)],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    mainFields: ['module', 'main'],
    logLevel: 'warning',
  });
  return { url: pathToFileURL(outfile), dispose: () => rm(dir, { recursive: true }) };
}
