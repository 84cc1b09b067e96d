import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalUrl } from '../../../../src/core/cloudfront/canonicalUrl.ts';
import type { Endpoint } from '../../../../src/core/cloudfront/distribution.ts';
import { fail, ok } from '../../../../src/core/outcome.ts';
import { valueOf } from '../valueOf.ts';
import { anyCodeUnits, anyKey, isReachable } from './anyKey.ts';

const endpoint: Endpoint = { protocol: 'https', domain: 'files.example.com', originPath: '' };
const behindMedia: Endpoint = { ...endpoint, originPath: '/media' };

describe('the path', () => {
  it.each([
    ['a.txt', '/a.txt'],
    ['photos/2026/a.jpg', '/photos/2026/a.jpg'],
    ['a b', '/a%20b'],
    ['a+b', '/a%2Bb'],
    ['100%', '/100%25'],
    // A key is never taken for already encoded.
    ['a%20b', '/a%2520b'],
    ['a?b#c', '/a%3Fb%23c'],
    ["it's (1)!*", '/it%27s%20%281%29%21%2A'],
    ['é', '/%C3%A9'],
    // The same letter in two characters is another key.
    ['e\u0301', '/e%CC%81'],
    ['\u{1f600}', '/%F0%9F%98%80'],
    ['a\nb', '/a%0Ab'],
    ['folder/', '/folder/'],
    ['/a', '//a'],
    ['a//b', '/a//b'],
    ['/', '//'],
    ['...', '/...'],
    ['.hidden/..a/b.', '/.hidden/..a/b.'],
    ['%2e%2e/a', '/%252e%252e/a'],
  ])('of %j is %s', (key, path) => {
    expect(canonicalUrl(endpoint, key)).toEqual(ok(`https://files.example.com${path}`));
  });

  it('leaves of ASCII the unreserved characters and the slash alone', () => {
    const ascii = String.fromCharCode(...Array(128).keys());
    const path = [
      '/%00%01%02%03%04%05%06%07%08%09%0A%0B%0C%0D%0E%0F',
      '%10%11%12%13%14%15%16%17%18%19%1A%1B%1C%1D%1E%1F',
      '%20%21%22%23%24%25%26%27%28%29%2A%2B%2C-./',
      '0123456789%3A%3B%3C%3D%3E%3F',
      '%40ABCDEFGHIJKLMNO',
      'PQRSTUVWXYZ%5B%5C%5D%5E_',
      '%60abcdefghijklmno',
      'pqrstuvwxyz%7B%7C%7D~%7F',
    ].join('');
    expect(canonicalUrl(endpoint, ascii)).toEqual(ok(`https://files.example.com${path}`));
  });
});

