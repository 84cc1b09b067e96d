import { cancelled, ok, type Outcome } from '../../outcome.ts';
import type { Problem } from '../../problem.ts';
import type { KeyRange } from './keyRange.ts';
import { createListingPlan, type ListingOptions, type ListingStep } from './listingPlan.ts';
import type { S3Place } from '../location.ts';
import { type ObjectEntry, type ObjectStore, type Page, PAGE_SIZE } from '../objectStore.ts';
import { createRequestLimit } from './requestLimit.ts';

/** What is asked. Where there is no `listObjects`, folders are not looked for ahead. */
type ListedStore = Pick<ObjectStore, 'listKeys'> & Partial<Pick<ObjectStore, 'listObjects'>>;

/** How often in a row a page is asked for again, by what it failed with. */
const RETRIES: Readonly<Partial<Record<Problem['code'], number>>> = {
  throttled: 10,
  'network-unreachable': 4,
  'service-failed': 4,
  // The client has set its clock by the answer.
  'clock-skewed': 1,
};

/**
 * All the objects of a place, however deep, some at a time and each exactly once: in S3's order, or
 * where that is not asked for, sooner. What is not an `ok` is the last that comes. Whoever stops
 * taking ends the listing, and whoever takes slowly slows it down.
 *
 * A place of more than one page is listed at several points at once, fewer where S3 throttles: that
 * halves their number, and each page that comes raises it again by one.
 *
 * Errors: those of `ObjectStore.listKeys`, after some tries where it may pass.
 */
export async function* listRecursively(
  place: S3Place,
  store: ListedStore,
  signal: AbortSignal,
  { ordered = true, atOnce = 32 }: Partial<ListingOptions> = {},
): AsyncGenerator<Outcome<readonly ObjectEntry[]>, void, undefined> {
  const limit = createRequestLimit(atOnce);
  const { listObjects } = store;
  const plan = createListingPlan(place.prefix, { ordered, atOnce }, listObjects !== undefined);
  /** Each has a signal of its own: too many listeners of one are taken for a leak. */
  const underWay = new Set<AbortController>();
  let halt: Exclude<Outcome<never>, { readonly kind: 'ok' }> | undefined;
  let bug: { readonly error: unknown } | undefined;
  let hasLeft = false;
  let wake: (() => void) | undefined;

  const isGoingOn = (): boolean => !halt && !bug && !hasLeft && !signal.aborted;

  function keepBusy(): void {
    while (underWay.size < limit.now && isGoingOn()) {
      const step = plan.next();
      if (step === undefined) return;
      const request = new AbortController();
      underWay.add(request);
      void perform(step, request.signal)
        .catch((error: unknown) => void (bug ??= { error }))
        .finally(() => {
          underWay.delete(request);
          keepBusy();
          wake?.();
        });
    }
  }

  async function perform(step: ListingStep, ended: AbortSignal): Promise<void> {
    const { range } = step;
    if (step.kind === 'folders') {
      plan.addFolders(range, await foldersBehind(range.after, step.folder, ended));
      return;
    }
    const page = await ask(range, ended);
    if (page.kind === 'ok') plan.addKeys(range, page.value);
    else halt ??= page;
  }

  async function ask(
    { next, after }: KeyRange,
    ended: AbortSignal,
  ): Promise<Outcome<Page<ObjectEntry>>> {
    const begin = next === undefined ? after !== '' && { startAfter: after } : { after: next };
    for (let failures = 0; ; failures++) {
      const { era } = limit;
      const page = await store.listKeys(
        { ...place, pageSize: PAGE_SIZE, ...begin, ...(failures > 0 && { failures }) },
        ended,
      );
      if (page.kind === 'ok') limit.succeed(era);
      if (page.kind !== 'problem') return page;
      const { code } = page.problem;
      if (code === 'throttled') limit.throttle(era);
      if (failures >= (RETRIES[code] ?? 0)) return page;
    }
  }

  /** None where they cannot be had: they are a help that the listing can do without. */
  async function foldersBehind(
    startAfter: string,
    prefix: string,
    ended: AbortSignal,
  ): Promise<readonly string[]> {
    const level = await listObjects?.({ ...place, prefix, pageSize: PAGE_SIZE, startAfter }, ended);
    if (level?.kind !== 'ok') return [];
    return level.value.items.flatMap((entry) => (entry.kind === 'prefix' ? [entry.prefix] : []));
  }

  const giveUp = (): void => {
    for (const request of underWay) request.abort();
    wake?.();
  };
  signal.addEventListener('abort', giveUp);
  try {
    while (!plan.isOver) {
      keepBusy();
      if (bug !== undefined) throw bug.error;
      if (signal.aborted) halt = cancelled;
      if (halt !== undefined) {
        yield halt;
        return;
      }
      const objects = plan.take();
      if (objects !== undefined) {
        yield ok(objects);
      } else if (!plan.isOver) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
  } finally {
    hasLeft = true;
    signal.removeEventListener('abort', giveUp);
    giveUp();
  }
}
