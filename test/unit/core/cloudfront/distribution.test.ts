import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  mappingFor,
  normalizeOriginPath,
  parseDomain,
  type DistributionMapping,
} from '../../../../src/core/cloudfront/distribution.ts';
import { fail, ok } from '../../../../src/core/outcome.ts';

function mapping(bucket: string, prefix: string, domain = 'a.example'): DistributionMapping {
  return { bucket, prefix, domain, protocol: 'https', originPath: '', keyPairId: undefined };
}

describe('the mapping of an object', () => {
  const whole = mapping('photos', '');
  const year = mapping('photos', '2026/');
  const month = mapping('photos', '2026/12/');
  const other = mapping('videos', '2026/12/24/');

  it.each([
    ['photos', '2026/12/24/a.jpg', month],
    ['photos', '2026/12/', month],
    ['photos', '2026/1.jpg', year],
    ['photos', '2025/a.jpg', whole],
    ['photos', '', whole],
    ['videos', '2026/12/24/a.mp4', other],
    ['videos', '2026/a.mp4', undefined],
    ['Photos', '2026/a.jpg', undefined],
  ])('in %s, key %j, has the longest prefix', (bucket, key, expected) => {
    const mappings = [year, whole, other, month];
    expect(mappingFor(mappings, { bucket, key })).toBe(expected);
    expect(mappingFor(mappings.toReversed(), { bucket, key })).toBe(expected);
  });

  it('is the first of two alike', () => {
    const second = mapping('photos', '2026/', 'b.example');
    expect(mappingFor([whole, year, second], { bucket: 'photos', key: '2026/a' })).toBe(year);
    expect(mappingFor([second, year, whole], { bucket: 'photos', key: '2026/a' })).toBe(second);
  });

  it('is found as by trying every beginning of the key, the longest first', () => {
    const bucket = fc.constantFrom('aaa', 'bbb');
    const path = fc.string({ unit: fc.constantFrom('a', 'b', '/'), maxLength: 5 });
    const mappings = fc.array(
      fc.tuple(bucket, path).map(([name, prefix]) => mapping(name, prefix)),
    );
    fc.assert(
      fc.property(mappings, bucket, path, (all, name, key) => {
        let expected: DistributionMapping | undefined;
        for (let length = key.length; length >= 0 && expected === undefined; length--) {
          expected = all.find((one) => one.bucket === name && one.prefix === key.slice(0, length));
        }
        expect(mappingFor(all, { bucket: name, key })).toBe(expected);
      }),
    );
  });
});

describe('a domain name', () => {
  it.each([
    ['d111111abcdef8.cloudfront.net', 'https', 'd111111abcdef8.cloudfront.net'],
    ['https://d111111abcdef8.cloudfront.net/', 'https', 'd111111abcdef8.cloudfront.net'],
    ['http://d111111abcdef8.cloudfront.net', 'http', 'd111111abcdef8.cloudfront.net'],
    ['  Files.EXAMPLE.com/\n', 'https', 'files.example.com'],
    ['HTTPS://Files.EXAMPLE.com', 'https', 'files.example.com'],
    ['files.example.com:8443', 'https', 'files.example.com:8443'],
    ['http://localhost:8080', 'http', 'localhost:8080'],
    // A client leaves the usual port away.
    ['files.example.com:443', 'https', 'files.example.com'],
    ['http://files.example.com:80', 'http', 'files.example.com'],
    ['http://files.example.com:443', 'http', 'files.example.com:443'],
    // International names in the form of the wire.
    ['bücher.example', 'https', 'xn--bcher-kva.example'],
    ['BÜCHER.example', 'https', 'xn--bcher-kva.example'],
    ['例え.テスト', 'https', 'xn--r8jz45g.xn--zckzah'],
    ['xn--bcher-kva.example', 'https', 'xn--bcher-kva.example'],
    ['192.0.2.7:8080', 'https', '192.0.2.7:8080'],
    ['[::1]:8080', 'https', '[::1]:8080'],
    ['http://[2001:DB8:0::1]', 'http', '[2001:db8::1]'],
  ])('%j is %s://%s', (text, protocol, domain) => {
    expect(parseDomain(text)).toEqual(ok({ domain, protocol }));
  });

  it.each([
    ['https://files.example.com', 'http', 'files.example.com'],
    ['http://files.example.com', 'https', 'files.example.com'],
    ['files.example.com:80', 'http', 'files.example.com'],
    ['files.example.com:443', 'http', 'files.example.com:443'],
    ['http://files.example.com:443', 'https', 'files.example.com'],
  ] as const)('%j under the protocol %s is %s', (text, protocol, domain) => {
    expect(parseDomain(text, protocol)).toEqual(ok({ domain, protocol }));
  });

  it.each([
    '',
    ' ',
    'https://',
    '.cloudfront.net',
    'files..example.com',
    '.',
    '*.example.com',
    'https://*.cloudfront.net',
    'files.example.com/a.txt',
    'https://files.example.com/a',
    'files.example.com//',
    'files.example.com?',
    'files.example.com/?a=b',
    'files.example.com#',
    'files.example.com/#a',
    'user@files.example.com',
    ':password@files.example.com',
    'user:password@files.example.com',
    'https://user:password@files.example.com/',
    'ftp://files.example.com',
    'https://https://files.example.com',
    's3://bucket',
    'files.example.com:port',
    'files.example.com:65536',
    '::1',
    'files example com',
    'files.exam\nple.com',
    'a,b.example.com',
    'files_example.com, other.example.com',
  ])('is not %j', (text) => {
    expect(parseDomain(text)).toEqual(fail({ code: 'domain-invalid', text: text.trim() }));
  });

  it('is not repeated in full where it is long: it may be something pasted by mistake', () => {
    expect(parseDomain('a/'.repeat(1000))).toEqual(
      fail({ code: 'domain-invalid', text: 'a/'.repeat(40) }),
    );
  });

  it('reads as what it was read to', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.domain(), fc.webAuthority({ withPort: true }), fc.string()),
        (text) => {
          const read = parseDomain(text);
          if (read.kind !== 'ok') return;
          expect(parseDomain(read.value.domain)).toEqual(read);
          expect(new URL(`https://${read.value.domain}/a`).host).toBe(read.value.domain);
        },
      ),
    );
  });
});

describe('an origin path', () => {
  it.each([
    ['', ''],
    ['/', ''],
    [' // ', ''],
    ['media', '/media'],
    ['/media', '/media'],
    ['media/', '/media'],
    ['//media//', '/media'],
    [' /media/photos/ ', '/media/photos'],
    ['a//b', '/a//b'],
    ['/a b', '/a b'],
  ])('%j is %j to CloudFront', (text, originPath) => {
    expect(normalizeOriginPath(text)).toBe(originPath);
  });
});
