import { describe, expect, it } from 'vitest';
import {
  prefixName,
  prefixStatement,
} from '../../../../../src/core/cloudfront/prefix/prefixText.ts';
import { fail, ok } from '../../../../../src/core/outcome.ts';

const place = { bucket: 'films', prefix: 'video/launch/' };
const domain = 'd111111abcdef8.cloudfront.net';
const gigabytes = 3.2 * 1024 ** 3;

describe('what a prefix opens', () => {
  it.each([
    ['video/', 'everything under “video/”'],
    ['video/la', 'everything that begins with “video/la”'],
    ['', 'everything in bucket “films”'],
    ['a\n\u202e/', 'everything under “a␊‹U+202E›/”'],
  ])('%j has a name', (prefix, name) => {
    expect(prefixName({ ...place, prefix })).toBe(name);
  });

  it.each([
    [{ objects: 1204, bytes: gigabytes, isWhole: true }, ': 1,204 objects, 3.2 GB now, and'],
    [{ objects: 1, bytes: 5, isWhole: true }, ': 1 object, 5 B now, and'],
    [{ objects: 0, bytes: 0, isWhole: true }, ': nothing now, and'],
    [
      { objects: 20_000, bytes: gigabytes, isWhole: false },
      ': at least 20,000 objects, 3.2 GB so far, and',
    ],
    [
      { objects: 0, bytes: 0, isWhole: false },
      ': what is there now, which is not counted yet, and',
    ],
  ])('is told in numbers: %j', (count, words) => {
    expect(prefixStatement(place, domain, ok(count))).toBe(
      `Opens everything under “video/launch/” at ${domain}${words} whatever is put there later.`,
    );
  });

  it('is told without, where listing is denied', () => {
    const denied = fail({ code: 'access-denied', bucket: 'films', permission: 's3:ListBucket' });
    expect(prefixStatement(place, domain, denied)).toBe(
      `Opens everything under “video/launch/” at ${domain}, and whatever is put there later. What is there now could not be counted: Access denied: bucket “films”.`,
    );
  });
});
