/**
 * How long VS Code takes to bring the packaged extension up, in a real extension host, against an
 * extension that does next to nothing; what is loaded by then; how large the package is.
 */
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { Metafile } from 'esbuild';

import { launchBrowser } from '../dev/vscodeHost/browser.ts';
import { runInHost, RUNS_IN_HOST } from '../dev/vscodeHost/runInHost.ts';
import { startVsCode } from '../dev/vscodeHost/server.ts';
import { isSample, type Activation, type Measuring, type Sample } from './activationSample.ts';
import { bundleHostEntry } from './bundleHostEntry.ts';
import { measuringEnvironment, parseSamples } from './measuring.ts';
import { median } from './median.ts';
import { printTable } from './printTable.ts';

const STARTS = 15;
/** Starts that only warm up. */
const WARM_UP = 2;
/** How long one may take, in milliseconds. */
const WITHIN = 60_000;

/** For `activate`, in milliseconds. */
const GOAL_TIME = 10;
/** For the package, in bytes. */
const GOAL_SIZE = 400_000;

const dist = path.resolve(import.meta.dirname, '../dist');
const vsix = path.join(dist, 'cloudfront-url-signer.vsix');

const metafile = await readMetafile();
const dir = await mkdtemp(path.join(tmpdir(), 'bench-'));
try {
  report(await takeSamples(), await stat(vsix));
} finally {
  await rm(dir, { recursive: true, force: true });
}

async function takeSamples(): Promise<readonly Sample[]> {
  const samplesFile = path.join(dir, 'samples.json');
  const entry = await bundleHostEntry('activationHost', dir);
  const oneCommand = path.join(dir, 'oneCommand');
  const workspace = path.join(dir, 'workspace');
  await writeFile(samplesFile, '[]');
  await writeOneCommand(oneCommand);
  await mkdir(workspace);
  const server = await startVsCode({
    dataDir: path.join(dir, 'vscode'),
    extensions: [vsix],
    extraArgs: [RUNS_IN_HOST],
    env: measuringEnvironment({
      samplesFile,
      ours: 'cloudfront-url-signer.cloudfront-url-signer',
      other: 'bench.one-command',
      deferredFile: outputOf('src/aws/aws.ts'),
    } satisfies Measuring),
  });
  const browser = await launchBrowser();
  try {
    for (let taken = 0; taken < WARM_UP + STARTS; taken++) {
      const trouble = await runInHost(server, browser, {
        extensions: [oneCommand],
        entry,
        workspace,
        within: WITHIN,
      });
      const samples = parseSamples(await readFile(samplesFile, 'utf8'), isSample);
      if (samples.length !== taken + 1) throw new Error(`The host took no sample.\n${trouble}`);
    }
  } finally {
    await browser.close();
    await server.stop();
  }
  return parseSamples(await readFile(samplesFile, 'utf8'), isSample).slice(WARM_UP);
}

/** The least that an extension of our kind can be: an ES module that registers one command. */
async function writeOneCommand(folder: string): Promise<void> {
  const manifest = {
    name: 'one-command',
    publisher: 'bench',
    version: '1.0.0',
    engines: { vscode: '^1.105.0' },
    type: 'module',
    main: './extension.js',
    contributes: { commands: [{ command: 'oneCommand.run', title: 'Run' }] },
  };
  await mkdir(folder);
  await writeFile(path.join(folder, 'package.json'), JSON.stringify(manifest));
  await writeFile(
    path.join(folder, 'extension.js'),
    `import * as vscode from 'vscode';
export function activate(context) {
  context.subscriptions.push(vscode.commands.registerCommand('oneCommand.run', () => {}));
}
`,
  );
}

function report(samples: readonly Sample[], { size }: { readonly size: number }): void {
  const [first] = samples;
  if (first === undefined) return;
  const ours = medians(samples.map((sample) => sample.ours));
  const other = medians(samples.map((sample) => sample.other));
  const deferred = median(samples.map((sample) => sample.deferred.importing));
  console.log(
    `VS Code ${first.vscode}, Node ${first.node}. Medians of ${samples.length} starts of the extension host, in milliseconds.\n`,
  );
  printTable([
    ['', 'import of the entry', 'activate()', 'both'],
    row('CloudFront URL Signer', ours),
    row('an extension that registers one command', other),
    row(
      'ratio',
      ours.map((time, column) => time / (other[column] ?? Number.NaN)),
    ),
    row('the AWS SDK, which the first listing imports', [deferred]),
  ]);
  const [, activating = Number.NaN] = ours;
  const { loaded } = first.ours;
  const loadedLater = first.deferred.loaded.filter((file) => !loaded.includes(file));
  console.log(`
activate(): ${activating.toFixed(1)} ms, goal under ${GOAL_TIME} ms: ${verdict(activating < GOAL_TIME)}.
Loaded by activation: ${describeFiles(loaded)}.
Loaded by the first listing: ${describeFiles(loadedLater)}.
.vsix: ${kilobytes(size)}, goal under ${kilobytes(GOAL_SIZE)}: ${verdict(size < GOAL_SIZE)}.`);
}

/** Of the import, of `activate` and of both together, in milliseconds. */
function medians(activations: readonly Activation[]): readonly number[] {
  return [
    median(activations.map(({ importing }) => importing)),
    median(activations.map(({ activating }) => activating)),
    median(activations.map(({ importing, activating }) => importing + activating)),
  ];
}

function row(name: string, numbers: readonly number[]): readonly string[] {
  return [name, ...numbers.map((number) => number.toFixed(2))];
}

function verdict(met: boolean): string {
  return met ? 'met' : 'missed';
}

/** Few files by name, many by number; and how many modules of the AWS SDK are in them. */
function describeFiles(files: readonly string[]): string {
  const outputs = files.map((file) => metafile.outputs[file]);
  const bytes = outputs.reduce((sum, output) => sum + (output?.bytes ?? 0), 0);
  const modules = outputs.flatMap((output) => Object.keys(output?.inputs ?? {}));
  const ofSdk = modules.filter((module) => /node_modules\/@(aws-sdk|smithy)\//.test(module));
  const names = files.length > 3 ? `${files.length} files` : files.join(', ');
  return `${names} (${kilobytes(bytes)}), with ${ofSdk.length} modules of the AWS SDK`;
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(0)} KB`;
}

/** @returns the bundled file that a source file is in, as in `dist/…` */
function outputOf(source: string): string {
  const [file] =
    Object.entries(metafile.outputs).find(([, { inputs }]) => Object.hasOwn(inputs, source)) ?? [];
  if (file === undefined) throw new Error(`No bundled file has ${source} in it`);
  return file;
}

async function readMetafile(): Promise<Metafile> {
  const meta: unknown = JSON.parse(await readFile(path.join(dist, 'meta.json'), 'utf8'));
  if (!isMetafile(meta)) throw new Error('dist/meta.json is no metafile');
  return meta;
}

function isMetafile(value: unknown): value is Metafile {
  return typeof value === 'object' && value !== null && 'outputs' in value;
}
