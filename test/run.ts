/**
 * Runs every check and every test, layer by layer, and says on its last line what they came to.
 * `npm test -- unit lint` runs those layers alone.
 */
import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import path from 'node:path';

import { COUNT_FILE, readCount, type TestCount } from './testCount.ts';

interface Layer {
  readonly name: string;
  /** An npm script, with its arguments. */
  readonly script: readonly string[];
  /** A check is one test: its exit code. The others leave a count of theirs. */
  readonly kind: 'check' | 'tests';
}

const counting = ['--', '--reporter=default', '--reporter=./test/countReporter.ts'];

const layers: readonly Layer[] = [
  { name: 'types', script: ['types'], kind: 'check' },
  { name: 'lint', script: ['lint'], kind: 'check' },
  { name: 'format', script: ['format:check'], kind: 'check' },
  { name: 'deadcode', script: ['deadcode'], kind: 'check' },
  { name: 'package', script: ['package'], kind: 'check' },
  { name: 'sizes', script: ['sizes'], kind: 'check' },
  { name: 'unit', script: ['test:unit', ...counting], kind: 'tests' },
  { name: 'aws', script: ['test:aws', ...counting], kind: 'tests' },
  { name: 'host', script: ['test:host'], kind: 'tests' },
  { name: 'ui', script: ['test:ui', ...counting], kind: 'tests' },
];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !layers.some((layer) => layer.name === name));
if (unknown.length > 0) {
  const names = layers.map(({ name }) => name).join(', ');
  console.error(`No layer is called ${unknown.join(', ')}. There are: ${names}`);
  process.exit(2);
}

let passed = 0;
const failed: string[] = [];
const skipped: string[] = [];
const seconds: string[] = [];
for (const layer of layers) {
  if (wanted.length > 0 && !wanted.includes(layer.name)) continue;
  console.log(`\n== ${layer.name} ==`);
  const started = Date.now();
  const count = await runLayer(layer);
  seconds.push(`${layer.name} ${((Date.now() - started) / 1000).toFixed(1)} s`);
  passed += count.passed;
  failed.push(...count.failed.map((name) => `${layer.name}: ${name}`));
  skipped.push(...count.skipped.map(({ name, reason }) => `${layer.name}: ${name} (${reason})`));
}

console.log(`\n${seconds.join(', ')}`);
for (const name of skipped) console.log(`skipped  ${name}`);
for (const name of failed) console.log(`failed   ${name}`);
const skips = skipped.length > 0 ? `, ${String(skipped.length)} skipped` : '';
console.log(`${String(passed)} passed, ${String(failed.length)} failed${skips}`);
process.exitCode = failed.length > 0 ? 1 : 0;

async function runLayer(layer: Layer): Promise<TestCount> {
  const file = path.resolve(`.cache/test/${layer.name}.json`);
  await rm(file, { force: true });
  const code = await npmRun(layer.script, { [COUNT_FILE]: file });
  if (layer.kind === 'check') {
    return code === 0
      ? { passed: 1, failed: [], skipped: [] }
      : { passed: 0, failed: [`npm run ${layer.script.join(' ')}`], skipped: [] };
  }
  const count = await readCount(file);
  if (count === undefined || count.passed + count.failed.length === 0) {
    return { passed: 0, failed: ['it ran no test'], skipped: count?.skipped ?? [] };
  }
  return code !== 0 && count.failed.length === 0
    ? { ...count, failed: [`it ended with exit code ${String(code)}`] }
    : count;
}

function npmRun(script: readonly string[], env: Record<string, string>): Promise<number | null> {
  const child = spawn('npm', ['run', '--silent', ...script], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
}
