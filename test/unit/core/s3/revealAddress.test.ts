import { describe, expect, it } from 'vitest';
import { parseRevealAddress } from '../../../../src/core/s3/revealAddress.ts';

function parse(path: string, query = '', fragment = ''): unknown {
  const parsed = parseRevealAddress({ path, query, fragment });
  return parsed.kind === 'ok' ? parsed.value : parsed.problem.code;
}

describe('an address', () => {
  it.each([
    ['/reveal/films/a/b.mp4', 'films', 'a/b.mp4'],
    ['/reveal/films//a', 'films', '/a'],
    ['/reveal/films/a/', 'films', 'a/'],
    ['/reveal/films', 'films', ''],
    ['/reveal/films/', 'films', ''],
    ['/reveal/films/100% #1?&=+.txt', 'films', '100% #1?&=+.txt'],
    ['/reveal/films/s3://other/key', 'films', 's3://other/key'],
    [`/reveal/films/${'é'.repeat(512)}`, 'films', 'é'.repeat(512)],
  ])('%s names bucket %s and key %s, literally', (path, bucket, key) => {
    expect(parse(path)).toEqual({ bucket, key });
  });

  it.each([
    ['the root', '/'],
    ['another act', '/sign/films/a.mp4'],
    ['another spelling', '/Reveal/films/a.mp4'],
    ['no bucket', '/reveal/'],
    ['an empty bucket', '/reveal//a'],
    ['a bucket that is none', '/reveal/no bucket/a'],
    ['an ARN', '/reveal/arn:aws:s3:::films/a'],
    ['an S3 URI', '/reveal/s3://films/a'],
    ['white space before the bucket', '/reveal/ films/a'],
    ['a key of more than S3 takes', `/reveal/films/${'é'.repeat(700)}`],
    ['ten million letters', `/reveal/films/${'a'.repeat(1e7)}`],
  ])('with %s shows nothing', (_, path) => {
    expect(parse(path)).toBe('uri-unknown');
  });

  it.each([
    ['a profile', 'profile=admin', ''],
    ['a key that was cut at its question mark', 'v=2', ''],
    ['a key that was cut at its number sign', '', '1.txt'],
  ])('with %s shows nothing', (_, query, fragment) => {
    expect(parse('/reveal/films/a', query, fragment)).toBe('uri-unknown');
  });
});
