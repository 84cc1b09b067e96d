import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { behaviorFor, behaviorsBelow } from '../../../../src/core/cloudfront/cacheBehavior.ts';
import { canonicalUrl } from '../../../../src/core/cloudfront/canonicalUrl.ts';
import { valueOf } from '../valueOf.ts';
import { isReachable } from './anyKey.ts';
import { someBehavior } from './someDistribution.ts';

/** The pattern of the behavior that serves a path, of these and the default one. */
function chosen(path: string, ...patterns: readonly string[]): string | undefined {
  const behaviors = [...patterns, undefined].map((pathPattern) => someBehavior({ pathPattern }));
  return behaviorFor(path, behaviors)?.pathPattern;
}

function fits(path: string, pattern: string): boolean {
  return chosen(path, pattern) === pattern;
}

describe('a path pattern', () => {
  it.each([
    // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html#DownloadDistValuesPathPattern
    ['*.jpg', '/a.jpg'],
    ['*.jpg', '/images/a/b.jpg'],
    ['images/*', '/images/a/b.jpg'],
    ['/images/*', '/images/'],
    ['images/a*.gif', '/images/a.gif'],
    ['images/a*.gif', '/images/a/b/c.gif'],
    ['a??.jpg', '/ant.jpg'],
    ['*', '/'],
    ['/*', '/'],
    ['**', '/a'],
    ['', '/'],
    ['?', '/a'],
    ['*?', '/a'],
    ['*a*b*', '/xaxbx'],
    ['*aab', '/aaab'],
    ['*ab?', '/ab/abc'],
    ['a*a', '/aa'],
    ['$~"@:+&', '/$~"@:+&'],
  ])('%s fits %s', (pattern, path) => {
    expect(fits(path, pattern)).toBe(true);
  });

  it.each([
    ['*.jpg', '/a.JPG'],
    ['*.jpg', '/a.jpgx'],
    ['images/*', '/images'],
    ['images/*', '/x/images/a'],
    ['a??.jpg', '/an.jpg'],
    ['a??.jpg', '/ante.jpg'],
    ['?', '/'],
    ['a*a', '/a'],
    ['a*b*a', '/aba/b'],
    ['a.b', '/axb'],
    ['[ab]', '/a'],
    ['a+', '/aa'],
    ['', '/a'],
  ])('%s does not fit %s', (pattern, path) => {
    expect(fits(path, pattern)).toBe(false);
  });

  it.each([
    ['//a///b', 'a/b'],
    ['/x/../a/./b', 'a/b'],
    ['/x/%2e%2E/a', 'a'],
    ['/a/b/..', 'a/'],
    ['/a/.', 'a/'],
    ['/../..', ''],
    ['/a/', 'a/'],
    ['/%61%7E%2d', 'a~-'],
    ['/%c3%a9', '%C3%A9'],
    ['/a%2fb', 'a%2Fb'],
  ])('is compared with %s as RFC 3986 normalizes it', (path, pattern) => {
    expect(fits(path, pattern)).toBe(true);
  });

  it('that is hostile takes no longer', () => {
    const started = performance.now();
    expect(fits(`/${'a'.repeat(8000)}`, `${'*a'.repeat(127)}b`)).toBe(false);
    expect(fits(`/${'a'.repeat(8000)}`, `*${'a?'.repeat(120)}*b`)).toBe(false);
    expect(fits(`/${'a'.repeat(8000)}`, `*${'?'.repeat(250)}b*`)).toBe(false);
    expect(performance.now() - started).toBeLessThan(500);
  });
});