describe('a key that no URL can carry', () => {
  it.each([
    ['empty', ''],
    ['dot-segment', '.'],
    ['dot-segment', '..'],
    ['dot-segment', '../a'],
    ['dot-segment', 'a/.'],
    ['dot-segment', 'a/./b'],
    ['dot-segment', 'a/../b'],
    ['dot-segment', '/../'],
    ['lone-surrogate', '\ud800'],
    ['lone-surrogate', 'a\udc00b'],
    ['lone-surrogate', '\ude00\ud83d'],
  ] as const)('is refused as %s: %j', (reason, key) => {
    expect(canonicalUrl(endpoint, key)).toEqual(fail({ code: 'key-unreachable', key, reason }));
  });

  it('is not every other key: each is sent as it is written and names its object alone', () => {
    fc.assert(
      fc.property(fc.oneof(anyKey, anyCodeUnits), (key) => {
        const url = canonicalUrl(endpoint, key);
        expect(url.kind).toBe(isReachable(key) ? 'ok' : 'problem');
        if (url.kind !== 'ok') return;
        expect(new URL(url.value).href).toBe(url.value);
        const path = url.value.slice('https://files.example.com/'.length);
        expect(path.split('/').map(decodeURIComponent).join('/')).toBe(key);
        expect(path).toMatch(/^(?:[A-Za-z0-9._~/-]|%[0-9A-F]{2})*$/);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('the origin path', () => {
  it.each([
    ['media/a.txt', '/a.txt'],
    ['media/b/c.txt', '/b/c.txt'],
    ['media/media/a', '/media/a'],
    ['media//a', '//a'],
  ])('is taken off %s', (key, path) => {
    expect(canonicalUrl(behindMedia, key)).toEqual(ok(`https://files.example.com${path}`));
  });

  it('may be several folders deep, in any characters', () => {
    const deep: Endpoint = { ...endpoint, originPath: '/a b/é' };
    expect(canonicalUrl(deep, 'a b/é/c d')).toEqual(ok('https://files.example.com/c%20d'));
  });

  it.each(['a.txt', 'media', 'mediathek/a.txt', 'Media/a.txt', '/media/a.txt', ''])(
    'does not serve %j',
    (key) => {
      expect(canonicalUrl(behindMedia, key)).toEqual(
        fail({ code: 'key-outside-origin-path', key, originPath: '/media' }),
      );
    },
  );

  it.each([
    ['empty', 'media/'],
    ['dot-segment', 'media/../a'],
    ['lone-surrogate', 'media/\udfff'],
  ] as const)('leaves what no URL can carry (%s), told by its whole key: %j', (reason, key) => {
    expect(canonicalUrl(behindMedia, key)).toEqual(fail({ code: 'key-unreachable', key, reason }));
  });

  it('changes nothing else', () => {
    fc.assert(
      fc.property(anyKey.filter(isReachable), (key) => {
        expect(canonicalUrl(behindMedia, `media/${key}`)).toEqual(canonicalUrl(endpoint, key));
      }),
    );
  });
});

describe('the address', () => {
  it.each([
    ['http', 'files.example.com'],
    ['https', 'd111111abcdef8.cloudfront.net'],
    ['https', 'xn--bcher-kva.example'],
    ['https', 'files.example.com:8443'],
    ['http', 'localhost:8080'],
    ['http', '127.0.0.1:34567'],
    ['http', '[::1]:8080'],
  ] as const)('is %s://%s as the distribution has it', (protocol, domain) => {
    expect(canonicalUrl({ protocol, domain, originPath: '' }, 'a')).toEqual(
      ok(`${protocol}://${domain}/a`),
    );
  });

  it.each(['Files.Example.com', 'files.example.com:443', 'bücher.example', 'a b', ''])(
    'is not one that a client would rewrite: %j',
    (domain) => {
      expect(canonicalUrl({ ...endpoint, domain }, 'a')).toEqual(
        fail({ code: 'key-unreachable', key: 'a', reason: 'rewritten' }),
      );
    },
  );
});

describe('the query', () => {
  it.each([
    [{}, ''],
    [{ a: '1' }, '?a=1'],
    [{ a: '' }, '?a='],
    [{ size: 'large', license: 'yes' }, '?size=large&license=yes'],
    [{ 'a b': "c&d=e+f'g" }, '?a%20b=c%26d%3De%2Bf%27g'],
    [
      { 'response-content-disposition': 'attachment; filename="ü.txt"' },
      '?response-content-disposition=attachment%3B%20filename%3D%22%C3%BC.txt%22',
    ],
  ])('of %j is %s', (query, search) => {
    expect(canonicalUrl(endpoint, 'a', query)).toEqual(ok(`https://files.example.com/a${search}`));
  });

  it('reaches the other side as it was given', () => {
    const parameter = fc.string({ unit: 'binary', maxLength: 6 });
    const name = parameter.filter((text) => text !== '' && !/^(?:expires|policy)$/i.test(text));
    fc.assert(
      fc.property(fc.dictionary(name, parameter), (query) => {
        const url = valueOf(canonicalUrl(endpoint, 'a', query));
        expect(new URL(url).href).toBe(url);
        expect([...new URL(url).searchParams]).toEqual(Object.entries(query));
      }),
    );
  });

  const reserved = ['Expires', 'Policy', 'Signature', 'Key-Pair-Id', 'Hash-Algorithm'];
  it.each(reserved.flatMap((name) => [name, name.toLowerCase(), name.toUpperCase()]))(
    'may not name %s, which CloudFront takes for itself',
    (name) => {
      expect(canonicalUrl(endpoint, 'a', { page: '1', [name]: '1' })).toEqual(
        fail({ code: 'query-reserved', name }),
      );
    },
  );

  it.each([
    ['no name', { '': 'a' }],
    ['a name that is not Unicode', { '\ud800': 'a' }],
    ['a value that is not Unicode', { a: '\ud800' }],
  ])('is refused with %s', (_what, query) => {
    expect(canonicalUrl(endpoint, 'a', query)).toMatchObject({
      problem: { code: 'option-invalid', option: 'query' },
    });
  });
});
