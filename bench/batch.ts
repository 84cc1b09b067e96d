/**
 * How fast many objects become signed URLs in a file, by the real commands in a real extension host:
 * against raw `crypto.sign` on all cores, and against botocore and the AWS CLI; what it takes of
 * memory, and how long the host stands still.
 *
 * @param argument the largest number of objects: a power of ten from 1,000 to 1,000,000
 */
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';

import { startDemoStack } from '../dev/demo/demoStack.ts';
import { syntheticKey, syntheticObjects } from '../dev/s3/syntheticObjects.ts';
import { launchBrowser } from '../dev/vscodeHost/browser.ts';
import { runInHost, RUNS_IN_HOST } from '../dev/vscodeHost/runInHost.ts';
import { startVsCode } from '../dev/vscodeHost/server.ts';
import { encodeStrictly } from '../src/core/cloudfront/canonicalUrl.ts';
import type { KeyKind } from '../src/core/keys/privateKey.ts';
import { awsEnvironment } from '../test/awsEnvironment.ts';
import { startAwsCli } from './awsCli.ts';
import { bucketOf, isSample, type Batch, type Measuring, type Sample } from './batchSample.ts';
import { startBotocore } from './botocore.ts';
import { bundleHostEntry } from './bundleHostEntry.ts';
import { measuringEnvironment, parseSamples } from './measuring.ts';
import { median } from './median.ts';
import type { PeerKey } from './peer.ts';
import { printTable } from './printTable.ts';

const DOMAIN = 'd111111abcdef8.cloudfront.net';
const KINDS: readonly {
  readonly kind: KeyKind;
  readonly keyPairId: string;
  readonly make: () => KeyObject;
}[] = [
  {
    kind: 'RSA 2048',
    keyPairId: 'K2RSAEXAMPLE00',
    make: () => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
  },
  {
    kind: 'ECDSA P-256',
    keyPairId: 'K2ECEXAMPLE000',
    make: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
  },
];

/** Of the raw rate on all cores, for RSA 2048. */
const GOAL_RATE = 0.9;
/** In milliseconds. */
const GOAL_STALL = 50;
/** How often a number of objects is signed, so that there is a median of few. */
const ROUNDS = new Map([
  [1000, 5],
  [10_000, 3],
]);
/** How many URLs each peer signs. */
const OF_PEERS = { botocore: 2000, awsCli: 5 };

const largest = Number(process.argv[2] ?? 100_000);
const counts = [1000, 10_000, 100_000, 1_000_000].filter((count) => count <= largest);
const extension = path.resolve(import.meta.dirname, '..');
const dir = await mkdtemp(path.join(tmpdir(), 'bench-'));
try {
  const keys = await writeKeys();
  report(await takeSamples(keys));
  await comparePeers(keys);
} finally {
  await rm(dir, { recursive: true, force: true });
}

