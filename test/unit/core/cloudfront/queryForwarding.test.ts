import { describe, expect, it } from 'vitest';
import type { QueryForwarding } from '../../../../src/core/cloudfront/account.ts';
import {
  forwardingOf,
  isForwarded,
  isInCacheKey,
} from '../../../../src/core/cloudfront/queryForwarding.ts';
import { cancelled, fail, ok, type Outcome } from '../../../../src/core/outcome.ts';
import { someBehavior } from './someDistribution.ts';

const NAME = 'response-content-disposition';
const NONE: QueryForwarding = { kind: 'none', names: [] };
const ALL: QueryForwarding = { kind: 'all', names: [] };
const LISTED: QueryForwarding = { kind: 'listed', names: [NAME] };
const OTHERS: QueryForwarding = { kind: 'all-but-listed', names: [NAME] };

const { signal } = new AbortController();

function readerOf(cache: Outcome<QueryForwarding>, request: Outcome<QueryForwarding> = ok(NONE)) {
  return { getCachePolicy: async () => cache, getOriginRequestPolicy: async () => request };
}

describe('what a behavior lets through', () => {
  it('is what its policies say, that of the cache first', async () => {
    const behavior = someBehavior({ cachePolicyId: 'c', originRequestPolicyId: 'o' });
    expect(await forwardingOf(behavior, readerOf(ok(NONE), ok(ALL)), signal)).toEqual(
      ok([NONE, ALL]),
    );
  });

  it('is what the legacy settings say, where it has such', async () => {
    const reader = readerOf(cancelled, cancelled);
    for (const [forwardsQuery, kind] of [
      [true, 'all'],
      [false, 'none'],
    ] as const) {
      expect(await forwardingOf(someBehavior({ forwardsQuery }), reader, signal)).toEqual(
        ok([{ kind, names: [] }]),
      );
    }
  });

  it('is not told where a policy may not be seen', async () => {
    const denied = fail({ code: 'access-denied', bucket: undefined, permission: 'x' });
    const behavior = someBehavior({ cachePolicyId: 'c', originRequestPolicyId: 'o' });
    expect(await forwardingOf(behavior, readerOf(ok(ALL), denied), signal)).toEqual(denied);
  });
});

describe('a query parameter', () => {
  it.each([
    [[], false],
    [[NONE], false],
    [[OTHERS], false],
    [[LISTED], true],
    [[ALL], true],
    [[NONE, LISTED], true],
    [[OTHERS, NONE], false],
  ] as const)('passes %j: %j', (policies, passes) => {
    expect(isForwarded(policies, NAME)).toBe(passes);
  });

  it('is told apart by the cache policy alone', () => {
    const behavior = someBehavior({ cachePolicyId: 'c' });
    expect(isInCacheKey(behavior, [LISTED, NONE], NAME)).toBe(true);
    expect(isInCacheKey(behavior, [NONE, ALL], NAME)).toBe(false);
  });

  it('is mixed up by nobody where nothing is kept, and never by the legacy settings', () => {
    const uncached = someBehavior({ cachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad' });
    expect(isInCacheKey(uncached, [NONE, ALL], NAME)).toBe(true);
    expect(isInCacheKey(someBehavior({ forwardsQuery: true }), [ALL], NAME)).toBe(true);
  });
});
