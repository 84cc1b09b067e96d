import { describe, expect, it } from 'vitest';
import type { Distribution } from '../../../../src/core/cloudfront/account.ts';
import type { DistributionMapping } from '../../../../src/core/cloudfront/distribution.ts';
import { linkWay, type LinkQuestion } from '../../../../src/core/setup/linkRoute.ts';
import { someBehavior, someDistribution, someOrigin } from '../cloudfront/someDistribution.ts';

const QUESTION: LinkQuestion = {
  bucket: 'films',
  key: 'media/a.mp4',
  distributionId: undefined,
  mapping: undefined,
};

function mapping(changes: Partial<DistributionMapping> = {}): DistributionMapping {
  return {
    bucket: 'films',
    prefix: '',
    protocol: 'https',
    domain: 'd1.cloudfront.net',
    originPath: '',
    keyPairId: undefined,
    ...changes,
  };
}

/** A way in short: distribution, behavior, where that leads, where it should, and the URL's host. */
function wayOf(question: Partial<LinkQuestion>, ...distributions: readonly Distribution[]) {
  const { route, endpoint } = linkWay({ ...QUESTION, ...question }, distributions);
  return [
    route?.distribution.id,
    route?.behavior?.pathPattern ?? (route?.behavior && 'default'),
    route?.origin?.id,
    route?.bucketOrigin?.id,
    endpoint && `${endpoint.protocol}://${endpoint.domain}${endpoint.originPath}`,
  ];
}

const other = someOrigin({ id: 'other', domainName: 'other.s3.eu-west-1.amazonaws.com' });

describe('the way of a link', () => {
  it('is the one that discovery finds', () => {
    expect(wayOf({}, someDistribution({ aliases: ['films.example.com'] }))).toEqual([
      'E1FILMS',
      'default',
      'films',
      'films',
      'https://films.example.com',
    ]);
  });

  it('is the best one of several', () => {
    const disabled = someDistribution({ id: 'E0', enabled: false });
    expect(wayOf({}, disabled, someDistribution())[0]).toBe('E1FILMS');
  });

  it('is that of the distribution that is asked about', () => {
    const asked = someDistribution({ id: 'E2', domainName: 'd2.cloudfront.net', enabled: false });
    expect(wayOf({ distributionId: 'E2' }, someDistribution(), asked)).toEqual([
      'E2',
      'default',
      'films',
      'films',
      'https://d2.cloudfront.net',
    ]);
  });

  it('is the one of the settings, by a name of whatever kind', () => {
    const named = someDistribution({ id: 'E2', aliases: ['*.example.com'] });
    const question = { mapping: mapping({ domain: 'a.example.com', protocol: 'http' }) };
    expect(wayOf(question, someDistribution(), named)).toEqual([
      'E2',
      'default',
      'films',
      'films',
      'http://a.example.com',
    ]);
  });

  it('is that of the settings at whatever port', () => {
    const question = { mapping: mapping({ domain: 'd1.cloudfront.net:8443' }) };
    const second = someDistribution({ id: 'E2', domainName: 'd2.cloudfront.net' });
    expect(wayOf(question, second, someDistribution())[0]).toBe('E1FILMS');
    const local = someDistribution({ id: 'E3', aliases: ['127.0.0.1:8080'] });
    const there = { mapping: mapping({ domain: '127.0.0.1:8080' }) };
    expect(wayOf(there, someDistribution(), local)[0]).toBe('E3');
  });

  it('is not that of the settings where another distribution is asked about', () => {
    const asked = someDistribution({ id: 'E2', domainName: 'd2.cloudfront.net' });
    const question = { mapping: mapping(), distributionId: 'E2' };
    expect(wayOf(question, someDistribution(), asked).at(-1)).toBe('https://d2.cloudfront.net');
    expect(wayOf({ ...question, distributionId: 'E1FILMS' }, someDistribution(), asked)[0]).toBe(
      'E1FILMS',
    );
  });

  it('has no distribution where none may be seen, and the endpoint of the settings', () => {
    const { route, endpoint } = linkWay({ ...QUESTION, mapping: mapping() });
    expect([route, endpoint?.domain]).toEqual([undefined, 'd1.cloudfront.net']);
  });

  it('is none where no distribution has the bucket', () => {
    expect(linkWay(QUESTION, [someDistribution({ origins: [other] })])).toEqual({
      endpoint: undefined,
      route: undefined,
    });
  });
});

describe('a way that leads astray', () => {
  it('goes through an earlier behavior to another origin', () => {
    const distribution = someDistribution({
      origins: [someOrigin(), other],
      behaviors: [someBehavior({ pathPattern: 'media/*', originId: 'other' }), someBehavior()],
    });
    expect(wayOf({}, distribution)).toEqual([
      'E1FILMS',
      'media/*',
      'other',
      'films',
      'https://d1.cloudfront.net',
    ]);
  });

  it('goes to a distribution of the settings that does not have the bucket', () => {
    const wrong = someDistribution({ id: 'E2', domainName: 'd2.cloudfront.net', origins: [other] });
    const question = { mapping: mapping({ domain: 'd2.cloudfront.net' }) };
    expect(wayOf(question, someDistribution(), wrong)).toEqual([
      'E2',
      'default',
      undefined,
      undefined,
      'https://d2.cloudfront.net',
    ]);
  });

  it('goes by a name that no distribution has to the one that has the bucket', () => {
    const question = { mapping: mapping({ domain: 'gone.example.com' }) };
    expect(wayOf(question, someDistribution())).toEqual([
      'E1FILMS',
      'default',
      'films',
      'films',
      'https://gone.example.com',
    ]);
  });

  it('goes nowhere with a key outside the origin path', () => {
    const distribution = someDistribution({ origins: [someOrigin({ originPath: '/public' })] });
    expect(wayOf({}, distribution)).toEqual([
      'E1FILMS',
      undefined,
      undefined,
      'films',
      'https://d1.cloudfront.net/public',
    ]);
  });

  it('goes by the origin path of the settings, not by that of the origin', () => {
    const distribution = someDistribution({
      behaviors: [someBehavior({ pathPattern: '/a.mp4' }), someBehavior()],
    });
    expect(wayOf({ mapping: mapping({ originPath: '/media' }) }, distribution)[1]).toBe('/a.mp4');
  });
});

describe('the way of no link', () => {
  it('is the first behavior that leads to the bucket', () => {
    const distribution = someDistribution({
      origins: [other, someOrigin()],
      behaviors: [
        someBehavior({ pathPattern: 'x/*', originId: 'other' }),
        someBehavior({ pathPattern: 'y/*' }),
        someBehavior({ originId: 'other' }),
      ],
    });
    expect(wayOf({ key: undefined }, distribution)).toEqual([
      'E1FILMS',
      'y/*',
      'films',
      'films',
      'https://d1.cloudfront.net',
    ]);
  });
});
