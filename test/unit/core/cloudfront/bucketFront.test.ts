import { describe, expect, it } from 'vitest';
import { frontsOf } from '../../../../src/core/cloudfront/bucketFront.ts';
import { someBehavior, someDistribution, someOrigin } from './someDistribution.ts';

const FILMS = { bucket: 'films', prefix: '' };

describe('in front of a bucket', () => {
  it('is a distribution by the name that its links have', () => {
    const own = someDistribution();
    const named = someDistribution({ aliases: ['*.example.com', 'a.example.com'] });
    const china = someDistribution({ domainName: 'd1.cloudfront.cn' });
    expect(frontsOf(FILMS, [own, named, china])).toEqual([
      { distribution: own, domain: 'd1.cloudfront.net', restricted: 'all' },
      { distribution: named, domain: 'a.example.com', restricted: 'all' },
      { distribution: china, domain: undefined, restricted: 'all' },
    ]);
  });

  it('comes an enabled one before a disabled one', () => {
    const off = someDistribution({ id: 'OFF', enabled: false });
    const on = someDistribution({ id: 'ON' });
    expect(frontsOf(FILMS, [off, on]).map(({ distribution }) => distribution)).toEqual([on, off]);
  });

  it('is none that is in front of another, or whose behaviors never ask it', () => {
    const others = someDistribution({ origins: [someOrigin({ domainName: 'example.com' })] });
    const unused = someDistribution({ behaviors: [someBehavior({ originId: 'another' })] });
    expect(frontsOf(FILMS, [others, unused])).toEqual([]);
  });

  it.each([
    ['all', [['group'], ['group']]],
    ['some', [['group'], []]],
    ['none', [[], []]],
  ] as const)('is %s restricted by the behaviors that lead there: %j', (restricted, groups) => {
    const behaviors = [
      // This one leads elsewhere and says nothing of the bucket.
      someBehavior({ pathPattern: 'api/*', originId: 'api', keyGroupIds: [] }),
      ...groups.map((keyGroupIds) => someBehavior({ keyGroupIds })),
    ];
    const origins = [someOrigin({ id: 'api', domainName: 'example.com' }), someOrigin()];
    const fronts = frontsOf(FILMS, [someDistribution({ origins, behaviors })]);
    expect(fronts).toMatchObject([{ restricted }]);
  });

  it('is one with an origin path for what lies on its way or below, and for nothing else', () => {
    const distributions = [someDistribution({ origins: [someOrigin({ originPath: '/a/b' })] })];
    const isFront = (prefix: string): boolean =>
      frontsOf({ bucket: 'films', prefix }, distributions).length > 0;
    expect(['', 'a/', 'a/b/', 'a/b/c'].map(isFront)).toEqual([true, true, true, true]);
    expect(['b/', 'a/c/', 'a/bc/'].map(isFront)).toEqual([false, false, false]);
  });
});
