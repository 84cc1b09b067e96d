import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalUrl } from '../../../../src/core/cloudfront/canonicalUrl.ts';
import { ok } from '../../../../src/core/outcome.ts';
import { parsePastedLocation } from '../../../../src/core/s3/pastedLocation.ts';
import { anyKey } from '../cloudfront/anyKey.ts';

const PDF = { bucket: 'films', key: 'a b/ü+(1).pdf' };

describe('a location is read from', () => {
  it.each([
    ['a URI', 's3://films/a%20b', { bucket: 'films', key: 'a%20b' }],
    ['bucket and key', 'films/a%20b?c#d', { bucket: 'films', key: 'a%20b?c#d' }],
    ['an ARN', 'arn:aws:s3:::films/a+b', { bucket: 'films', key: 'a+b' }],
  ])('%s with the key as it is', (_what, text, location) => {
    expect(parsePastedLocation(text)).toEqual(ok(location));
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
    expect(parsePastedLocation(url)).toEqual(ok(PDF));
  });

  it.each([
    ['https://my.films.s3.eu-west-1.amazonaws.com', { bucket: 'my.films', key: '' }],
    ['https://films.s3.eu-west-1.amazonaws.com/a/', { bucket: 'films', key: 'a/' }],
    ['https://films.s3.eu-west-1.amazonaws.com//a//b', { bucket: 'films', key: '/a//b' }],
    ['https://films.s3.eu-west-1.amazonaws.com/100%', { bucket: 'films', key: '100%' }],
    ['https://films.s3.eu-west-1.amazonaws.com/a%2520b', { bucket: 'films', key: 'a%20b' }],
    ['https://s3.eu-west-1.amazonaws.com/films', { bucket: 'films', key: '' }],
  ])('%s', (url, location) => {
    expect(parsePastedLocation(url)).toEqual(ok(location));
  });

  it('the address of any key that an address can carry', () => {
    const endpoint = { protocol: 'https', domain: 's3.eu-west-1.amazonaws.com', originPath: '' };
    fc.assert(
      fc.property(anyKey, (key) => {
        const url = canonicalUrl({ ...endpoint, protocol: 'https' }, `films/${key}`);
        fc.pre(url.kind === 'ok');
        expect(parsePastedLocation(url.value)).toEqual(ok({ bucket: 'films', key }));
      }),
    );
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
  expect(parsePastedLocation(text)).toMatchObject({
    kind: 'problem',
    problem: { code: 'location-invalid' },
  });
});
