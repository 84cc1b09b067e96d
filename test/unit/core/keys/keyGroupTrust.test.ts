import { describe, expect, it } from 'vitest';
import { trusting, trustWords } from '../../../../src/core/keys/keyGroupTrust.ts';
import { someBehavior, someDistribution } from '../cloudfront/someDistribution.ts';

const untrusting = [someBehavior({ keyGroupIds: ['other'] })];

describe('who trusts a key group', () => {
  it('is every distribution with a behavior that does', () => {
    const distributions = [
      someDistribution({ id: 'E1' }),
      someDistribution({ id: 'E2', behaviors: untrusting }),
      someDistribution({
        id: 'E3',
        behaviors: [someBehavior({ pathPattern: 'a/*' }), ...untrusting],
      }),
    ];
    expect(trusting('group', distributions).map(({ id }) => id)).toEqual(['E1', 'E3']);
    expect(trustWords('group', distributions)).toBe(
      'trusted by the default behavior of distribution E1 (d1.cloudfront.net); the behavior “a/*” of distribution E3 (d1.cloudfront.net)',
    );
  });

  it('may be nobody', () => {
    const distributions = [someDistribution({ behaviors: untrusting })];
    expect(trustWords('group', distributions)).toBe('trusted by no behavior yet');
  });

  it('are counted where they are many', () => {
    const many = Array.from({ length: 8 }, (_, index) => someDistribution({ id: `E${index}` }));
    expect(trustWords('group', many)).toMatch(/E4 \(d1\.cloudfront\.net\); 3 other distributions$/);
  });
});
