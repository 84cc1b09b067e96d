import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createKeyModel, type KeyModel } from '../../../../../src/core/s3/lister/keyModel.ts';
import { compareKeys } from '../../../../../src/core/s3/keyOrder.ts';
import { splitPoint } from '../../../../../src/core/s3/lister/splitPoint.ts';
import { anyShortKey } from '../bordersOfUnicode.ts';

function modelOf(keys: readonly string[]): KeyModel {
  const model = createKeyModel();
  for (const key of keys) model.learn(key, 1);
  return model;
}

/** Numbered names, the first of many. */
const PHOTOS = Array.from(
  { length: 1000 },
  (_, index) => `photo-${String(index).padStart(6, '0')}`,
);

describe('a split point', () => {
  it('lies strictly inside, whatever was seen, and is text that can be sent', () => {
    const anyFraction = fc.double({ min: 0.01, max: 0.99, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(anyShortKey, { maxLength: 20 }),
        anyShortKey,
        fc.option(anyShortKey, { nil: undefined }),
        anyFraction,
        (seen, after, upTo, fraction) => {
          fc.pre(upTo === undefined || compareKeys(after, upTo) < 0);
          const point = splitPoint({ after, upTo }, fraction, '', modelOf(seen));
          if (point === undefined) return;
          expect(compareKeys(after, point)).toBeLessThan(0);
          expect(upTo === undefined || compareKeys(point, upTo) < 0).toBe(true);
          expect(point.isWellFormed()).toBe(true);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('counts numbers up where only the first were seen', () => {
    const model = modelOf(PHOTOS);
    const point = splitPoint({ after: 'photo-000999', upTo: undefined }, 0.5, '', model);
    expect(point).toMatch(/^photo-[0-9]+$/);
  });

  it('halves numbers that are known at both ends', () => {
    const model = modelOf([...PHOTOS, 'photo-250000', 'photo-543210', 'photo-999999']);
    const point = splitPoint({ after: 'photo-000999', upTo: 'photo-8' }, 0.5, '', model) ?? '';
    expect(compareKeys('photo-2', point)).toBeLessThan(0);
    expect(compareKeys(point, 'photo-6')).toBeLessThan(0);
  });

  it('stays below the prefix of the place', () => {
    const model = modelOf(PHOTOS.map((key) => `2026/${key}`));
    const point = splitPoint({ after: '2026/photo-000999', upTo: undefined }, 0.5, '2026/', model);
    expect(point).toMatch(/^2026\//);
  });

  it('goes beyond characters that were seen, where those are the last', () => {
    const model = modelOf(['一1', '丁1', '七1']);
    const point = splitPoint({ after: '七1', upTo: undefined }, 0.5, '', model) ?? '';
    expect(compareKeys('七1', point)).toBeLessThan(0);
  });

  it('is not found between neighbours', () => {
    expect(splitPoint({ after: 'a', upTo: 'a\0' }, 0.5, '', modelOf(['a']))).toBeUndefined();
  });
});

describe('the model of keys', () => {
  it('never places a higher key lower', () => {
    fc.assert(
      fc.property(
        fc.array(anyShortKey, { maxLength: 20 }),
        anyShortKey,
        anyShortKey,
        (seen, one, other) => {
          const model = modelOf(seen);
          const [low = '', high = ''] = [one, other].toSorted(compareKeys);
          const [from, to] = [low, high].map((key) =>
            model.positionOf(
              Array.from(key, (character) => character.codePointAt(0) ?? 0),
              0,
            ),
          );
          expect(from).toBeGreaterThanOrEqual(0);
          expect(to).toBeLessThanOrEqual(1 + 1e-9);
          expect(from).toBeLessThanOrEqual((to ?? 0) + 1e-9);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
