import { expect, it } from 'vitest';
import { createRequestLimit } from '../../../../../src/core/s3/lister/requestLimit.ts';

it('begins with the most, is halved by a throttled request and raised by one by a good one', () => {
  const limit = createRequestLimit(32);
  expect(limit.now).toBe(32);
  limit.throttle(limit.era);
  expect(limit.now).toBe(16);
  limit.succeed(limit.era);
  expect(limit.now).toBe(17);
});

it('is not moved again by requests that were sent before it fell', () => {
  const limit = createRequestLimit(32);
  const { era } = limit;
  limit.throttle(era);
  limit.throttle(era);
  limit.succeed(era);
  expect(limit.now).toBe(16);
  limit.throttle(limit.era);
  expect(limit.now).toBe(8);
});

it('stays between one and the most', () => {
  const limit = createRequestLimit(2);
  limit.succeed(limit.era);
  expect(limit.now).toBe(2);
  for (let time = 0; time < 5; time++) limit.throttle(limit.era);
  expect(limit.now).toBe(1);
});
