/**
 * Bundles the extension into dist/: one entry that activation loads, chunks (the AWS SDK among them)
 * that are loaded when first imported, and what signs on threads of its own. Keeps esbuild's metafile
 * so that a test can prove which is which.
 */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';
import { thirdPartyNotices } from './thirdPartyNotices.mjs';

await rm('dist', { recursive: true, force: true });
await mkdir('dist');
/**
 * Names the keys of the SDK's tables of operations and shapes, `{ [_h]: … }` with `const _h = "http"`.
 * esbuild takes a computed key for a side effect, and would keep the tables of what is never called.
 *
 * @type {import('esbuild').Plugin}
 */
const namedKeys = {
  name: 'named-keys',
  setup(bundler) {
    bundler.onLoad(
      { filter: /[\\/]dist-es[\\/].*schemas[\\/]schemas_0\.js$/ },
      async ({ path }) => {
        const text = await readFile(path, 'utf8');
        const names = new Map(
          [...text.matchAll(/^const (\w+) = ("\w+");$/gm)].map(([, name, value]) => [name, value]),
        );
        return {
          contents: text.replace(/\[(\w+)\]:/g, (key, name) => `${names.get(name) ?? key}:`),
        };
      },
    );
  },
};

/** @type {import('esbuild').BuildOptions} */
const options = {
  outdir: 'dist',
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node22',
  // The SDK's ES modules shake to two thirds of the size of its CommonJS builds.
  mainFields: ['module', 'main'],
  // The SDK asks bowser for the name of a browser, and there is none to ask about here.
  external: ['vscode', 'bowser'],
  plugins: [namedKeys],
  minify: true,
  metafile: true,
  legalComments: 'none',
  logLevel: 'warning',
};
const result = await build({ ...options, entryPoints: ['src/extension.ts'], splitting: true });
// Whole: a chunk that they shared with the entry would be one more file that activation loads.
const workers = await build({
  ...options,
  entryPoints: ['src/aws/signingWorker.ts', 'src/aws/parquetWorker.ts'],
});
const notices = await thirdPartyNotices([result.metafile, workers.metafile]);
await writeFile('dist/ThirdPartyNotices.txt', notices);
await writeFile('dist/meta.json', JSON.stringify(result.metafile));
