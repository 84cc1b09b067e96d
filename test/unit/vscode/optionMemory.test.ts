import { describe, expect, it } from 'vitest';
import type { Memento } from 'vscode';
import type { SignOptions } from '../../../src/core/cloudfront/signOptions.ts';
import { linkFormats } from '../../../src/core/linkFormats/linkFormats.ts';
import { createOptionMemory } from '../../../src/vscode/signing/options/optionMemory.ts';

const NOW = 1_800_000_000;
const A = [{ bucket: 'films', key: 'a' }];
const B = [{ bucket: 'films', key: 'b' }];
const [, markdown] = linkFormats([]);
const WEEK = { kind: 'duration', seconds: 604_800 } as const;

/** A state that keeps what JSON can carry, as VS Code's does. */
function someState(kept: Record<string, unknown> = {}): Memento {
  const texts = new Map(Object.entries(kept).map(([key, value]) => [key, JSON.stringify(value)]));
  return {
    keys: () => [...texts.keys()],
    get: (key: string) => JSON.parse(texts.get(key) ?? 'null') ?? undefined,
    update: async (key, value) => {
      texts.set(key, JSON.stringify(value));
    },
  };
}

function recalled(state: Memento, locations = A): SignOptions {
  return createOptionMemory(state).recall(locations, [], NOW);
}

describe('the options of the last time', () => {
  it('are those of the bucket, also after a restart', async () => {
    const state = someState();
    const options = { expiry: WEEK, ipAddress: '192.0.2.0/24', keyPairId: 'K2JCJMDEHXQW5F' };
    await createOptionMemory(state).keep(A, { ...options, ...(markdown && { format: markdown }) });
    expect(recalled(state, B)).toMatchObject({ ...options, format: { name: 'markdown' } });
    expect(recalled(state, [{ bucket: 'other', key: 'a' }])).toEqual({});
  });

  it('leave out the query, which is of one object and may have a secret in it', async () => {
    const state = someState();
    await createOptionMemory(state).keep(A, { expiry: WEEK, query: { token: 'hunter2' } });
    expect(recalled(state)).toEqual({ expiry: WEEK });
    expect(JSON.stringify(state.keys().map((key) => state.get(key)))).not.toContain('hunter2');
  });

  it('leave out moments that are over', async () => {
    const state = someState();
    const past = { kind: 'moment', epoch: NOW - 1 } as const;
    const future = { kind: 'moment', epoch: NOW + 9 } as const;
    await createOptionMemory(state).keep(A, { expiry: past, notBefore: past });
    expect(recalled(state)).toEqual({});
    await createOptionMemory(state).keep(A, { expiry: future, notBefore: past });
    expect(recalled(state)).toEqual({ expiry: future });
  });

  it.each([
    ['no object', 7],
    ['a list', [{ expiresIn: '1h' }]],
    ['no object for the bucket', { films: 'x' }],
    ['an option that is wrong', { films: { expiresIn: 'soon' } }],
    ['an option that there is not', { films: { expires: '1h' } }],
    ['a format that is gone', { films: { format: 'Ticket' } }],
  ])('are none where what is kept is %s', (_, kept) => {
    expect(recalled(someState({ 'signOptions.last': kept }))).toEqual({});
  });

  it('are kept of the fifty buckets that came last', async () => {
    const state = someState();
    const memory = createOptionMemory(state);
    for (let number = 0; number <= 50; number++) {
      await memory.keep([{ bucket: `bucket-${number}`, key: 'a' }], { expiry: WEEK });
    }
    expect(recalled(state, [{ bucket: 'bucket-0', key: 'a' }])).toEqual({});
    expect(recalled(state, [{ bucket: 'bucket-1', key: 'a' }])).toEqual({ expiry: WEEK });
  });
});

describe('what was given up', () => {
  it('is there again for the same objects, whole, until it is used', async () => {
    const memory = createOptionMemory(someState());
    const options = { expiry: WEEK, query: { versionId: 'v' } };
    memory.putAside(A, options);
    expect(memory.recall(A, [], NOW)).toEqual(options);
    expect(memory.recall(B, [], NOW)).toEqual({});
    await memory.keep(A, options);
    expect(memory.recall(A, [], NOW)).toEqual({ expiry: WEEK });
  });
});
