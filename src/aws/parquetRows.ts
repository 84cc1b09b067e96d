import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { KeyRow } from '../core/search/keySegment.ts';
import { isParquetAnswer } from './parquetAnswer.ts';

/**
 * The objects that a Parquet file lists, some thousand at a time. It is decoded on a thread of its own:
 * each part of it comes in one piece, of a million rows if need be.
 *
 * @param program the bundled `parquetWorker.ts`
 * @param file is handed over, and empty afterwards
 * @throws Error where that is no such file, the thread ends, or the signal fires
 */
export async function* parquetRows(
  program: URL,
  file: ArrayBuffer,
  signal: AbortSignal,
): AsyncGenerator<readonly KeyRow[], void, undefined> {
  const worker = new Worker(program, { workerData: file, transferList: [file] });
  const ended = new Promise<never>((_, reject) => {
    worker.on('error', reject);
    worker.on('exit', () => reject(new Error('The thread that reads it has ended.')));
  });
  // It may end while nobody waits for it.
  ended.catch(() => {});
  try {
    for (;;) {
      // It goes on when it is asked to, so that no more is in memory than is wanted.
      worker.postMessage('next');
      const next = once(worker, 'message', { signal });
      const [answer]: unknown[] = await Promise.race([next, ended]);
      if (!isParquetAnswer(answer)) throw new TypeError('The thread gave no rows');
      const { keys, sizes, modified, isLast } = answer;
      yield keys.map((key, index) => {
        const time = modified[index] ?? NaN;
        return {
          key,
          size: sizes[index] ?? 0,
          modified: Number.isNaN(time) ? undefined : new Date(time),
        };
      });
      if (isLast) return;
    }
  } finally {
    await worker.terminate();
  }
}
