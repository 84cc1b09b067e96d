/**
 * How fast all keys of a bucket are listed: against the programs that people list with, on keys of
 * five shapes, with a latency, with faults, and on Ceph RGW without either. Names of shapes, `faults`,
 * `growth` and `rgw` as arguments choose a part of it.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';

import { KEY_SHAPES, type KeyShape, syntheticKey } from '../dev/s3/syntheticObjects.ts';
import type { ObjectStore } from '../src/core/s3/objectStore.ts';
import { listRecursively } from '../src/core/s3/lister/listRecursively.ts';
import { createKeyDigest, isSameDigest, type KeyDigest } from './keyDigest.ts';
import { type ListingAccess, type ListingPeer, listingPeers } from './listingPeers.ts';
import { rgwWithKeys } from './listingRgw.ts';
import { bucketName, LISTER, startListingServer } from './listingStage.ts';
import { withStore } from './listingStore.ts';
import { printTable } from './printTable.ts';

const MANY = 1_000_000;
/** In milliseconds, before each answer. */
const LATENCY = 30;
/** How many times as fast as the best of the others. */
const GOAL = 5;
/** For the time as keys grow in number. */
const GOAL_EXPONENT = 1.1;
const RGW_KEYS = 100_000;
/** What a busy machine adds to a time is never negative: the quickest of so many counts. */
const ROUNDS = 2;

const SOUND = { latency: LATENCY, slowDown: 0, dropped: 0 };
const FAULTY = { latency: LATENCY, slowDown: 0.05, dropped: 0.01 };

/** One listing. */
interface Run {
  /** In milliseconds. */
  readonly took: number;
  readonly digest: KeyDigest;
  /** The longest that the event loop kept others waiting, in milliseconds. */
  readonly stall: number;
}

console.log(`Node ${process.versions.node}, ${LATENCY} ms of latency a request.`);
const dir = await mkdtemp(path.join(tmpdir(), 'bench-'));
const server = await startListingServer();
try {
  const { endpoint } = await server.order(SOUND);
  const access: ListingAccess = { endpoint, ...LISTER };
  const peers = await listingPeers(access, dir);
  await withStore(access, dir, async (store) => {
    // The first listing is that of a program that has just been started.
    await listAll(store, bucketName('tree', 10_000), false);
    for (const shape of KEY_SHAPES) {
      if (isChosen(shape)) await compare(store, shape, peers);
    }
    if (isChosen('faults')) await listWithFaults(store);
    if (isChosen('growth')) await grow(store);
  });
  if (isChosen('rgw')) await compareOnRgw();
} catch (error) {
  process.exitCode = 1;
  console.error(error);
} finally {
  server.close();
  await rm(dir, { recursive: true, force: true });
}

function isChosen(part: string): boolean {
  const [, , ...chosen] = process.argv;
  return chosen.length === 0 || chosen.includes(part);
}

async function listAll(store: ObjectStore, bucket: string, ordered: boolean): Promise<Run> {
  const keys = createKeyDigest();
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const begun = performance.now();
  const { signal } = new AbortController();
  for await (const page of listRecursively({ bucket, prefix: '' }, store, signal, { ordered })) {
    if (page.kind !== 'ok') throw new Error(`${bucket}: ${JSON.stringify(page)}`);
    for (const { key } of page.value) keys.add(key);
  }
  const took = performance.now() - begun;
  delay.disable();
  return { took, digest: keys.digest, stall: delay.max / 1e6 };
}

function expectedDigest(shape: KeyShape, size: number): KeyDigest {
  const keys = createKeyDigest();
  for (let index = 0; index < size; index++) keys.add(syntheticKey(shape, index, size));
  return keys.digest;
}

function check(what: string, digest: KeyDigest, expected: KeyDigest): void {
  if (isSameDigest(digest, expected)) return;
  throw new Error(`${what} lists ${digest.count} keys, not the ${expected.count} that there are`);
}

async function compare(
  store: ObjectStore,
  shape: KeyShape,
  peers: readonly ListingPeer[],
): Promise<void> {
  console.log(`\n${shape}: ${syntheticKey(shape, MANY / 2, MANY)} and ${MANY - 1} others`);
  const expected = expectedDigest(shape, MANY);
  const rows = [['', 'keys listed', 'seconds a million', 'keys a second', 'times as long']];
  const ours: Measured[] = [];
  const inOrder: Measured[] = [];
  const ofPeers = peers.map((peer) => ({ peer, times: Array.of<number>() }));
  while (ours.length < ROUNDS) {
    ours.push(await measure(store, shape, false));
    inOrder.push(await measure(store, shape, true));
    for (const { peer, times } of ofPeers) times.push(await timePeer(peer, shape));
  }
  const [asTheyCome, ordered] = [quickest(ours), quickest(inOrder)];
  for (const { digest } of [...ours, ...inOrder]) check('listRecursively', digest, expected);
  const row = (name: string, count: number, took: number): void => {
    const rate = (MANY / took) * 1000;
    const cells = [String(count), (took / 1000).toFixed(1), rate.toFixed(0)];
    rows.push([name, ...cells, (took / asTheyCome.took).toFixed(2)]);
  };
  row('listRecursively, as they come', asTheyCome.digest.count, asTheyCome.took);
  row('listRecursively, in order', ordered.digest.count, ordered.took);
  for (const { peer, times } of ofPeers) row(peer.name, peer.most, Math.min(...times));
  printTable(rows);
  for (const [name, run] of [
    ['As they come', asTheyCome],
    ['In order', ordered],
  ] as const) {
    const busy = [run.busy, run.serverBusy].map((time) => (time / 1000).toFixed(1)).join(' and ');
    console.log(
      `${name}: ${run.requests} requests, processor time here and in the server ${busy} s, longest stall ${run.stall.toFixed(0)} ms.`,
    );
  }
  judgeRatio(Math.min(...ofPeers.flatMap(({ times }) => times)) / asTheyCome.took, GOAL);
}

