import { expect, it } from 'vitest';
import { fitsFilter } from '../../../../src/core/ledger/linkFilter.ts';
import { someIssued } from './someIssued.ts';

it.each([
  ['', true],
  ['MP4', true],
  ['b c', true],
  ['mp4 films', true],
  ['films.example.com', true],
  ['k2jcjm', true],
  ['  mp4  ', true],
  ['mp4 logs', false],
  ['b%20d', false],
])('%j fits: %s', (text, fits) => {
  expect(fitsFilter(someIssued(), text)).toBe(fits);
});
