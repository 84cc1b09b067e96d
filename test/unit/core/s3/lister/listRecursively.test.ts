import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KEY_SHAPES, syntheticKey } from '../../../../../dev/s3/syntheticObjects.ts';
import { cancelled, fail } from '../../../../../src/core/outcome.ts';
import { compareKeys } from '../../../../../src/core/s3/keyOrder.ts';
import type { ListingOptions } from '../../../../../src/core/s3/lister/listingPlan.ts';
import { listRecursively } from '../../../../../src/core/s3/lister/listRecursively.ts';
import { anyShortKey } from '../bordersOfUnicode.ts';
import { keyStore, turn } from './keyStore.ts';

const bucket = 'films';
const { signal } = new AbortController();
const THROTTLED = { code: 'throttled' } as const;
const UNREACHABLE = { code: 'network-unreachable', service: 'S3', detail: 'reset' } as const;

type Store = Parameters<typeof listRecursively>[1];

/** All keys as they come, and what else came last. */
async function listed(
  store: Store,
  options: Partial<ListingOptions> & { readonly prefix?: string } = {},
): Promise<{ readonly keys: readonly string[]; readonly end: unknown }> {
  const keys: string[] = [];
  const place = { bucket, prefix: options.prefix ?? '' };
  for await (const page of listRecursively(place, store, signal, options)) {
    if (page.kind !== 'ok') return { keys, end: page };
    for (const { key } of page.value) keys.push(key);
  }
  return { keys, end: undefined };
}

function made(shape: (typeof KEY_SHAPES)[number], count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => syntheticKey(shape, index, count));
}

/** Keys by what is random, the same each time. */
function random(): () => number {
  let seed = 7;
  return () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
}

describe.each(KEY_SHAPES)('listing 60,000 keys: %s', (shape) => {
  const keys = made(shape, 60_000);

  it('gives each once and in order, at many points at a time, with few requests', async () => {
    const store = keyStore(keys);
    expect(await listed(store)).toEqual({ keys, end: undefined });
    expect(store.peak()).toBeGreaterThan(8);
    expect(store.peak()).toBeLessThanOrEqual(32);
    expect(store.asked.length + store.levels.length).toBeLessThan(2 * 60);
  });

  it('gives each once, as they come', async () => {
    const store = keyStore(keys);
    const { keys: found, end } = await listed(store, { ordered: false });
    expect(end).toBeUndefined();
    expect(found.toSorted(compareKeys)).toEqual(keys);
    expect(found).not.toEqual(keys);
    expect(store.asked.length + store.levels.length).toBeLessThan(2 * 60);
  });

  it('gives each once where answers take different times, and many fail', async () => {
    const chance = random();
    const store = keyStore(keys, {
      latency: async () => {
        for (let turns = chance() * 5; turns > 0; turns--) await turn();
      },
      failing: () => (chance() < 0.1 ? THROTTLED : chance() < 0.05 ? UNREACHABLE : undefined),
    });
    expect(await listed(store)).toEqual({ keys, end: undefined });
  });
});

type Shape = (typeof KEY_SHAPES)[number];

/** What listings of many keys take for each page, at most: as they come, and in order. */
const REQUESTS_A_PAGE: Readonly<Record<Shape, readonly [asTheyCome: number, inOrder: number]>> = {
  tree: [1.15, 1.35],
  sequence: [1.15, 1.25],
  hashes: [1.1, 1.2],
  dates: [1.1, 1.3],
  unicode: [1.1, 1.2],
};

describe.each(KEY_SHAPES)('the requests that a listing takes: %s', (shape) => {
  const [asTheyCome, inOrder] = REQUESTS_A_PAGE[shape];

  it.each([
    { count: 1_000_000, ordered: false, most: 1000 * asTheyCome },
    { count: 200_000, ordered: true, most: 200 * inOrder },
    { count: 100_000, ordered: true, most: shape === 'tree' ? 150 : 135 },
    { count: 5000, ordered: true, most: 9 },
    { count: 2000, ordered: true, most: 5 },
  ])('are at most $most for $count keys, in order: $ordered', async ({ count, ordered, most }) => {
    const { asked, levels, ...store } = keyStore(made(shape, count));
    await listed(store, { ordered });
    expect(asked.length + levels.length).toBeLessThanOrEqual(most);
  });
});

