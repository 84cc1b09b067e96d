import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Looks until something is there.
 *
 * @param what names it in the error
 * @param look returns `undefined` for as long as it is not there
 * @throws Error after `withinMs` without it
 */
export async function eventually<T>(
  what: string,
  look: () => Promise<T | undefined>,
  withinMs = 20_000,
): Promise<T> {
  const end = Date.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`${what}: not within ${String(withinMs / 1000)} s`);
    await sleep(50);
  }
}