/** A listing, and what it cost. */
interface Measured extends Run {
  readonly requests: number;
  /** Processor time of this process, and of the server, in milliseconds. */
  readonly busy: number;
  readonly serverBusy: number;
}

async function measure(store: ObjectStore, shape: KeyShape, ordered: boolean): Promise<Measured> {
  const begun = await server.order(SOUND);
  const before = process.cpuUsage();
  const run = await listAll(store, bucketName(shape, MANY), ordered);
  const { user, system } = process.cpuUsage(before);
  const ended = await server.order(SOUND);
  return {
    ...run,
    requests: ended.requests - begun.requests,
    busy: (user + system) / 1000,
    serverBusy: ended.busy - begun.busy,
  };
}

function quickest<T extends Run>(runs: readonly T[]): T {
  return runs.reduce((best, run) => (run.took < best.took ? run : best));
}

/** What a peer takes for {@link MANY}: what fewer take, and what each key more of them takes. */
async function timePeer(peer: ListingPeer, shape: KeyShape): Promise<number> {
  const time = async (size: number): Promise<number> => {
    const { took, digest } = await peer.list(bucketName(shape, size));
    check(peer.name, digest, expectedDigest(shape, size));
    return took;
  };
  const few = 1000;
  const [ofFew, ofMost] = [await time(few), await time(peer.most)];
  return ofFew + ((ofMost - ofFew) * (MANY - few)) / (peer.most - few);
}

async function listWithFaults(store: ObjectStore): Promise<void> {
  console.log(`\nWith 5 % SlowDown and 1 % broken connections, ${MANY} keys`);
  const rows = [['', 'order', 'seconds', 'requests', 'of them failed', 'each key once']];
  for (const shape of KEY_SHAPES) {
    for (const ordered of [false, true]) {
      const begun = await server.order(FAULTY);
      const { took, digest } = await listAll(store, bucketName(shape, MANY), ordered);
      const ended = await server.order(FAULTY);
      check('listRecursively with faults', digest, expectedDigest(shape, MANY));
      const counts = [ended.requests - begun.requests, ended.failed - begun.failed];
      const cells = [(took / 1000).toFixed(1), ...counts.map(String)];
      rows.push([shape, ordered ? "S3's" : 'any', ...cells, 'yes']);
    }
  }
  printTable(rows);
  await server.order(SOUND);
}

async function grow(store: ObjectStore): Promise<void> {
  console.log('\nAs keys grow in number, seconds');
  const sizes = [1000, 10_000, 100_000, 1_000_000];
  const rows = [['', ...sizes.map(String), 'exponent', '']];
  for (const shape of KEY_SHAPES) {
    const times: number[] = [];
    for (const size of sizes) {
      const runs: number[] = [];
      while (runs.length < ROUNDS) {
        runs.push((await listAll(store, bucketName(shape, size), false)).took);
      }
      times.push(Math.min(...runs));
    }
    const exponent = slope(sizes.map(Math.log), times.map(Math.log));
    const seconds = times.map((time) => (time / 1000).toFixed(2));
    rows.push([shape, ...seconds, exponent.toFixed(2), verdict(exponent <= GOAL_EXPONENT)]);
  }
  printTable(rows);
  console.log(`Goal for the exponent: at most ${GOAL_EXPONENT}.`);
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
}

/** Of the straight line through points that lies closest to them. */
function slope(xs: readonly number[], ys: readonly number[]): number {
  const [x, y] = [mean(xs), mean(ys)];
  const over = xs.reduce((sum, each, index) => sum + (each - x) * ((ys[index] ?? y) - y), 0);
  return over / xs.reduce((sum, each) => sum + (each - x) ** 2, 0);
}

async function compareOnRgw(): Promise<void> {
  console.log(`\nCeph RGW, ${RGW_KEYS} keys, no latency added`);
  const { rgw, bucket, keys } = await rgwWithKeys(RGW_KEYS);
  try {
    const expected = createKeyDigest();
    for (const key of keys) expected.add(key);
    const rows = [['', 'seconds', 'times as long']];
    let [ours, best] = [Infinity, Infinity];
    await withStore(rgw, dir, async (store) => {
      const runs: number[] = [];
      while (runs.length < ROUNDS) {
        const { took, digest } = await listAll(store, bucket, false);
        check('listRecursively', digest, expected.digest);
        runs.push(took);
      }
      ours = Math.min(...runs);
      rows.push(['listRecursively, as they come', (ours / 1000).toFixed(2), '1.00']);
    });
    for (const peer of await listingPeers(rgw, dir)) {
      const { took, digest } = await peer.list(bucket);
      check(peer.name, digest, expected.digest);
      best = Math.min(best, took);
      rows.push([peer.name, (took / 1000).toFixed(2), (took / ours).toFixed(2)]);
    }
    printTable(rows);
    judgeRatio(best / ours, 1);
  } finally {
    await rgw.close();
  }
}

function judgeRatio(ratio: number, goal: number): void {
  console.log(
    `${ratio.toFixed(1)} times as fast as the best of the others, goal at least ${goal}: ${verdict(ratio >= goal)}.`,
  );
}

function verdict(isMet: boolean): string {
  return isMet ? 'met' : 'missed';
}
