import { generateKeyPairSync } from 'node:crypto';

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { createSigningPool, type SigningPool } from '../../src/aws/signingPool.ts';
import { signPolicy } from '../../src/aws/signPolicy.ts';
import { signObject, type Signing } from '../../src/core/cloudfront/signObject.ts';
import { cancelled } from '../../src/core/outcome.ts';
import { bundleWorker, type BundledWorker } from './bundledWorker.ts';

const signing: Signing = {
  endpoint: { protocol: 'https', domain: 'd111111abcdef8.cloudfront.net', originPath: '' },
  key: {
    keyPairId: 'K2JCJMDEHXQW5F',
    ...generateKeyPairSync('rsa', { modulusLength: 2048 }),
  },
  grant: { expiresAt: 2_000_000_000, hashAlgorithm: 'SHA1', query: {} },
};

/** More than are signed without a thread. */
const BATCH = 100;

/** A program that is no signer. */
function program(text: string): URL {
  return new URL(`data:text/javascript,${encodeURIComponent(text)}`);
}

const DIES = program(
  `import { parentPort } from 'node:worker_threads';
   parentPort.on('message', () => { throw new Error('Out of luck'); });`,
);
const LEAVES = program(
  `import { parentPort } from 'node:worker_threads';
   parentPort.on('message', () => process.exit(0));`,
);
const SAYS_NOTHING = program(
  `import { parentPort } from 'node:worker_threads';
   parentPort.on('message', () => {});`,
);

describe('a pool of threads that sign', () => {
  const never = new AbortController().signal;
  const pools: SigningPool[] = [];
  let worker: BundledWorker;

  beforeAll(async () => {
    worker = await bundleWorker('signingWorker');
  });
  afterEach(() => {
    for (const pool of pools.splice(0)) pool.dispose();
  });
  afterAll(() => worker.dispose());

  function poolOf(url = worker.url, size = 2): SigningPool {
    const pool = createSigningPool(url, size);
    pools.push(pool);
    return pool;
  }

  function keysOf(batch: number, count = BATCH): readonly string[] {
    return Array.from({ length: count }, (_, index) => `batch ${batch}/film (${index}).mp4`);
  }

  it.each([[3], [BATCH]])('makes the URLs of %i objects, in their order', async (count) => {
    const { signBatch } = poolOf();
    const batches = [0, 1, 2, 3, 4].map((batch) => keysOf(batch, count));
    const signed = await Promise.all(batches.map((keys) => signBatch(keys, signing, never)));
    expect(signed).toEqual(
      batches.map((keys) => ({
        kind: 'ok',
        value: keys.map((key) => signObject(key, signing, signPolicy)),
      })),
    );
  });

  it('tells of one object that it cannot be signed, and signs the others', async () => {
    const keys = keysOf(0).with(7, 'films/../secret');
    const signed = await poolOf().signBatch(keys, signing, never);
    const results = signed.kind === 'ok' ? signed.value : [];
    expect(results.map(({ kind }) => kind)).toEqual(
      keys.map((_, index) => (index === 7 ? 'problem' : 'ok')),
    );
    expect(results[7]).toMatchObject({
      problem: { code: 'key-unreachable', reason: 'dot-segment' },
    });
  });

  it.each([
    ['throws', DIES, 'Out of luck'],
    ['ends', LEAVES, 'has ended'],
    ['is not there', new URL('file:///nowhere/signingWorker.mjs'), 'Cannot find module'],
  ])('says that nothing was signed where a thread %s', async (_, url, detail) => {
    const { signBatch } = poolOf(url);
    const batches = [0, 1, 2, 3, 4, 5, 6, 7].map((batch) => keysOf(batch));
    const signed = await Promise.all(batches.map((keys) => signBatch(keys, signing, never)));
    for (const outcome of signed) {
      expect(outcome).toMatchObject({
        kind: 'problem',
        problem: { code: 'signing-failed', detail: expect.stringContaining(detail) },
      });
    }
  });

  it('ends as soon as its caller gives up, and goes on for others', async () => {
    const abort = new AbortController();
    const { signBatch } = poolOf(SAYS_NOTHING, 1);
    const begun = [0, 1, 2, 3].map((batch) => signBatch(keysOf(batch), signing, abort.signal));
    abort.abort();
    expect(await Promise.all(begun)).toEqual([cancelled, cancelled, cancelled, cancelled]);
    expect(await signBatch(keysOf(4), signing, abort.signal)).toEqual(cancelled);

    const pool = poolOf();
    const other = new AbortController();
    const given = pool.signBatch(keysOf(0), signing, other.signal);
    other.abort();
    expect(await given).toEqual(cancelled);
    const next = await pool.signBatch(keysOf(1), signing, never);
    expect(next.kind).toBe('ok');
  });

  it('cancels what it is signing when it is disposed of', async () => {
    const pool = poolOf(SAYS_NOTHING);
    const begun = [0, 1, 2, 3, 4, 5].map((batch) => pool.signBatch(keysOf(batch), signing, never));
    pool.dispose();
    expect(new Set(await Promise.all(begun))).toEqual(new Set([cancelled]));
  });
});
