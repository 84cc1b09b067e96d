import { setTimeout } from 'node:timers/promises';

import { describe, expect, it } from 'vitest';

import { parquetRows } from '../../src/aws/parquetRows.ts';

const { signal } = new AbortController();

/** A program that reads no file. */
function program(text: string): URL {
  const imports = "import { parentPort } from 'node:worker_threads';";
  return new URL(`data:text/javascript,${encodeURIComponent(imports + text)}`);
}

const THROWS = program("parentPort.on('message', () => { throw new Error('Out of luck'); });");
const LEAVES = program("parentPort.on('message', () => process.exit(0));");
const SAYS_OTHER = program("parentPort.on('message', () => parentPort.postMessage('rows'));");
const SAYS_NOTHING = program("parentPort.on('message', () => {});");
const THROWS_LATER = program(
  `parentPort.once('message', () => {
     const sizes = new Float64Array(1);
     parentPort.postMessage({ keys: ['a'], sizes, modified: sizes, isLast: false });
     setImmediate(() => { throw new Error('Out of memory'); });
   });`,
);

/** How many rows a program gives, each of which takes a while. */
async function countOf(url: URL, given = signal): Promise<number> {
  let count = 0;
  for await (const rows of parquetRows(url, new ArrayBuffer(8), given)) {
    count += rows.length;
    await setTimeout(200);
  }
  return count;
}

describe('a thread that reads a Parquet file', () => {
  it.each([
    ['throws', THROWS, 'Out of luck'],
    ['throws while its rows are taken', THROWS_LATER, 'Out of memory'],
    ['ends', LEAVES, 'has ended'],
    ['gives something else', SAYS_OTHER, 'gave no rows'],
    ['is not there', new URL('file:///nowhere/parquetWorker.mjs'), 'Cannot find module'],
  ])('fails its caller where it %s', async (_, url, detail) => {
    await expect(countOf(url)).rejects.toThrow(detail);
  });

  it('ends as soon as its caller gives up', async () => {
    const giving = new AbortController();
    const counted = countOf(SAYS_NOTHING, giving.signal);
    giving.abort();
    await expect(counted).rejects.toThrow('aborted');
  });
});
