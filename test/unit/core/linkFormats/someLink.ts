import * as fc from 'fast-check';
import type { Grant } from '../../../../src/core/cloudfront/signObject.ts';
import type { Link } from '../../../../src/core/linkFormats/link.ts';
import { anyKey, isReachable } from '../cloudfront/anyKey.ts';

/** 2026-12-24 17:00 UTC */
export const END = 1_798_131_600;

/** What a signed URL may be made of, with every character that one can have. */
export const SIGNED_URL =
  'https://files.example.com/a%20%281%29?size=large&copy=1&Expires=1798131600&Signature=ab-~_&Key-Pair-Id=K2JCJMDEHXQW5F';

/** A signed link to a key; its URL is of another, so that none can be had from the key alone. */
export function someLink(key: string, grant: Partial<Grant> = {}): Link {
  return {
    location: { bucket: 'films', key },
    url: SIGNED_URL,
    signed: {
      keyPairId: 'K2JCJMDEHXQW5F',
      grant: { expiresAt: END, hashAlgorithm: 'SHA1', query: {}, ...grant },
    },
  };
}

/** A link without a signature, whose URL ends as few do. */
export function unsignedLink(key: string): Link {
  return { location: { bucket: 'films', key }, url: 'https://files.example.com/a_' };
}

/** What means something in a markup, a table or a shell. */
const MARKUP: readonly string[] = [
  Array.from('\\`*_{}[]()<>#+-.!~|&;:"\'^=$@%?, \n\t\r\0'),
  [
    '](',
    '&amp;',
    '&#93;',
    '<b>',
    'http://a.example',
    '```',
    '~~',
    '`__',
    ' <',
    '>`',
    '.. ',
    '::',
    '1. ',
    'A) ',
  ],
  ['$(touch x)', '`touch x`', '; touch x', "'; touch x; '", '${x}', '!!', '\u001b[2J', '\u0003'],
  ['‘', '’', '‚', '‛', '“', '＝', '\u00a0', '\u3000', '\u202e', '\ufe0f', 'a', '1', '/'],
].flat();

/** Keys that a URL can carry, made to break out of what they stand in. */
export const hostileKey = fc
  .oneof(
    fc.array(fc.constantFrom(...MARKUP), { maxLength: 12 }).map((parts) => parts.join('')),
    anyKey,
  )
  .filter(isReachable);
