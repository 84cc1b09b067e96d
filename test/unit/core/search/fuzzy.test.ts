import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { fuzzyDistance, fuzzyFilter } from '../../../../src/core/search/fuzzy.ts';

it.each([
  ['video/2026/launch film.mp4', 'lnchflm', true],
  ['video/2026/launch film.mp4', 'Launch Film', true],
  ['video/2026/launch film.mp4', 'filmlaunch', false],
  ['ab', 'abb', false],
  ['a', '', true],
])('%s has the letters of %s in their order: %s', (key, text, fits) => {
  expect(fuzzyFilter(text).fits(key)).toBe(fits);
  expect(fuzzyDistance(key, text) !== undefined).toBe(fits);
});

it('letters in a row are nearer than letters apart, and the last name nearer than its folders', () => {
  const keys = ['film/other.txt', 'a/f-i-l-m.txt', 'a/film.txt', 'a/fi-lm.txt'];
  const near = keys.toSorted(
    (a, b) => (fuzzyDistance(a, 'film') ?? 0) - (fuzzyDistance(b, 'film') ?? 0),
  );
  expect(near).toEqual(['a/film.txt', 'a/fi-lm.txt', 'a/f-i-l-m.txt', 'film/other.txt']);
});

it('any letters of a key in their order are found', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.string({ unit: 'grapheme-ascii' }), fc.boolean())),
      (parts) => {
        const key = parts.map(([part]) => part).join('');
        const text = parts.flatMap(([part, isWanted]) => (isWanted ? [part] : [])).join('');
        expect(fuzzyFilter(text).fits(key)).toBe(true);
      },
    ),
  );
});
