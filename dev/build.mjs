/**
 * Bundles the extension into dist/: one entry that activation loads, and chunks (the AWS SDK among
 * them) that are loaded when first imported. Keeps esbuild's metafile so that a test can prove which
 * is which.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';

await rm('dist', { recursive: true, force: true });
await mkdir('dist');
const result = await build({
  entryPoints: ['src/extension.ts'],
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node22',
  // The SDK's ES modules shake to two thirds of the size of its CommonJS builds.
  mainFields: ['module', 'main'],
  external: ['vscode'],
  minify: true,
  metafile: true,
  legalComments: 'none',
  logLevel: 'warning',
});
await writeFile('dist/meta.json', JSON.stringify(result.metafile));
