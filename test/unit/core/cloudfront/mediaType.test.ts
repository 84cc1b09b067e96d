import { describe, expect, it } from 'vitest';
import { isMediaType } from '../../../../src/core/cloudfront/mediaType.ts';

describe('a media type', () => {
  it.each([
    'text/plain',
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    'text/plain; charset=utf-8',
    'text/plain;charset=utf-8 ; x="a b"',
    'image/svg+xml',
  ])('is %j', (text) => {
    expect(isMediaType(text)).toBe(true);
  });

  it.each([
    '',
    'text',
    'text/',
    '/plain',
    'text/pl ain',
    'text/plain;',
    'text/plain; charset',
    'text/plain\r\nSet-Cookie: a=b',
    'text/plain;\r\n charset=utf-8',
    'text/plain;\r\n charset=utf-8',
    'text/plain\n',
    'text/plain; x="a\nb"',
    'text/plain; x="a"b"',
    'tëxt/plain',
  ])('is not %j', (text) => {
    expect(isMediaType(text)).toBe(false);
  });
});
