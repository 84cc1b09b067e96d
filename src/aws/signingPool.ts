import { setMaxListeners } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { SignBatch } from '../core/cloudfront/signBatch.ts';
import { signObject, type Signing } from '../core/cloudfront/signObject.ts';
import { cancelled, fail, ok, type Outcome, type Result } from '../core/outcome.ts';
import { isSigningAnswer, type SigningOrder } from './signingOrder.ts';
import { signPolicy } from './signPolicy.ts';

/** How many objects are signed sooner than a thread starts: some milliseconds' worth. */
const FEW = 32;

/** How many batches a thread has at a time, so that it need not wait for the next one. */
const AHEAD = 2;

/** How long threads stay without work, in milliseconds. */
const IDLE = 30_000;

/** Threads that sign. They start with work for them, and end when there is none for a while. */
export interface SigningPool {
  readonly signBatch: SignBatch;
  /** Ends the threads; what they were signing is cancelled. */
  dispose(): void;
}

/** A batch that is waiting or being signed. */
interface Job {
  readonly keys: readonly string[];
  readonly signing: Signing;
  settle(outcome: Outcome<readonly Result<string>[]>): void;
}

interface Thread {
  readonly worker: Worker;
  /** What it has been given, by the IDs of the orders. */
  readonly jobs: Map<number, Job>;
}

/**
 * @param program the bundled `signingWorker.ts`
 * @param size the most threads that there are at a time
 */
export function createSigningPool(program: URL, size = availableParallelism()): SigningPool {
  const threads = new Set<Thread>();
  let waiting: Job[] = [];
  let orders = 0;
  let idling: NodeJS.Timeout | undefined;

  function begin(): Thread {
    const worker = new Worker(program);
    const thread: Thread = { worker, jobs: new Map() };
    let reason = 'The thread that signs has ended.';
    worker.on('message', (answer: unknown) => {
      if (!isSigningAnswer(answer)) return;
      const job = thread.jobs.get(answer.id);
      thread.jobs.delete(answer.id);
      job?.settle(ok(answer.results));
      handOut();
    });
    worker.on('error', (error) => {
      reason = `The thread that signs has ended: ${error.message}`;
    });
    worker.on('exit', () => {
      threads.delete(thread);
      for (const job of thread.jobs.values()) {
        job.settle(fail({ code: 'signing-failed', detail: reason }));
      }
      handOut();
    });
    threads.add(thread);
    return thread;
  }

  /** A thread that has room, where all work at once a new one. */
  function vacant(): Thread | undefined {
    const [first] = [...threads].toSorted((a, b) => a.jobs.size - b.jobs.size);
    const isFree = first !== undefined && first.jobs.size === 0;
    if (!isFree && threads.size < size) return begin();
    return first !== undefined && first.jobs.size < AHEAD ? first : undefined;
  }

  function handOut(): void {
    while (waiting.length > 0) {
      const thread = vacant();
      const job = thread && waiting.shift();
      if (thread === undefined || job === undefined) return;
      const order: SigningOrder = { id: orders++, keys: job.keys, signing: job.signing };
      thread.jobs.set(order.id, job);
      thread.worker.ref();
      thread.worker.postMessage(order);
    }
    rest();
  }

  /** Has the threads end, where they get nothing to do meanwhile. */
  function rest(): void {
    clearTimeout(idling);
    if ([...threads].some(({ jobs }) => jobs.size > 0)) return;
    // Without work they keep nobody from ending.
    for (const { worker } of threads) worker.unref();
    idling = setTimeout(end, IDLE);
    idling.unref();
  }

  function end(): void {
    clearTimeout(idling);
    for (const { worker } of threads) void worker.terminate();
    // One that is ending gets no more work.
    threads.clear();
  }

  return {
    async signBatch(keys, signing, signal) {
      if (signal.aborted) return cancelled;
      if (threads.size === 0 && keys.length <= FEW) {
        return ok(keys.map((key) => signObject(key, signing, signPolicy)));
      }
      // One for each batch under way, which is no leak.
      setMaxListeners(0, signal);
      return new Promise((resolve) => {
        const abort = (): void => {
          waiting = waiting.filter((other) => other !== job);
          resolve(cancelled);
        };
        const job: Job = {
          keys,
          signing,
          settle(outcome) {
            signal.removeEventListener('abort', abort);
            resolve(outcome);
          },
        };
        signal.addEventListener('abort', abort, { once: true });
        waiting.push(job);
        handOut();
      });
    },
    dispose() {
      for (const job of waiting) job.settle(cancelled);
      for (const { jobs } of threads) {
        for (const job of jobs.values()) job.settle(cancelled);
        jobs.clear();
      }
      waiting = [];
      end();
    },
  };
}
