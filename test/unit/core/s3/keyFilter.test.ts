import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseKeyFilter } from '../../../../src/core/s3/keyFilter.ts';
import { valueOf } from '../valueOf.ts';

const KEYS = [
  'video/2026/launch film.mp4',
  'video/2026/IMG_001.jpg',
  'video/img_002.JPG',
  'logs/2026-11-25.gz',
  'a*b',
];

function fitting(text: string): readonly string[] {
  const filter = valueOf(parseKeyFilter(text));
  return KEYS.filter((key) => filter.fits(key));
}

describe('a filter of keys', () => {
  it.each([
    ['', KEYS],
    ['film', ['video/2026/launch film.mp4']],
    ['film video', ['video/2026/launch film.mp4']],
    ['film logs', []],
    ['img', ['video/2026/IMG_001.jpg', 'video/img_002.JPG']],
    ['IMG', ['video/2026/IMG_001.jpg']],
    ['*.jpg', ['video/2026/IMG_001.jpg', 'video/img_002.JPG']],
    ['*.JPG', ['video/img_002.JPG']],
    ['img_00?.jpg', ['video/2026/IMG_001.jpg', 'video/img_002.JPG']],
    ['2026/*', ['video/2026/launch film.mp4', 'video/2026/IMG_001.jpg']],
    ['video/*/*', ['video/2026/launch film.mp4', 'video/2026/IMG_001.jpg']],
    ['ideo/*', []],
    ['/^video\\/[^/]+$/', ['video/img_002.JPG']],
    ['/JPG$/i', ['video/2026/IMG_001.jpg', 'video/img_002.JPG']],
    ['/a\\*b/', ['a*b']],
  ])('%s', (text, keys) => {
    expect(fitting(text)).toEqual(keys);
  });

  it('that is no regular expression is refused, with the reason', () => {
    expect(parseKeyFilter('/(/')).toMatchObject({
      kind: 'problem',
      problem: { code: 'option-invalid', option: 'filter' },
    });
  });

  it('tells texts that are in every key that fits', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string()), (text, keys) => {
        const filter = parseKeyFilter(text);
        if (filter.kind !== 'ok') return;
        const { fits, ignoresCase, literals } = filter.value;
        for (const key of [...keys, `x/${text}`, text].filter(fits)) {
          const haystack = ignoresCase ? key.toLowerCase() : key;
          for (const literal of literals) expect(haystack).toContain(literal);
        }
      }),
    );
  });

  it('takes no longer for a pattern of many wildcards', () => {
    const filter = valueOf(parseKeyFilter(`${'*a'.repeat(200)}b`));
    expect(filter.fits('a'.repeat(1024))).toBe(false);
  });
});
