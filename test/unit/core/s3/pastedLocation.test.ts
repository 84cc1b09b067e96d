import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalUrl } from '../../../../src/core/cloudfront/canonicalUrl.ts';
import type { KnownFronts } from '../../../../src/core/cloudfront/objectAt.ts';
import { ok } from '../../../../src/core/outcome.ts';
import { parsePastedLocation } from '../../../../src/core/s3/pastedLocation.ts';
import { anyKey } from '../cloudfront/anyKey.ts';
import { someDistribution } from '../cloudfront/someDistribution.ts';

const PDF = { bucket: 'films', key: 'a b/ü+(1).pdf' };

const NOBODY: KnownFronts = { mappings: [], distributions: [] };
const KNOWN: KnownFronts = {
  mappings: [
    {
      bucket: 'music',
      prefix: 'live/',
      protocol: 'https',
      domain: 'cdn.example.com',
      originPath: '/live',
      keyPairId: undefined,
    },
  ],
  distributions: [someDistribution({ aliases: ['cdn.example.com', 'films.example.com'] })],
};

describe('a location is read from', () => {
  it.each([
    ['a URI', 's3://films/a%20b', { bucket: 'films', key: 'a%20b' }],
    ['bucket and key', 'films/a%20b?c#d', { bucket: 'films', key: 'a%20b?c#d' }],
    ['an ARN', 'arn:aws:s3:::films/a+b', { bucket: 'films', key: 'a+b' }],
  ])('%s with the key as it is', (_what, text, location) => {
    expect(parsePastedLocation(text, NOBODY)).toEqual(ok(location));
  });

  it.each([
    'https://films.s3.eu-west-1.amazonaws.com/a%20b/%C3%BC+(1).pdf',
    'https://films.s3.amazonaws.com/a%20b/%C3%BC%2B%281%29.pdf',
    'http://films.s3-eu-west-1.amazonaws.com/a%20b/%C3%BC+(1).pdf',
    'https://films.s3.dualstack.eu-west-1.amazonaws.com/a%20b/%C3%BC+(1).pdf',
    'https://films.s3-fips.us-gov-west-1.amazonaws.com/a%20b/%C3%BC+(1).pdf',
    'https://films.s3.cn-north-1.amazonaws.com.cn/a%20b/%C3%BC+(1).pdf',
    'https://films.s3-accelerate.amazonaws.com/a%20b/%C3%BC+(1).pdf',
    'https://s3.eu-west-1.amazonaws.com/films/a%20b/%C3%BC+(1).pdf',
    'https://s3.dualstack.eu-west-1.amazonaws.com/films/a%20b/%C3%BC+(1).pdf',
    'https://s3.amazonaws.com/films/a%20b/%C3%BC+(1).pdf',
    ' HTTPS://FILMS.S3.eu-west-1.amazonaws.com:443/a b/ü+(1).pdf\n',
    'https://films.s3.eu-west-1.amazonaws.com/a%20b/%C3%BC+(1).pdf?versionId=1#page=2',
    'https://films.s3.eu-west-1.amazonaws.com/a%20b/%C3%BC+(1).pdf?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=0',
  ])('a web address of S3, its key decoded: %s', (url) => {
    expect(parsePastedLocation(url, NOBODY)).toEqual(ok(PDF));
  });

  it.each([
    ['https://my.films.s3.eu-west-1.amazonaws.com', { bucket: 'my.films', key: '' }],
    ['https://films.s3.eu-west-1.amazonaws.com/a/', { bucket: 'films', key: 'a/' }],
    ['https://films.s3.eu-west-1.amazonaws.com//a//b', { bucket: 'films', key: '/a//b' }],
    ['https://films.s3.eu-west-1.amazonaws.com/100%', { bucket: 'films', key: '100%' }],
    ['https://films.s3.eu-west-1.amazonaws.com/a%2520b', { bucket: 'films', key: 'a%20b' }],
    ['https://s3.eu-west-1.amazonaws.com/films', { bucket: 'films', key: '' }],
  ])('%s', (url, location) => {
    expect(parsePastedLocation(url, NOBODY)).toEqual(ok(location));
  });

  it('the address of any key that an address can carry', () => {
    const endpoint = { protocol: 'https', domain: 's3.eu-west-1.amazonaws.com', originPath: '' };
    fc.assert(
      fc.property(anyKey, (key) => {
        const url = canonicalUrl({ ...endpoint, protocol: 'https' }, `films/${key}`);
        fc.pre(url.kind === 'ok');
        expect(parsePastedLocation(url.value, NOBODY)).toEqual(ok({ bucket: 'films', key }));
      }),
    );
  });
});

describe('the URL of a distribution', () => {
  it.each([
    ['the settings', 'https://cdn.example.com/a%20b/%C3%BC.mp3', 'music', 'live/a b/ü.mp3'],
    ['the account', 'https://films.example.com/a%20b/%C3%BC.pdf', 'films', 'a b/ü.pdf'],
  ])('that %s name is the object, signed or not', (_who, url, bucket, key) => {
    for (const query of ['', '?v=1', '?Expires=1&Signature=x~&Key-Pair-Id=K1']) {
      expect(parsePastedLocation(` ${url}${query}\n`, KNOWN)).toEqual(ok({ bucket, key }));
    }
  });

  it('that stands for a bucket, or a part of one, is that', () => {
    expect(parsePastedLocation('https://films.example.com', KNOWN)).toEqual(
      ok({ bucket: 'films', key: '' }),
    );
    expect(parsePastedLocation('https://cdn.example.com/a/', KNOWN)).toEqual(
      ok({ bucket: 'music', key: 'live/a/' }),
    );
  });

  it('is nothing where nobody names it', () => {
    expect(parsePastedLocation('https://other.example.com/a.pdf', KNOWN).kind).toBe('problem');
  });
});

it.each([
  'https://example.com/films/a.pdf',
  'https://s3.eu-west-1.amazonaws.com/',
  'https://d111111abcdef8.cloudfront.net/a.pdf',
  'ftp://films.s3.eu-west-1.amazonaws.com/a',
  'https://',
  '',
])('%j names no place in S3', (text) => {
  expect(parsePastedLocation(text, NOBODY)).toMatchObject({
    kind: 'problem',
    problem: { code: 'location-invalid' },
  });
});
