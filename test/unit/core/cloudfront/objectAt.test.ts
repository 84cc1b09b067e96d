import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalUrl } from '../../../../src/core/cloudfront/canonicalUrl.ts';
import type { DistributionMapping } from '../../../../src/core/cloudfront/distribution.ts';
import { mappedObject, wayOf } from '../../../../src/core/cloudfront/objectAt.ts';
import { anyKey, isReachable } from './anyKey.ts';
import { someBehavior, someDistribution, someOrigin } from './someDistribution.ts';

const mapping: DistributionMapping = {
  bucket: 'films',
  prefix: '',
  protocol: 'https',
  domain: 'cdn.example.com',
  originPath: '',
  keyPairId: undefined,
};

describe('the way of a URL', () => {
  it('goes back to the key that it was made from, whatever that is', () => {
    fc.assert(
      fc.property(anyKey.filter(isReachable), fc.constantFrom('', '/media'), (name, originPath) => {
        const key = originPath === '' ? name : `media/${name}`;
        const distribution = someDistribution({ origins: [someOrigin({ originPath })] });
        const domain = distribution.domainName;
        const url = canonicalUrl({ protocol: 'https', domain, originPath }, key);
        fc.pre(url.kind === 'ok');
        const location = { bucket: 'films', key };
        expect(wayOf(url.value, [distribution]).location).toEqual(location);
        const mapped = [{ ...mapping, domain, originPath }];
        expect(mappedObject(url.value, mapped)).toEqual(location);
      }),
    );
  });

  it('is the one by the behavior that its path matches', () => {
    const distribution = someDistribution({
      origins: [someOrigin(), someOrigin({ id: 'web', domainName: 'web.example.com' })],
      behaviors: [someBehavior({ pathPattern: '/web/*', originId: 'web' }), someBehavior()],
    });
    const [web] = distribution.behaviors;
    expect(wayOf('https://d1.cloudfront.net/web/a?b=c', [distribution])).toEqual({
      distribution,
      behavior: web,
      origin: distribution.origins[1],
      location: undefined,
    });
  });

  it('is found by an alias, a wildcard, and a name with a port on this computer', () => {
    for (const [alias, host] of [
      ['cdn.example.com', 'cdn.example.com'],
      ['*.example.com', 'a.b.example.com'],
      ['127.0.0.1:8080', '127.0.0.1:8080'],
      ['127.0.0.1', '127.0.0.1:9090'],
    ]) {
      const distribution = someDistribution({ aliases: [alias ?? ''], enabled: false });
      expect(wayOf(`http://${host}/a`, [distribution]).distribution).toBe(distribution);
    }
  });

  it('is unknown where no distribution answers', () => {
    expect(wayOf('https://other.example/a', [someDistribution()])).toEqual({
      distribution: undefined,
      behavior: undefined,
      origin: undefined,
      location: undefined,
    });
  });

  it('takes what is no escape as it is', () => {
    const way = wayOf('https://d1.cloudfront.net/100%/a%20b', [someDistribution()]);
    expect(way.location).toEqual({ bucket: 'films', key: '100%/a%20b' });
  });
});

describe('the object of a URL by the settings', () => {
  it('is that of the mapping with the longest prefix that fits', () => {
    const mappings = [
      mapping,
      { ...mapping, bucket: 'videos', prefix: 'video/', originPath: '/video' },
      { ...mapping, bucket: 'other', domain: 'other.example' },
    ];
    const at = (path: string) => mappedObject(`https://cdn.example.com${path}`, mappings);
    expect(at('/a.mp4')).toEqual({ bucket: 'videos', key: 'video/a.mp4' });
    expect(mappedObject('https://cdn.example.com/a', [mapping])).toEqual({
      bucket: 'films',
      key: 'a',
    });
    expect(mappedObject('https://nobody.example/a', mappings)).toBeUndefined();
  });

  it('is none where the prefix does not fit', () => {
    const videos = { ...mapping, prefix: 'video/' };
    expect(mappedObject('https://cdn.example.com/a', [videos])).toBeUndefined();
  });
});
