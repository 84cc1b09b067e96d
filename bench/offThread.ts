/**
 * Three ways to sign many objects and go on answering meanwhile: slices of the own thread, the thread
 * pool behind `crypto.sign` with a callback, and worker threads that do the whole way. They take
 * turns.
 */
import { generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';

import { createSigningPool } from '../src/aws/signingPool.ts';
import { signPolicy } from '../src/aws/signPolicy.ts';
import { canonicalUrl } from '../src/core/cloudfront/canonicalUrl.ts';
import { policyDocument, toUrlBase64, type Policy } from '../src/core/cloudfront/policy.ts';
import type { SignBatch } from '../src/core/cloudfront/signBatch.ts';
import { signedUrlText } from '../src/core/cloudfront/signedUrl.ts';
import { signObject, type Signing } from '../src/core/cloudfront/signObject.ts';
import { signingKeyOf } from '../src/core/keys/privateKey.ts';
import type { Result } from '../src/core/outcome.ts';
import { bundleWorker } from '../test/aws/bundledWorker.ts';
import { median } from './median.ts';
import { printTable } from './printTable.ts';

const ROUNDS = 7;
const BATCH = 100;
/** How many batches are under way where something is: as when the extension signs. */
const AHEAD = 32;
/** How long the own thread signs before others have a turn, in milliseconds. */
const SLICE = 10;
/** How often this thread is to answer, in milliseconds. */
const BEAT = 5;

/** One round of one way. */
interface Round {
  /** URLs a second. */
  readonly rate: number;
  /** Of all threads, a URL, in microseconds. */
  readonly cpu: number;
  /** How much of its time this thread was at work. */
  readonly busy: number;
  /** The longest time in which it did not answer, in milliseconds. */
  readonly stall: number;
}

type Way = (objects: readonly string[], signing: Signing) => Promise<readonly string[]>;

const signAsync = promisify(sign);
const verifyAsync = promisify(verify);
const { signal } = new AbortController();

const slices: Way = async (objects, signing) => {
  const urls: string[] = [];
  let turn = performance.now();
  for (const object of objects) {
    urls.push(valueOf(signObject(object, signing, signPolicy)));
    if (performance.now() - turn < SLICE) continue;
    await setImmediate();
    turn = performance.now();
  }
  return urls;
};

/** `signObject` with both operations of the key elsewhere, and all texts made here. */
async function signElsewhere(object: string, { endpoint, key, grant }: Signing): Promise<string> {
  const resource = valueOf(canonicalUrl(endpoint, object));
  const policy: Policy = { resource, expiresAt: grant.expiresAt };
  const document = Buffer.from(policyDocument(policy));
  const signature = await signAsync(grant.hashAlgorithm, document, key.privateKey);
  const text = signedUrlText(policy, toUrlBase64(signature), key.keyPairId, grant.hashAlgorithm);
  const isRight = await verifyAsync(grant.hashAlgorithm, document, key.publicKey, signature);
  if (!isRight || new URL(text).href !== text) throw new Error('The signature is wrong');
  return text;
}

const cryptoPool: Way = async (objects, signing) => {
  const urls: string[] = [];
  for (let from = 0; from < objects.length; from += BATCH) {
    const batch = objects.slice(from, from + BATCH);
    urls.push(...(await Promise.all(batch.map((object) => signElsewhere(object, signing)))));
  }
  return urls;
};

function threadsOf(signBatch: SignBatch): Way {
  return async (objects, signing) => {
    const urls: string[] = [];
    const underWay: ReturnType<SignBatch>[] = [];
    const take = async (): Promise<void> => {
      const results = await underWay.shift();
      if (results?.kind === 'ok') urls.push(...results.value.map(valueOf));
    };
    for (let from = 0; from < objects.length; from += BATCH) {
      underWay.push(signBatch(objects.slice(from, from + BATCH), signing, signal));
      if (underWay.length === AHEAD) await take();
    }
    while (underWay.length > 0) await take();
    return urls;
  };
}

const worker = await bundleWorker('signingWorker');
const pool = createSigningPool(worker.url);
try {
  console.log(
    `Node ${process.versions.node}, ${availableParallelism()} cores. Medians of ${ROUNDS} rounds; canned policies, SHA-1.`,
  );
  await compare('RSA 2048', generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey, 3000);
  await compare('ECDSA P-256', generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey, 9000);
} finally {
  pool.dispose();
  await worker.dispose();
}

async function compare(name: string, privateKey: KeyObject, count: number): Promise<void> {
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const signing: Signing = {
    endpoint: { protocol: 'https', domain: 'd111111abcdef8.cloudfront.net', originPath: '' },
    key: valueOf(signingKeyOf('K2JCJMDEHXQW5F', pem)),
    grant: { expiresAt: 2_000_000_000, hashAlgorithm: 'SHA1', query: {} },
  };
  const objects = Array.from({ length: count }, (_, index) => `video/2026/film (${index}).mp4`);
  const ways = [
    { title: 'slices of the own thread', way: slices, rounds: Array.of<Round>() },
    { title: 'thread pool of node:crypto', way: cryptoPool, rounds: Array.of<Round>() },
    { title: 'worker threads', way: threadsOf(pool.signBatch), rounds: Array.of<Round>() },
  ];
  // The first round warms up.
  for (let round = 0; round <= ROUNDS; round++) {
    for (const { way, rounds } of ways) rounds.push(await time(way, objects, signing));
  }
  console.log(`\n${name}`);
  printTable([
    ['', 'URLs a second', 'CPU µs a URL', 'own thread busy', 'longest stall, ms'],
    ...ways.map(({ title, rounds }) => {
      const counted = rounds.slice(1);
      const busy = median(counted.map((round) => round.busy)) * 100;
      return [
        title,
        median(counted.map(({ rate }) => rate)).toFixed(0),
        median(counted.map(({ cpu }) => cpu)).toFixed(1),
        `${busy.toFixed(0)} %`,
        median(counted.map(({ stall }) => stall)).toFixed(0),
      ];
    }),
  ]);
}

async function time(way: Way, objects: readonly string[], signing: Signing): Promise<Round> {
  let stall = 0;
  let beat = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    stall = Math.max(stall, now - beat - BEAT);
    beat = now;
  }, BEAT);
  const before = performance.eventLoopUtilization();
  const cpuBefore = process.cpuUsage();
  const begun = performance.now();
  const urls = await way(objects, signing);
  const took = performance.now() - begun;
  const busy = performance.eventLoopUtilization(before).utilization;
  const { user, system } = process.cpuUsage(cpuBefore);
  clearInterval(timer);
  if (urls.length !== objects.length) throw new Error('URLs are missing');
  const cpu = (user + system) / objects.length;
  return { rate: (objects.length * 1000) / took, cpu, busy, stall };
}

function valueOf<T>(result: Result<T>): T {
  if (result.kind !== 'ok') throw new Error(JSON.stringify(result.problem));
  return result.value;
}
