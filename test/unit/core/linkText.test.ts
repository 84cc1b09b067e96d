import * as fc from 'fast-check';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { describe, expect, it } from 'vitest';
import { baseName, linkText } from '../../../src/core/linkText.ts';
import { visibleText } from '../../../src/core/s3/visibleText.ts';
import { anyKey } from './cloudfront/anyKey.ts';

const url =
  'https://files.example.com/a%20%281%29?size=large&copy=1&Expires=2000000000&Signature=ab-~_&Key-Pair-Id=K2JCJMDEHXQW5F';

describe('the last name in a key', () => {
  it.each([
    ['a.txt', 'a.txt'],
    ['photos/2026/a.jpg', 'a.jpg'],
    ['photos/2026/', '2026'],
    ['photos//', 'photos'],
    ['/a', 'a'],
    // There is no name, and something has to be shown.
    ['/', '/'],
    ['//', '//'],
  ])('of %j is %j', (key, name) => {
    expect(baseName(key)).toBe(name);
  });
});

it('a URL alone is copied as it is', () => {
  expect(linkText('url', 'photos/a [1].jpg', url)).toBe(url);
});

describe('a link in Markdown', () => {
  it.each([
    ['photos/a.jpg', 'a.jpg'],
    ['a [1] (2).jpg', String.raw`a \[1\] (2).jpg`],
    ['snake_case*', String.raw`snake\_case\*`],
    ['back\\slash', String.raw`back\\slash`],
    ['line\nfeed', 'line␊feed'],
    ['right\u202eleft', 'right‹U+202E›left'],
    ['Übung 日本 \u{1f600}', 'Übung 日本 \u{1f600}'],
  ])('shows the name: %j', (key, text) => {
    expect(linkText('markdown', key, url)).toBe(`[${text}](${url})`);
  });

  it.each([
    'a](https://evil.example) [b',
    '![a](https://evil.example/a.png)',
    '[a]: https://evil.example',
    '<img src=x onerror=alert(1)>',
    '<https://evil.example>',
    'https://evil.example',
    'www.evil.example',
    'jane@evil.example',
    '&lt;b&gt;',
    '&#x5D;',
    '\\',
    '\\]',
    '`]`',
    '**a**',
    '~~a~~',
    '^1',
    'a | b',
    ' a ',
    'a\n\n# b',
    '//',
  ])('is the one link, whatever the key: %j', (key) => {
    expect(rendered(linkText('markdown', key, url))).toBe(linkTo(visibleText(baseName(key))));
  });

  it('is the one link for any key at all', () => {
    const markup = fc.constantFrom(
      ...Array.from('\\`*_{}[]()<>#+-.!~|&;:"\'^=$@ \n\t'),
      '](',
      '&amp;',
      '&#93;',
      '<b>',
      'http://a.example',
      '```',
      '~~',
    );
    const anyMarkup = fc.string({ unit: fc.oneof(markup, fc.constantFrom('a', '1')) });
    const nonEmpty = fc.oneof(anyMarkup, anyKey).filter((key) => key !== '');
    fc.assert(
      fc.property(nonEmpty, (key) => {
        expect(rendered(linkText('markdown', key, url))).toBe(linkTo(visibleText(baseName(key))));
      }),
      { numRuns: 2000 },
    );
  });
});

/** What a reader of Markdown as GitHub has it makes of a text. */
function rendered(markdown: string): string {
  return micromark(markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()] });
}

/** A paragraph of nothing but a link to {@link url} with this text. */
function linkTo(text: string): string {
  return `<p><a href="${escaped(url)}">${escaped(text)}</a></p>`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
