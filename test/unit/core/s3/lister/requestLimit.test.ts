import { expect, it } from 'vitest';
import {
  createRequestLimit,
  type RequestLimit,
} from '../../../../../src/core/s3/lister/requestLimit.ts';

/** A limit of 32 that has been reached. */
function reached(): RequestLimit {
  const limit = createRequestLimit(32);
  for (let time = 1; time < 32; time++) limit.succeed(limit.era);
  return limit;
}

it('begins with one, is raised by one by a good request and halved by a throttled one', () => {
  expect(createRequestLimit(32).now).toBe(1);
  const limit = reached();
  expect(limit.now).toBe(32);
  limit.throttle(limit.era);
  expect(limit.now).toBe(16);
  limit.succeed(limit.era);
  expect(limit.now).toBe(17);
});

it('is not moved again by requests that were sent before it fell', () => {
  const limit = reached();
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
  for (let time = 0; time < 5; time++) limit.succeed(limit.era);
  expect(limit.now).toBe(2);
  for (let time = 0; time < 5; time++) limit.throttle(limit.era);
  expect(limit.now).toBe(1);
});
