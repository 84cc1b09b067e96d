/**
 * Holds the sizes of what `npm run package` has made to `bench/budget.json`, in bytes: the package,
 * what activation loads, and what the first listing loads on top. Sizes are the same on every machine,
 * which times are not.
 */
import { readFile, stat } from 'node:fs/promises';

/**
 * @typedef {{ imports: { path: string, kind: string, external?: boolean }[], bytes: number,
 *   inputs: Record<string, unknown> }} Output
 */

/** @type {{ outputs: Record<string, Output> }} */
const { outputs } = JSON.parse(await readFile('dist/meta.json', 'utf8'));
/** @type {Record<string, number>} */
const budget = JSON.parse(await readFile('bench/budget.json', 'utf8'));

const activation = loadedWith('dist/extension.js');
const listing = loadedWith(fileOf('src/aws/aws.ts'));
/** @type {Record<string, number>} */
const sizes = {
  package: (await stat('dist/cloudfront-url-signer.vsix')).size,
  activation: sizeOf([...activation]),
  firstListing: sizeOf([...listing].filter((file) => !activation.has(file))),
};

for (const name of new Set([...Object.keys(sizes), ...Object.keys(budget)])) {
  const [size, most] = [sizes[name], budget[name]];
  const isWithin = size !== undefined && most !== undefined && size <= most;
  if (!isWithin) process.exitCode = 1;
  const verdict = isWithin ? 'within the budget' : 'NOT WITHIN THE BUDGET';
  console.log(`${name}: ${size} bytes of ${most}, ${verdict}`);
}

/**
 * The file that a module is in.
 *
 * @param {string} module
 */
function fileOf(module) {
  const [file] = Object.entries(outputs).find(([, { inputs }]) => module in inputs) ?? [];
  if (file === undefined) throw new Error(`Nothing has ${module} in it.`);
  return file;
}

/**
 * The files that are loaded with one.
 *
 * @param {string} entry
 */
function loadedWith(entry) {
  const files = new Set([entry]);
  for (const file of files) {
    for (const { path, kind, external } of outputs[file]?.imports ?? []) {
      if (kind === 'import-statement' && external !== true) files.add(path);
    }
  }
  return files;
}

/** @param {string[]} files */
function sizeOf(files) {
  return files.reduce((sum, file) => sum + (outputs[file]?.bytes ?? 0), 0);
}