describe('the behavior that serves a path', () => {
  it('is the first that fits, in their order', () => {
    expect(chosen('/a/b', 'x/*', 'a/*', '*/b')).toBe('a/*');
    expect(chosen('/a/b', '*/b', 'a/*')).toBe('*/b');
    expect(chosen('/a/b', '*', 'a/b')).toBe('*');
  });

  it('is the default one where none does', () => {
    expect(chosen('/a/b', 'x/*', 'a')).toBeUndefined();
  });

  it('is that of a slow, straightforward evaluation: 10,000 keys, each with patterns of its own', () => {
    const letters = ['a', 'b', '/', '.', 'é', ' ', '%', '+', '~', '?', '*'];
    const key = fc
      .array(fc.constantFrom(...letters), { minLength: 1, maxLength: 12 })
      .map((parts) => parts.join(''))
      .filter(isReachable);
    const pattern = fc
      .array(fc.constantFrom('a', 'b', '/', '.', '*', '*', '?', '~', '%2B', '%C3%A9', '+'), {
        maxLength: 10,
      })
      .map((parts) => parts.join(''));
    let byPattern = 0;
    let byDefault = 0;
    fc.assert(
      fc.property(key, fc.array(pattern, { maxLength: 25 }), (objectKey, patterns) => {
        const endpoint = { protocol: 'https', domain: 'a.example', originPath: '' } as const;
        const path = valueOf(canonicalUrl(endpoint, objectKey)).slice('https://a.example'.length);
        const expected = patterns.find((one) => slowlyFits(`/${one.replace(/^\//, '')}`, path));
        if (expected === undefined) byDefault++;
        else byPattern++;
        expect(chosen(path, ...patterns)).toBe(expected);
      }),
      { numRuns: 10_000 },
    );
    // It says something only where both happen often.
    expect(Math.min(byPattern, byDefault)).toBeGreaterThan(1000);
  });
});

/** Patterns of those that serve what begins with a path; the default one's is undefined. */
function below(path: string, ...patterns: readonly string[]): readonly (string | undefined)[] {
  const behaviors = [...patterns, undefined].map((pathPattern) => someBehavior({ pathPattern }));
  return behaviorsBelow(path, behaviors).map(({ pathPattern }) => pathPattern);
}

describe('the behaviors below a path', () => {
  it.each([
    ['/video/', ['images/*'], [undefined]],
    ['/video/', ['*.m3u8', 'images/*'], ['*.m3u8', undefined]],
    ['/video/', ['video/*', '*.m3u8'], ['video/*']],
    ['/video/', ['*.m3u8', '/video*', 'video/a/*'], ['*.m3u8', '/video*']],
    ['/video/', ['video/?/x', 'vide', 'video'], ['video/?/x', undefined]],
    ['/', ['a/*', 'b/*'], ['a/*', 'b/*', undefined]],
    ['/vi', ['video/*', 'v?x'], ['video/*', 'v?x', undefined]],
    ['/a/', ['*', 'a/*'], ['*']],
  ])('%s with %j are %j', (path, patterns, expected) => {
    expect(below(path, ...patterns)).toEqual(expected);
  });

  it('have among them whoever serves a path that begins so', () => {
    const pieces = ['a', 'b', '/a', '/b', 'ab/'];
    const text = fc.array(fc.constantFrom(...pieces), { maxLength: 4 }).map((all) => all.join(''));
    const pattern = fc
      .array(fc.constantFrom('a', 'b', '/', '*', '?'), { maxLength: 6 })
      .map((all) => all.join(''));
    const rests = allTexts(['a', 'b', '/'], 5);
    let several = 0;
    fc.assert(
      fc.property(text, fc.array(pattern, { maxLength: 4 }), (beginning, patterns) => {
        const path = `/${beginning}`;
        const found = new Set(below(path, ...patterns));
        if (found.size > 1) several++;
        const serving = new Set(rests.map((rest) => chosen(path + rest, ...patterns)));
        expect([...serving].filter((one) => !found.has(one))).toEqual([]);
      }),
      { numRuns: 300 },
    );
    expect(several).toBeGreaterThan(50);
  });
});

/** All texts of some letters, up to a length. */
function allTexts(letters: readonly string[], length: number): readonly string[] {
  if (length === 0) return [''];
  const shorter = allTexts(letters, length - 1);
  return ['', ...letters.flatMap((letter) => shorter.map((rest) => letter + rest))];
}

/** By trying everything. Of normalizing, canonical URLs need no more than one slash for several. */
function slowlyFits(pattern: string, path: string): boolean {
  const text = path.replaceAll(/\/+/g, '/');
  const fitsFrom = (p: number, t: number): boolean => {
    if (p === pattern.length) return t === text.length;
    if (pattern[p] === '*') return fitsFrom(p + 1, t) || (t < text.length && fitsFrom(p, t + 1));
    return (
      t < text.length && (pattern[p] === '?' || pattern[p] === text[t]) && fitsFrom(p + 1, t + 1)
    );
  };
  return fitsFrom(0, 0);
}
