import path from 'node:path';

import { build } from 'esbuild';

/**
 * Bundles what VS Code is to call inside the extension host.
 *
 * @param name of a file in this folder, without its ending
 * @param dir that the bundle is put into
 * @returns the bundle's path
 */
export async function bundleHostEntry(name: string, dir: string): Promise<string> {
  const outfile = path.join(dir, `${name}.cjs`);
  await build({
    entryPoints: [path.join(import.meta.dirname, `${name}.ts`)],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    external: ['vscode'],
    logLevel: 'warning',
  });
  return outfile;
}