describe('listing', () => {
  it('gives each of any keys once and in order, below any prefix', async () => {
    // So many small variations that there are pages to split.
    const anyKeys = fc
      .tuple(
        fc.array(anyShortKey, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 700 }),
      )
      .map(([stems, count]) =>
        stems.flatMap((stem) => Array.from({ length: count }, (_, index) => `${stem}${index * 7}`)),
      );
    await fc.assert(
      fc.asyncProperty(
        anyKeys,
        fc.constantFrom('', 'a', '/', 'b1'),
        fc.boolean(),
        async (keys, prefix, ordered) => {
          const expected = [...new Set(keys)]
            .filter((key) => key.startsWith(prefix))
            .toSorted(compareKeys);
          const { keys: found } = await listed(keyStore(keys), { prefix, ordered, atOnce: 8 });
          expect(ordered ? found : found.toSorted(compareKeys)).toEqual(expected);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('asks once for a place of one page', async () => {
    const store = keyStore(made('tree', 1000));
    await listed(store);
    expect(store.asked).toEqual([{ bucket, prefix: '', pageSize: 1000 }]);
    expect(store.levels).toEqual([]);
  });

  it('does without a look at folders', async () => {
    const keys = made('tree', 20_000);
    const { listKeys } = keyStore(keys);
    expect((await listed({ listKeys })).keys).toEqual(keys);
  });

  it('lists one page after the other where one at a time is allowed', async () => {
    const store = keyStore(made('hashes', 10_000));
    await listed(store, { atOnce: 1 });
    expect(store.peak()).toBe(1);
    expect(store.asked).toHaveLength(10);
  });

  it('keeps no more than a few pages a lister ahead of who takes in order', async () => {
    const store = keyStore(made('sequence', 200_000));
    const pages = listRecursively({ bucket, prefix: '' }, store, signal, { atOnce: 4 });
    await pages.next();
    for (let turns = 0; turns < 200; turns++) await turn();
    // Four pages for each of four, and those under way then.
    expect(store.asked.length).toBeLessThanOrEqual(16 + 4);
    await pages.return();
  });

  it('comes to its end where who takes is slow', async () => {
    const keys = made('dates', 50_000);
    const found: string[] = [];
    const store = keyStore(keys);
    for await (const page of listRecursively({ bucket, prefix: '' }, store, signal, {
      atOnce: 2,
    })) {
      if (page.kind === 'ok') found.push(...page.value.map(({ key }) => key));
      for (let turns = 0; turns < 10; turns++) await turn();
    }
    expect(found).toEqual(keys);
  });
});

describe('a listing that is throttled', () => {
  it('asks half as often at once, and again as often as before in the end', async () => {
    const keys = made('hashes', 300_000);
    let [failures, underWay] = [0, 0];
    const store = keyStore(keys, { failing: () => (failures-- > 0 ? THROTTLED : undefined) });
    const seen: number[] = [];
    const counting: Store = {
      listKeys: async (request, ...rest) => {
        if (store.asked.length === 200) failures = 1;
        underWay++;
        seen.push(underWay);
        const page = await store.listKeys(request, ...rest);
        underWay--;
        return page;
      },
    };
    expect((await listed(counting, { ordered: false })).keys).toHaveLength(keys.length);
    expect(Math.max(...seen.slice(0, 200))).toBe(32);
    expect(Math.min(...seen.slice(170, 200))).toBeGreaterThan(16);
    expect(Math.min(...seen.slice(200, 270))).toBeLessThanOrEqual(16);
    expect(Math.max(...seen.slice(-100))).toBe(32);
  });

  it('tells the store how often a page has failed, and gives up in the end', async () => {
    const store = keyStore(['a'], { failing: () => THROTTLED });
    expect((await listed(store)).end).toEqual(fail(THROTTLED));
    expect(store.asked.map(({ failures = 0 }) => failures)).toEqual([
      0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
    ]);
  });
});

describe('a listing that fails', () => {
  it('ends with the problem, which comes last', async () => {
    const denied = { code: 'access-denied', bucket, permission: 's3:ListBucket' } as const;
    const store = keyStore(made('hashes', 20_000), {
      failing: ({ startAfter }) => (startAfter === undefined ? undefined : denied),
    });
    expect((await listed(store)).end).toEqual(fail(denied));
    const asked = store.asked.length;
    for (let turns = 0; turns < 20; turns++) await turn();
    expect(store.asked).toHaveLength(asked);
  });

  it('gives up sooner where S3 cannot be reached', async () => {
    const store = keyStore(['a'], { failing: () => UNREACHABLE });
    expect((await listed(store)).end).toEqual(fail(UNREACHABLE));
    expect(store.asked).toHaveLength(5);
  });

  it('passes on what is a bug', async () => {
    const store: Store = { listKeys: () => Promise.reject(new TypeError('a bug')) };
    await expect(listed(store)).rejects.toThrow('a bug');
  });
});

/** A store, and whether all that is under way has been told to end. */
function watched(store: Store): Store & { readonly isEnded: () => boolean } {
  const underWay = new Set<AbortSignal>();
  return {
    isEnded: () => underWay.size > 0 && [...underWay].every(({ aborted }) => aborted),
    listKeys: async (request, ended) => {
      underWay.add(ended);
      const page = await store.listKeys(request, ended);
      underWay.delete(ended);
      return page;
    },
  };
}

describe('a listing that is given up', () => {
  it('ends all requests at once, and asks for nothing more', async () => {
    const giveUp = new AbortController();
    const store = keyStore(made('hashes', 100_000));
    const { isEnded, listKeys } = watched(store);
    const pages = listRecursively({ bucket, prefix: '' }, { listKeys }, giveUp.signal);
    for (let taken = 0; taken < 5; taken++) await pages.next();
    giveUp.abort();
    expect(isEnded()).toBe(true);
    const asked = store.asked.length;
    expect((await pages.next()).value).toEqual(cancelled);
    expect((await pages.next()).done).toBe(true);
    for (let turns = 0; turns < 20; turns++) await turn();
    expect(store.asked).toHaveLength(asked);
  });

  it('tells so while it waits for an answer', async () => {
    const giveUp = new AbortController();
    const pages = listRecursively(
      { bucket, prefix: '' },
      { listKeys: () => new Promise(() => undefined) },
      giveUp.signal,
    );
    const next = pages.next();
    giveUp.abort();
    expect((await next).value).toEqual(cancelled);
  });

  it('asks for nothing where it was given up before', async () => {
    const store = keyStore(['a']);
    const pages = listRecursively({ bucket, prefix: '' }, store, AbortSignal.abort());
    expect((await pages.next()).value).toEqual(cancelled);
    expect(store.asked).toEqual([]);
  });

  it('ends all requests where nobody takes any more', async () => {
    const store = keyStore(made('hashes', 100_000));
    const { isEnded, listKeys } = watched(store);
    for await (const page of listRecursively({ bucket, prefix: '' }, { listKeys }, signal)) {
      if (page.kind === 'ok') break;
    }
    expect(isEnded()).toBe(true);
    const asked = store.asked.length;
    for (let turns = 0; turns < 20; turns++) await turn();
    expect(store.asked).toHaveLength(asked);
  });
});
