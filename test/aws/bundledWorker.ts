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

/** Bundles what signs on threads, as the extension's build does. */
export async function bundleSigningWorker(): Promise<BundledWorker> {
  const dir = await mkdtemp(path.join(tmpdir(), 'worker-'));
  const outfile = path.join(dir, 'signingWorker.mjs');
  await build({
    entryPoints: [path.resolve(import.meta.dirname, '../../src/aws/signingWorker.ts')],
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
