import { createPrivateKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

/** As long as the policy of an object of the bench. */
const DOCUMENT =
  '{"Statement":[{"Resource":"https://d111111abcdef8.cloudfront.net/studio-berlin/project-4/2019/batch-07/asset-00042.jpg","Condition":{"DateLessThan":{"AWS:EpochTime":2000000000}}}]}';

/** Signs and does nothing else; each thread has a key of its own, so that none waits for another. */
const THREAD = `
const { createPrivateKey, sign } = require('node:crypto');
const { parentPort, workerData } = require('node:worker_threads');
const key = createPrivateKey(workerData.pem);
const document = Buffer.from(workerData.document);
for (let each = 0; each < 200; each++) sign('SHA1', document, key);
parentPort.on('message', () => {
  for (let each = 0; each < workerData.count; each++) sign('SHA1', document, key);
  parentPort.postMessage('done');
});
parentPort.postMessage('ready');
`;

/** Threads that are ready to sign. */
export interface RawSigners {
  /** @returns how many signatures a second they make together */
  rate(): Promise<number>;
  end(): Promise<void>;
}

/**
 * Starts a thread for each core.
 *
 * @param keyFile PEM
 * @param count how many signatures they make together
 */
export async function startRawSigning(keyFile: string, count: number): Promise<RawSigners> {
  const pem = createPrivateKey(await readFile(keyFile)).export({ type: 'pkcs8', format: 'pem' });
  const cores = availableParallelism();
  const workerData = { pem, document: DOCUMENT, count: Math.ceil(count / cores) };
  const threads = Array.from(
    { length: cores },
    () => new Worker(THREAD, { eval: true, workerData }),
  );
  const answers = (): Promise<unknown> => Promise.all(threads.map(answerOf));
  await answers();
  return {
    async rate() {
      const begun = performance.now();
      for (const thread of threads) thread.postMessage('go');
      await answers();
      return (workerData.count * cores * 1000) / (performance.now() - begun);
    },
    async end() {
      await Promise.all(threads.map((thread) => thread.terminate()));
    },
  };
}

function answerOf(thread: Worker): Promise<unknown> {
  return new Promise((resolve, reject) => {
    thread.once('message', resolve).once('error', reject);
  });
}
