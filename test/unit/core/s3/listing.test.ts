import { describe, expect, it } from 'vitest';
import { cancelled, fail, ok, type Outcome } from '../../../../src/core/outcome.ts';
import { Listing } from '../../../../src/core/s3/listing.ts';
import type { Page } from '../../../../src/core/s3/objectStore.ts';

const THROTTLED = { code: 'throttled' } as const;

/** A listing whose pages come when the test gives them. */
function listingByHand(): {
  readonly listing: Listing<string>;
  /** What each page was asked for with, so far. */
  readonly asked: readonly (string | undefined)[];
  readonly signals: readonly AbortSignal[];
  /** Answers the last question, and waits until the listing has taken it in. */
  readonly answer: (page: Outcome<Page<string>>) => Promise<void>;
} {
  const asked: (string | undefined)[] = [];
  const signals: AbortSignal[] = [];
  let resolve: ((page: Outcome<Page<string>>) => void) | undefined;
  const listing = new Listing<string>((after, signal) => {
    asked.push(after);
    signals.push(signal);
    return new Promise((resolvePage) => {
      resolve = resolvePage;
    });
  });
  return {
    listing,
    asked,
    signals,
    answer: async (page) => {
      resolve?.(page);
      await new Promise(setImmediate);
    },
  };
}

describe('a listing', () => {
  it('asks for nothing before it is loaded', () => {
    const { listing, asked } = listingByHand();
    expect(asked).toEqual([]);
    expect(listing.isUntouched).toBe(true);
    expect(listing.isLoading).toBe(false);
    expect(listing.isWhole).toBe(false);
  });

  it('loads one page at a time, each with the next of the one before, to the last', async () => {
    const { listing, asked, answer } = listingByHand();
    void listing.load();
    expect(listing.isLoading).toBe(true);
    expect(listing.isUntouched).toBe(false);
    await answer(ok({ items: ['a', 'b'], next: 'after b' }));
    expect(listing.items).toEqual(['a', 'b']);
    expect(listing.isLoading).toBe(false);
    expect(listing.isWhole).toBe(false);
    expect(listing.isUntouched).toBe(false);
    expect(asked).toEqual([undefined]);

    void listing.load();
    await answer(ok({ items: ['c'] }));
    expect(listing.items).toEqual(['a', 'b', 'c']);
    expect(listing.isWhole).toBe(true);
    expect(asked).toEqual([undefined, 'after b']);

    await listing.load();
    expect(asked).toHaveLength(2);
  });

  it('joins a load that is under way', async () => {
    const { listing, asked, answer } = listingByHand();
    const loads = [listing.load(), listing.load()];
    expect(asked).toHaveLength(1);
    await answer(ok({ items: ['a'], next: 'x' }));
    await Promise.all(loads);
    expect(listing.items).toEqual(['a']);
    expect(asked).toHaveLength(1);
  });

  it('passes over empty pages to one that has something', async () => {
    const { listing, asked, answer } = listingByHand();
    const load = listing.load();
    await answer(ok({ items: [], next: '1' }));
    await answer(ok({ items: [], next: '2' }));
    expect(listing.isLoading).toBe(true);
    await answer(ok({ items: ['a'], next: '3' }));
    await load;
    expect(listing.items).toEqual(['a']);
    expect(asked).toEqual([undefined, '1', '2']);
  });

  it('is whole and empty where all pages are', async () => {
    const { listing, answer } = listingByHand();
    const load = listing.load();
    await answer(ok({ items: [], next: '1' }));
    await answer(ok({ items: [] }));
    await load;
    expect(listing.items).toEqual([]);
    expect(listing.isWhole).toBe(true);
  });

  it.each([
    ['a problem', fail(THROTTLED)],
    ['a cancelled request', cancelled],
  ])('halts at %s, keeps what it has, and asks for the same page again', async (_name, halt) => {
    const { listing, asked, answer } = listingByHand();
    void listing.load();
    await answer(ok({ items: ['a'], next: 'after a' }));
    void listing.load();
    await answer(halt);
    expect(listing.halt).toEqual(halt);
    expect(listing.items).toEqual(['a']);
    expect(listing.isLoading).toBe(false);
    expect(listing.isWhole).toBe(false);

    void listing.load();
    expect(listing.halt).toBeUndefined();
    await answer(ok({ items: ['b'] }));
    expect(asked).toEqual([undefined, 'after a', 'after a']);
    expect(listing.items).toEqual(['a', 'b']);
    expect(listing.halt).toBeUndefined();
  });

  it('that halted at its first page is no longer untouched', async () => {
    const { listing, answer } = listingByHand();
    void listing.load();
    await answer(fail(THROTTLED));
    expect(listing.isUntouched).toBe(false);
  });

  it('goes on after a halt behind the empty pages that it passed over', async () => {
    const { listing, asked, answer } = listingByHand();
    void listing.load();
    await answer(ok({ items: [], next: '1' }));
    await answer(fail(THROTTLED));
    void listing.load();
    await answer(ok({ items: ['a'] }));
    expect(asked).toEqual([undefined, '1', '1']);
  });
});

describe('a cancelled listing', () => {
  it('tells the request under way, and takes in nothing that comes late', async () => {
    const { listing, signals, answer } = listingByHand();
    const load = listing.load();
    listing.cancel();
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
    await answer(ok({ items: ['late'] }));
    await load;
    expect(listing.items).toEqual([]);
    expect(listing.isWhole).toBe(false);
    expect(listing.isLoading).toBe(false);
  });

  it('is halted by nothing that comes late', async () => {
    const { listing, answer } = listingByHand();
    void listing.load();
    listing.cancel();
    await answer(fail(THROTTLED));
    expect(listing.halt).toBeUndefined();
  });

  it('asks no further while it passes over empty pages', async () => {
    const { listing, asked, answer } = listingByHand();
    void listing.load();
    await answer(ok({ items: [], next: '1' }));
    listing.cancel();
    await answer(ok({ items: [], next: '2' }));
    expect(asked).toEqual([undefined, '1']);
  });

  it('loads nothing from then on', async () => {
    const { listing, asked, answer } = listingByHand();
    void listing.load();
    await answer(ok({ items: ['a'], next: '1' }));
    listing.cancel();
    await listing.load();
    expect(asked).toHaveLength(1);
    expect(listing.items).toEqual(['a']);
  });
});
