import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { visibleText } from '../../../../src/core/s3/visibleText.ts';
import { anyCodeUnits } from '../cloudfront/anyKey.ts';

/** What has no picture of its own, by Unicode's own classes and by name. */
const UNSEEN: readonly RegExp[] = [
  /\p{Cc}/u,
  /\p{Bidi_Control}/u,
  /\p{Zl}|\p{Zp}/u,
  // Soft hyphen, grapheme joiner, Mongolian vowel separator, Hangul fillers.
  /[\u00ad\u180e\u115f\u1160\u3164\uffa0]|\u034f/u,
  // Zero-width space and joiners, word joiner, invisible operators, byte order mark.
  /\u200b|\u200c|\u200d|[\u2060-\u2064\ufeff]/u,
  // Tags, which spell out ASCII unseen.
  /[\u{e0001}\u{e0020}-\u{e007f}]/u,
];

const NAMES: readonly string[] = [
  'report 2026-12-24 (final).pdf',
  'Übergröße ÀÉ ñ.txt',
  'e\u0301 decomposed',
  '日本語の名前.png',
  'שלום.txt',
  'العربية.txt',
  'हिन्दी',
  '\u{1f600} \u{1f1e9}\u{1f1ea}',
  '\u2764\ufe0f.png',
  'a\u00a0b\u3000c',
  '$(link) [a](b) <c> `d` *e* _f_ &amp;',
  'C:\\a\\b?c#d%20e+f',
];

it.each(NAMES)('leaves what people can see as it is: %s', (name) => {
  expect(visibleText(name)).toBe(name);
});

describe('what is unseen becomes visible:', () => {
  it.each([
    ['a\nb', 'a␊b'],
    ['a\r\nb', 'a␍␊b'],
    ['\t', '␉'],
    ['\0', '␀'],
    ['\u001b[31m', '␛[31m'],
    ['\u007f', '␡'],
    ['\u0085', '‹U+0085›'],
    ['invoice\u202efdp.exe', 'invoice‹U+202E›fdp.exe'],
    ['\u200bzero', '‹U+200B›zero'],
    ['\ufeffmark', '‹U+FEFF›mark'],
    ['a\u2028b', 'a‹U+2028›b'],
    ['soft\u00adhyphen', 'soft‹U+00AD›hyphen'],
    ['tag\u{e0041}', 'tag‹U+E0041›'],
  ])('%j', (text, visible) => {
    expect(visibleText(text)).toBe(visible);
  });
});

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  anyCodeUnits,
  fc
    .array(
      fc.oneof(
        fc.nat(0x2fff).map((code) => String.fromCodePoint(code)),
        fc.integer({ min: 0xe0000, max: 0xe0fff }).map((code) => String.fromCodePoint(code)),
      ),
    )
    .map((characters) => characters.join('')),
);

it('nothing that is unseen remains of any text', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      for (const unseen of UNSEEN) expect(visibleText(text)).not.toMatch(unseen);
    }),
    { numRuns: 1000 },
  );
});

it('what can be seen stays, in its order', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...NAMES, '\n', '\u200b', '\u202e')), (pieces) => {
      const seen = pieces.filter((piece) => NAMES.includes(piece)).join('');
      const shown = visibleText(pieces.join('')).replaceAll(/␊|‹U\+\w+›/g, '');
      expect(shown).toBe(seen);
    }),
  );
});