async function writeKeys(): Promise<Measuring['keys']> {
  return Promise.all(
    KINDS.map(async ({ kind, keyPairId, make }) => {
      const file = path.join(dir, `${keyPairId}.pem`);
      await writeFile(file, make().export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
      return { kind, keyPairId, file };
    }),
  );
}

async function takeSamples(keys: Measuring['keys']): Promise<readonly Sample[]> {
  const entry = await bundleHostEntry('batchHost', dir);
  const samplesFile = path.join(dir, 'samples.json');
  const workspace = path.join(dir, 'workspace');
  await mkdir(workspace);
  const environment = await awsEnvironment(path.join(dir, 'aws'));
  const stack = await startDemoStack(path.join(dir, 'aws'));
  for (const count of counts) {
    stack.s3.putBucket(bucketOf(count), { objects: syntheticObjects('tree', count) });
  }
  const server = await startVsCode({
    dataDir: path.join(dir, 'vscode'),
    settings: {
      ...stack.settings,
      'cloudfrontSigner.distributions': counts.map((count) => ({
        bucket: bucketOf(count),
        domain: DOMAIN,
      })),
    },
    env: {
      ...environment,
      ...stack.awsFiles,
      ...measuringEnvironment({
        samplesFile,
        dir,
        keys,
        batches: batches(),
      } satisfies Measuring),
    },
    extraArgs: [RUNS_IN_HOST],
  });
  const browser = await launchBrowser();
  try {
    // For a machine that is busy with much else.
    const within = batches().reduce((sum, { links }) => sum + 30_000 + links * 2, 0);
    const run = { extensions: [extension], entry, workspace, within };
    const trouble = await runInHost(server, browser, run);
    const samples = await readFile(samplesFile, 'utf8').catch(() => undefined);
    if (samples === undefined) throw new Error(`The host took no samples.\n${trouble}`);
    // The first one has warmed up.
    return parseSamples(samples, isSample).slice(1);
  } finally {
    await browser.close();
    await server.stop();
    await stack.close();
  }
}

function batches(): readonly Batch[] {
  const all = KINDS.flatMap(({ kind }) =>
    (['list', 'folder'] as const).flatMap((source) =>
      counts.flatMap((links) =>
        Array.from({ length: ROUNDS.get(links) ?? 1 }, (): Batch => ({ kind, source, links })),
      ),
    ),
  );
  return [...all.slice(0, 1), ...all];
}

function report(samples: readonly Sample[]): void {
  console.log(
    `${availableParallelism()} cores. Objects signed into a file in the extension host; canned policies, SHA-1.`,
  );
  for (const { kind } of KINDS) {
    const rows = (['list', 'folder'] as const).flatMap((source) =>
      counts.map((links) => ({
        source,
        links,
        runs: samples.filter(
          (one) => one.kind === kind && one.source === source && one.links === links,
        ),
      })),
    );
    console.log(`\n${kind}`);
    printTable([
      [
        '',
        'links',
        'seconds',
        'a second',
        'of raw',
        'CPU µs',
        'of raw',
        'stall ms',
        'raw',
        'rss MB',
        'heap MB',
      ],
      ...rows.map(({ source, links, runs }) => [
        source === 'list' ? 'a list' : 'a folder in S3',
        links.toLocaleString('en-US'),
        (timeOf(runs) / 1000).toFixed(2),
        median(runs.map(rateOf)).toFixed(0),
        ratioOf(runs).toFixed(2),
        median(runs.map(({ cpu }) => cpu)).toFixed(1),
        cpuRatioOf(runs).toFixed(2),
        Math.max(...runs.map(({ stall }) => stall)).toFixed(0),
        Math.max(...runs.flatMap(({ raw }) => raw.map(({ stall }) => stall))).toFixed(0),
        grown(runs.map(({ rss }) => rss)),
        grown(runs.map(({ heap }) => heap)),
      ]),
    ]);
    for (const source of ['list', 'folder'] as const) {
      const own = rows.filter((row) => row.source === source);
      const last = own.at(-1);
      if (last === undefined) continue;
      const name = source === 'list' ? 'A list' : 'A folder';
      const many = `${last.links.toLocaleString('en-US')} of ${source === 'list' ? 'a list' : 'a folder'}`;
      if (kind === 'RSA 2048') {
        const isMet = (rate: number): boolean => rate >= GOAL_RATE;
        judge(many, ratioOf(last.runs), 'of raw', GOAL_RATE, isMet);
        judge(`${many}, by CPU time`, cpuRatioOf(last.runs), 'of raw', GOAL_RATE, isMet);
      }
      const stall = Math.max(...last.runs.map((run) => run.stall));
      judge(`${many}, longest stall`, stall, 'ms', GOAL_STALL, (gap) => gap < GOAL_STALL);
      console.log(`${name}: cost grows with the exponents ${exponents(own).join(', ')}.`);
    }
  }
}

function rateOf({ links, took }: Sample): number {
  return (links * 1000) / took;
}

function timeOf(runs: readonly Sample[]): number {
  return median(runs.map(({ took }) => took));
}

function ratioOf(runs: readonly Sample[]): number {
  return median(runs.map((run) => rateOf(run) / mean(run.raw.map(({ rate }) => rate))));
}

/** What the rate would come to where nobody else needs the cores. */
function cpuRatioOf(runs: readonly Sample[]): number {
  return median(runs.map((run) => mean(run.raw.map(({ cpu }) => cpu)) / run.cpu));
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

/** `210 +15`: before the last run, and what came to it at most. */
function grown(memory: readonly (readonly [number, number])[]): string {
  const [before = 0, peak = 0] = memory.at(-1) ?? [];
  return `${(before / 1e6).toFixed(0)} +${((peak - before) / 1e6).toFixed(0)}`;
}

/** Of the time from each number of links to the next. */
function exponents(
  rows: readonly { readonly links: number; readonly runs: readonly Sample[] }[],
): readonly string[] {
  return rows.slice(1).map(({ links, runs }, index) => {
    const before = rows[index];
    if (before === undefined) return '';
    const grows = Math.log(timeOf(runs) / timeOf(before.runs)) / Math.log(links / before.links);
    return grows.toFixed(2);
  });
}

function judge(
  what: string,
  value: number,
  unit: string,
  goal: number,
  isMet: (value: number) => boolean,
): void {
  const digits = unit === 'ms' ? 0 : 3;
  console.log(
    `${what}: ${value.toFixed(digits)} ${unit}, goal ${goal}: ${isMet(value) ? 'met' : 'missed'}.`,
  );
}

/** What others make in a second with the RSA key, on the one core that each of them uses. */
async function comparePeers(keys: Measuring['keys']): Promise<void> {
  const rsa = keys.find(({ kind }) => kind === 'RSA 2048');
  if (rsa === undefined) return;
  const pem = await readFile(rsa.file, 'utf8');
  const key: PeerKey = { keyPairId: rsa.keyPairId, pem, expiresAt: 2_000_000_000 };
  console.log('');
  for (const [start, count] of [
    [startBotocore, OF_PEERS.botocore],
    [startAwsCli, OF_PEERS.awsCli],
  ] as const) {
    try {
      const peer = await start(key);
      const urls = Array.from({ length: count }, (_, index) => {
        const object = syntheticKey('tree', index, 100_000);
        return `https://${DOMAIN}/${object.split('/').map(encodeStrictly).join('/')}`;
      });
      await peer.sign(urls.slice(0, 1));
      const { took } = await peer.sign(urls);
      await peer.close();
      console.log(`${peer.name}: ${((count * 1e6) / took).toFixed(1)} URLs a second, RSA 2048.`);
    } catch (error) {
      console.log(`Left out: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
