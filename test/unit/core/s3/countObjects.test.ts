import { describe, expect, it } from 'vitest';
import { fail, ok } from '../../../../src/core/outcome.ts';
import { countObjects } from '../../../../src/core/s3/countObjects.ts';
import type { ObjectStore } from '../../../../src/core/s3/objectStore.ts';
import { valueOf } from '../valueOf.ts';
import { objectOf } from './lister/keyStore.ts';

const place = { bucket: 'films', prefix: 'video/' };
const { signal } = new AbortController();

type Listing = Pick<ObjectStore, 'listKeys'>;

/** A store with so many objects of ten bytes in the place. */
function storeOf(count: number): Listing {
  const keys = Array.from({ length: count }, (_, index) => `video/${1_000_000 + index}`);
  return {
    async listKeys({ pageSize, after, startAfter = '' }) {
      const behind = after ?? startAfter;
      const from = keys.findIndex((key) => key > behind);
      const page = from < 0 ? [] : keys.slice(from, from + pageSize);
      const last = page.at(-1);
      const isLast = last === undefined || last === keys.at(-1);
      return ok({ items: page.map(objectOf), ...(!isLast && { next: last }) });
    },
  };
}

describe('counting', () => {
  it.each([0, 1, 999, 1000, 2004])('adds up all pages: %i objects', async (count) => {
    const told: number[] = [];
    const counted = await countObjects(place, storeOf(count), signal, ({ objects }) => {
      told.push(objects);
    });
    expect(counted).toEqual(ok({ objects: count, bytes: count * 10, isWhole: true }));
    expect(told.at(-1) ?? 0).toBe(count);
  });

  it('ends where there are many', async () => {
    const counted = valueOf(await countObjects(place, storeOf(100_000), signal));
    expect(counted.isWhole).toBe(false);
    expect(counted.objects).toBeGreaterThanOrEqual(20_000);
    expect(counted.objects).toBeLessThan(25_000);
    expect(counted.bytes).toBe(counted.objects * 10);
  });

  it('gives what it has where it is ended', async () => {
    const byUser = new AbortController();
    const counted = await countObjects(place, storeOf(10_000), byUser.signal, () => {
      byUser.abort();
    });
    const { objects, isWhole } = valueOf(counted);
    expect(isWhole).toBe(false);
    expect(objects).toBeGreaterThan(0);
    expect(objects).toBeLessThan(10_000);
  });

  it('gives up where S3 does', async () => {
    const denied = fail({ code: 'access-denied', bucket: 'films', permission: 's3:ListBucket' });
    expect(await countObjects(place, { listKeys: async () => denied }, signal)).toEqual(denied);
  });
});
