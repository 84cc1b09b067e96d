import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { countdown } from '../../../../src/core/ledger/countdown.ts';
import { DAY, HOUR, NOW } from './someIssued.ts';

it.each([
  [30 * DAY + 5 * HOUR, 'in 30 days'],
  [2 * DAY, 'in 2 days'],
  [2 * DAY - HOUR / 2 - 1, 'in 1 day 23 hours'],
  [DAY - 2, 'in 1 day'],
  [3.5 * HOUR, 'in 4 hours'],
  [3.5 * HOUR - 1, 'in 3 hours'],
  [2 * HOUR - 1, 'in 1 hour 59 minutes'],
  [61, 'in 1 minute'],
  [1, 'in less than a minute'],
  [0, 'less than a minute ago'],
  [-60, '1 minute ago'],
  [-2 * HOUR, '2 hours ago'],
  [-3.4 * DAY, '3 days ago'],
])('a moment %i seconds away is %s', (seconds, text) => {
  expect(countdown(NOW + seconds, NOW).text).toBe(text);
});

/** Seconds to and from a moment, near it and far away. */
function within(...lengths: readonly number[]): fc.Arbitrary<number> {
  return fc.oneof(...lengths.map((length) => fc.integer({ min: -length, max: length })));
}

it('stands still until the moment that it names, and changes then', () => {
  fc.assert(
    fc.property(within(3 * HOUR, 3 * DAY, 40 * DAY), (seconds) => {
      const epoch = NOW + seconds;
      const { text, changesAt } = countdown(epoch, NOW);
      expect(changesAt).toBeGreaterThan(NOW);
      expect(countdown(epoch, changesAt - 1).text).toBe(text);
      expect(countdown(epoch, changesAt).text).not.toBe(text);
    }),
  );
});
