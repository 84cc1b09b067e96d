import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  escapeAmpersands,
  escapesAmpersands,
  hasEscapedAmpersand,
  unescapeAmpersands,
} from '../../../../src/core/references/markup.ts';

describe('ampersands', () => {
  it('are escaped in the languages that ask for it, and in no other', () => {
    for (const language of ['html', 'xml', 'vue', 'svelte', 'handlebars', 'xsl']) {
      expect(escapesAmpersands(language, '<a>')(1)).toBe(true);
    }
    for (const language of ['markdown', 'json', 'yaml', 'plaintext', 'shellscript', 'typescript']) {
      expect(escapesAmpersands(language, '<a>')(1)).toBe(false);
    }
  });

  it.each([
    '<script>HERE</script>',
    '<SCRIPT type="module">\nHERE</SCRIPT >',
    '<style>a{b:url(HERE)}</style>',
    '<![CDATA[ </script> HERE ]]>',
  ])('are themselves in %s, and escaped around it', (part) => {
    const text = `<p>BEFORE</p>${part}<p>BEHIND</p>${part}`;
    const isEscapedAt = escapesAmpersands('html', text);
    const places = [text.indexOf('BEFORE'), text.indexOf('BEHIND')];
    expect(places.map(isEscapedAt)).toEqual([true, true]);
    expect([text.indexOf('HERE'), text.lastIndexOf('HERE')].map(isEscapedAt)).toEqual([
      false,
      false,
    ]);
  });

  it('are themselves to the end where nothing closes the part', () => {
    expect(escapesAmpersands('html', '<a><script>b<script>c')(20)).toBe(false);
  });

  it('are found at once in a document full of scripts', () => {
    const begun = performance.now();
    for (const part of ['<script>', '<script></script>', '<![CDATA[']) {
      escapesAmpersands('html', part.repeat(300_000))(3_000_000);
    }
    expect(performance.now() - begun).toBeLessThan(2_000);
  });

  it('come back from what they were written as', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('&', 'a', 'amp;', '#38;', '=') }), (text) => {
        expect(unescapeAmpersands(escapeAmpersands(text))).toBe(text);
      }),
    );
    expect(unescapeAmpersands('a&amp;b&#38;c&#x26;d&e')).toBe('a&b&c&d&e');
    expect(hasEscapedAmpersand('a&amp;b')).toBe(true);
    expect(hasEscapedAmpersand('a&amp=b')).toBe(false);
  });
});
