import { setTimeout as sleep } from 'node:timers/promises';

const FIRST_MS = 100;
const MOST_MS = 5_000;

/**
 * Waits before a request that has failed is sent again: at random, so that those that failed together
 * do not come back together, and twice as long at most each time.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 *
 * @param failures in a row; none is not waited for
 * @throws what the signal is aborted with
 */
export async function holdBack(failures: number, signal: AbortSignal): Promise<void> {
  if (failures === 0) return;
  const most = Math.min(FIRST_MS * 2 ** (failures - 1), MOST_MS);
  await sleep(Math.random() * most, undefined, { signal });
}
