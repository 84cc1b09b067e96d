import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { compareKeys } from '../../../../src/core/s3/keyOrder.ts';
import { anyShortKey } from './bordersOfUnicode.ts';

const anyTwoKeys = fc.oneof(
  fc.tuple(anyShortKey, anyShortKey),
  // Keys that differ late, or not at all.
  fc
    .tuple(anyShortKey, anyShortKey, anyShortKey)
    .map(([head, one, other]): [string, string] => [head + one, head + other]),
);

it('is the order of the bytes of UTF-8', () => {
  fc.assert(
    fc.property(anyTwoKeys, ([a, b]) => {
      expect(Math.sign(compareKeys(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
    }),
    { numRuns: 2000 },
  );
});

it('puts an emoji behind the private use area, where the order of UTF-16 units does not', () => {
  const keys = ['\ue000', '\u{1f600}'];
  expect(keys.toSorted(compareKeys)).toEqual(keys);
  expect(keys.toSorted()).not.toEqual(keys);
});

it('sorts as S3 lists: a folder beside its siblings, capitals first, nothing folded', () => {
  const keys = ['é', 'a0', 'e\u0301', 'a', 'B', 'a/', '\uff5e', 'a-', '\u{1f600}', 'a//'];
  expect(keys.toSorted(compareKeys)).toEqual([
    'B',
    'a',
    'a-',
    'a/',
    'a//',
    'a0',
    'e\u0301',
    'é',
    '\uff5e',
    '\u{1f600}',
  ]);
});
