import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { build } from 'esbuild';

import { READER_PROFILE, startDemoStack } from '../../dev/demo/demoStack.ts';
import { awsEnvironment } from '../awsEnvironment.ts';
import { writeCount } from '../testCount.ts';
import { hostEnvironment, parseOutcomes } from './fixture.ts';
import { addFronts } from './fronts.ts';

const extension = path.resolve(import.meta.dirname, '../..');

/** The suite, bundled, and places of its own to run in. Absolute paths. */
export interface Suite {
  /** Folder of the extension under test: this repository. */
  readonly extension: string;
  /** Module whose `run` VS Code calls. */
  readonly entry: string;
  /** Folder that VS Code opens. */
  readonly workspace: string;
  /** Folder for VS Code's own state. */
  readonly dataDir: string;
  /** User settings that lead the extension to the account. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Environment that the extension host needs. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /**
   * Prints how each test ended and counts them for `npm test`.
   *
   * @param trouble what the host said where the suite may have left no result
   * @returns whether there were tests and all went well
   */
  report(trouble: string): Promise<boolean>;
  /** Ends the account's servers and removes the places. */
  dispose(): Promise<void>;
}

/**
 * Bundles the suite, which is each `*.test.ts` beside this file and the entry, and starts an AWS
 * account on loopback for it.
 */
export async function prepareSuite(): Promise<Suite> {
  const bundles = path.join(extension, '.cache/host');
  const beside = await readdir(import.meta.dirname);
  const tests = beside.filter((name) => name.endsWith('.test.ts')).toSorted();
  await rm(bundles, { recursive: true, force: true });
  await build({
    entryPoints: ['index.ts', ...tests].map((name) => path.join(import.meta.dirname, name)),
    outdir: bundles,
    bundle: true,
    platform: 'node',
    target: 'node22',
    // CommonJS: mocha and VS Code load that alike in every version.
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
    // parquet-wasm reads its program from beside itself.
    external: ['vscode', 'mocha', 'parquet-wasm'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });

  const dir = await mkdtemp(path.join(tmpdir(), 'host-'));
  const workspace = path.join(dir, 'workspace');
  const dataDir = path.join(dir, 'vscode');
  const scratchDir = path.join(dir, 'scratch');
  for (const folder of [workspace, dataDir, scratchDir]) await mkdir(folder);
  const resultFile = path.join(dir, 'result.json');
  // After the environment, which would empty the files that the account has written.
  const environment = await awsEnvironment(path.join(dir, 'aws'));
  const stack = await startDemoStack(path.join(dir, 'aws'));
  addFronts(stack);
  const { domain, keyPairId, privateKeyFile, distributionId } = stack;
  const testFiles = tests.map((name) => path.join(bundles, name.replace(/\.ts$/, '.cjs')));
  return {
    extension,
    entry: path.join(bundles, 'index.cjs'),
    workspace,
    dataDir,
    // Most tests are about what comes after: those of discovery take the mapping away.
    settings: { ...stack.settings, 'cloudfrontSigner.distributions': [stack.mapping] },
    env: {
      ...environment,
      ...stack.awsFiles,
      ...hostEnvironment({
        resultFile,
        testFiles,
        scratchDir,
        dataDir,
        account: {
          domain,
          keyPairId,
          privateKeyFile,
          distributionId,
          readerProfile: READER_PROFILE,
        },
      }),
    },
    report: (trouble) => report(resultFile, trouble),
    async dispose() {
      await stack.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

async function report(resultFile: string, trouble: string): Promise<boolean> {
  const outcomes = parseOutcomes(await readFile(resultFile, 'utf8').catch(() => 'null'));
  if (outcomes === undefined || outcomes.length === 0) {
    console.error(`The suite left no result.\n${trouble}`);
    return false;
  }
  const signs = { passed: '✓', failed: '✗', skipped: '-' };
  for (const { name, state, duration, error } of outcomes) {
    console.log(`${signs[state]} ${name} (${String(duration)} ms)`);
    if (error !== undefined) console.log(error.replaceAll(/^/gm, '    '));
  }
  const named = (state: 'failed' | 'skipped'): readonly string[] =>
    outcomes.filter((outcome) => outcome.state === state).map(({ name }) => name);
  const failed = named('failed');
  const passed = outcomes.filter(({ state }) => state === 'passed').length;
  // mocha has no place for a reason but the title.
  const skipped = named('skipped').map((name) => ({ name, reason: 'its title says why' }));
  await writeCount({ passed, failed, skipped });
  return failed.length === 0 && passed > 0;
}
