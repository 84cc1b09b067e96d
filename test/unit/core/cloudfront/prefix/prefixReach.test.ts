import { describe, expect, it } from 'vitest';
import type { CacheBehavior } from '../../../../../src/core/cloudfront/account.ts';
import type { DistributionMapping } from '../../../../../src/core/cloudfront/distribution.ts';
import {
  mappedElsewhere,
  reachOf,
  servedParts,
} from '../../../../../src/core/cloudfront/prefix/prefixReach.ts';
import { openPrefix } from '../../../../../src/core/cloudfront/prefix/prefixResource.ts';
import { valueOf } from '../../valueOf.ts';
import { someBehavior, someDistribution, someOrigin } from '../someDistribution.ts';

const app = someOrigin({ id: 'app', domainName: 'app.example.com', kind: 'custom' });
const others = someOrigin({ id: 'others', domainName: 'others.s3.eu-west-1.amazonaws.com' });
const moved = someOrigin({ id: 'moved', originPath: '/old' });

/** What a prefix of the bucket `films` comes to, where such behaviors stand before the default one. */
function reach(prefix: string, ...behaviors: readonly Partial<CacheBehavior>[]) {
  const endpoint = { protocol: 'https', domain: 'd1.cloudfront.net', originPath: '' } as const;
  return reachOf(
    'films',
    endpoint,
    valueOf(openPrefix(endpoint, prefix)),
    {
      origins: [someOrigin(), app, others, moved],
      behaviors: [...behaviors, {}].map(someBehavior),
    },
    ({ keyGroupIds }) => keyGroupIds.includes('group'),
  );
}

describe('what is below a prefix', () => {
  it('is nothing of note where all of it is served alike', () => {
    const nothing = { astray: [], notes: [] };
    expect(reach('video/')).toEqual(nothing);
    expect(reach('video/', { pathPattern: '*.m3u8' })).toEqual(nothing);
    expect(reach('video/', { pathPattern: 'images/*', keyGroupIds: [] })).toEqual(nothing);
    expect(reach('video/', { pathPattern: 'api/*', originId: 'app' })).toEqual(nothing);
  });

  it('may be open to everybody', () => {
    expect(reach('video/', { pathPattern: '*.jpg', keyGroupIds: [] }).notes).toEqual([
      'What the behavior “*.jpg” takes of it is served to everybody, without a signature.',
    ]);
  });

  it('may stay closed', () => {
    expect(reach('video/', { pathPattern: 'video/a/*', keyGroupIds: ['other'] }).notes).toEqual([
      'What the behavior “video/a/*” takes of it stays closed, because it trusts other keys.',
    ]);
  });

  it.each(['app', 'others', 'moved', 'gone'])(
    'may lead astray, to what is no object of it: %s',
    (originId) => {
      expect(reach('video/', { pathPattern: 'video/api/*', originId }).astray).toEqual([
        'the behavior “video/api/*”',
      ]);
      const unopened = { pathPattern: 'video/api/*', originId, keyGroupIds: ['other'] };
      expect(reach('video/', unopened).astray).toEqual([]);
    },
  );

  it('may be in another folder of the bucket, where the whole bucket is opened', () => {
    expect(reach('', { pathPattern: 'moved/*', originId: 'moved' }).astray).toEqual([]);
  });
});

const distributions = [someDistribution()];

function mapping(prefix: string, domain = 'd1.cloudfront.net'): DistributionMapping {
  const protocol = 'https';
  return { bucket: 'films', prefix, domain, protocol, originPath: '', keyPairId: undefined };
}

describe('the served parts of a place', () => {
  const place = { bucket: 'films', prefix: 'video/' };

  it('are the place, where the account or the settings serve it', () => {
    expect(servedParts(place, [], distributions)).toEqual(['video/']);
    expect(servedParts(place, [mapping('vi'), mapping('video/a/')], [])).toEqual(['video/']);
    expect(servedParts({ ...place, prefix: '' }, [], distributions)).toEqual(['']);
  });

  it('are what origin paths and mappings lead to within it', () => {
    const inside = [someDistribution({ origins: [someOrigin({ originPath: '/video/a' })] })];
    expect(servedParts(place, [], inside)).toEqual(['video/a/']);
    expect(servedParts(place, [mapping('video/b/'), mapping('images/')], inside)).toEqual([
      'video/b/',
      'video/a/',
    ]);
  });

  it('are none where nothing is known', () => {
    expect(servedParts({ ...place, bucket: 'others' }, [mapping('')], distributions)).toEqual([]);
    expect(servedParts(place, [], [])).toEqual([]);
  });
});

describe('what is mapped elsewhere', () => {
  it('is told where it is a part', () => {
    const endpoint = { protocol: 'https', domain: 'd1.cloudfront.net', originPath: '' } as const;
    const mappings = [
      mapping('video/'),
      mapping('video/a/', 'd2.cloudfront.net'),
      mapping('video/b/'),
      mapping('images/', 'd2.cloudfront.net'),
      { ...mapping('video/c/', 'd2.cloudfront.net'), bucket: 'others' },
    ];
    expect(mappedElsewhere({ bucket: 'films', prefix: 'video/' }, endpoint, mappings)).toEqual([
      'The settings have “video/a/” served by d2.cloudfront.net, where this opens nothing.',
    ]);
  });
});
