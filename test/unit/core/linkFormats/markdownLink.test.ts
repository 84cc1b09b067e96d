import * as fc from 'fast-check';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { describe, expect, it } from 'vitest';
import { MARKDOWN } from '../../../../src/core/linkFormats/markdownLink.ts';
import { baseName } from '../../../../src/core/s3/baseName.ts';
import { visibleText } from '../../../../src/core/s3/visibleText.ts';
import { valueOf } from '../valueOf.ts';
import { hostileKey, SIGNED_URL, someLink } from './someLink.ts';

function markdownLink(key: string): string {
  return valueOf(MARKDOWN.write([someLink(key)]));
}

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
    expect(markdownLink(key)).toBe(`[${text}](${SIGNED_URL})`);
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
    expect(rendered(markdownLink(key))).toBe(linkTo(visibleText(baseName(key))));
  });

  it('is the one link for any key at all', () => {
    fc.assert(
      fc.property(hostileKey, (key) => {
        expect(rendered(markdownLink(key))).toBe(linkTo(visibleText(baseName(key))));
      }),
      { numRuns: 2000 },
    );
  });

  it('stands in a line of its own for each object', () => {
    expect(valueOf(MARKDOWN.write([someLink('a/b.jpg'), someLink('c.jpg')]))).toBe(
      `[b.jpg](${SIGNED_URL})\n[c.jpg](${SIGNED_URL})`,
    );
  });
});

/** What a reader of Markdown as GitHub has it makes of a text. */
function rendered(markdown: string): string {
  return micromark(markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()] });
}

/** A paragraph of nothing but a link to {@link SIGNED_URL} with this text. */
function linkTo(text: string): string {
  return `<p><a href="${escaped(SIGNED_URL)}">${escaped(text)}</a></p>`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
