/**
 * Bundles the extension into dist/: one entry that activation loads, chunks (the AWS SDK among them)
 * that are loaded when first imported, and what works on threads of its own. Notes what is in which,
 * in the form of esbuild's metafile, so that a test can prove it.
 */
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'rolldown';
import { thirdPartyNotices } from './thirdPartyNotices.mjs';

await rm('dist', { recursive: true, force: true });
const extension = await bundle('src/extension.ts', {
  // The first group that fits a module has it, and what it imports.
  groups: [
    { name: 'activation', tags: ['$initial'], priority: 5 },
    { name: 'common', test: /[\\/]src[\\/](?:core|vscode)[\\/]/, minShareCount: 4, priority: 4 },
    { name: 'own', test: /[\\/]src[\\/](?:core|vscode|actions)/, entriesAware: true, priority: 3 },
    { name: 'listing', test: /[\\/]src[\\/]aws[\\/]aws\.ts$/, priority: 2 },
    { name: 'credentials', test: /[\\/]@aws-sdk[\\/](?:credential|token|nested)-/ },
  ],
});
// Whole: a chunk that they shared with the entry would be one more file that activation loads.
const workers = [
  await bundle('src/aws/signingWorker.ts', false),
  await bundle('src/aws/parquetWorker.ts', false),
];
const metafile = metafileOf(extension);
const notices = await thirdPartyNotices([metafile, ...workers.map(metafileOf)]);
await writeFile('dist/ThirdPartyNotices.txt', notices);
await writeFile('dist/meta.json', JSON.stringify(metafile));

/**
 * @param {string} input
 * @param {import('rolldown').OutputOptions['codeSplitting']} codeSplitting
 */
function bundle(input, codeSplitting) {
  return build({
    input,
    platform: 'node',
    // The SDK's ES modules shake to less than its CommonJS builds.
    resolve: { mainFields: ['module', 'main'] },
    transform: { target: 'node22' },
    // The SDK asks bowser for the name of a browser, and there is none to ask about here.
    external: ['vscode', 'bowser'],
    logLevel: 'warn',
    // What one part imports at once, another may load later.
    checks: { ineffectiveDynamicImport: false },
    output: {
      dir: 'dist',
      chunkFileNames: ({ name }) => `${name.split('~')[0]}-[hash].js`,
      format: 'esm',
      minify: true,
      comments: false,
      codeSplitting,
    },
  });
}

/**
 * @param {import('rolldown').RolldownOutput} bundled
 * @returns {import('esbuild').Metafile}
 */
function metafileOf({ output }) {
  const chunks = output.flatMap((file) => (file.type === 'chunk' ? [file] : []));
  const files = new Set(chunks.map(({ fileName }) => fileName));
  return {
    inputs: {},
    outputs: Object.fromEntries(
      chunks.map((chunk) => [
        `dist/${chunk.fileName}`,
        {
          bytes: Buffer.byteLength(chunk.code),
          exports: chunk.exports,
          imports: [
            ...importsOf(chunk.imports, 'import-statement'),
            ...importsOf(chunk.dynamicImports, 'dynamic-import'),
          ],
          inputs: Object.fromEntries(
            Object.entries(chunk.modules).flatMap(([id, { renderedLength }]) =>
              renderedLength > 0 ? [[nameOf(id), { bytesInOutput: renderedLength }]] : [],
            ),
          ),
          ...(chunk.facadeModuleId === null ? {} : { entryPoint: nameOf(chunk.facadeModuleId) }),
        },
      ]),
    ),
  };

  /**
   * @param {readonly string[]} names
   * @param {import('esbuild').ImportKind} kind
   */
  function importsOf(names, kind) {
    return names.map((name) =>
      files.has(name) ? { path: `dist/${name}`, kind } : { path: name, kind, external: true },
    );
  }
}

/** @param {string} id of a module, which is its absolute path */
function nameOf(id) {
  return path.relative('.', id).replaceAll(path.sep, '/');
}
