import * as fc from 'fast-check';
import { parseFragment, serialize } from 'parse5';
import { describe, expect, it } from 'vitest';
import { escapeHtml, HTML } from '../../../../src/core/linkFormats/htmlLink.ts';
import { baseName } from '../../../../src/core/s3/baseName.ts';
import { visibleText } from '../../../../src/core/s3/visibleText.ts';
import { valueOf } from '../valueOf.ts';
import { hostileKey, SIGNED_URL, someLink } from './someLink.ts';

function anchor(key: string): string {
  return valueOf(HTML.write([someLink(key)]));
}

/** The text and the address of the one element there is. */
function read(html: string): { readonly text: string; readonly href: string | undefined } {
  const { childNodes } = parseFragment(html);
  const [element] = childNodes;
  if (childNodes.length !== 1 || element === undefined || !('attrs' in element)) {
    throw new Error(`Not one element: ${html}`);
  }
  expect(element.tagName).toBe('a');
  expect(element.attrs.map(({ name }) => name)).toEqual(['href']);
  const [text] = element.childNodes;
  if (element.childNodes.length !== 1 || text === undefined || !('value' in text)) {
    throw new Error(`Not one text: ${serialize(element)}`);
  }
  return { text: text.value, href: element.attrs[0]?.value };
}

describe('an anchor', () => {
  it('is short for an ordinary name', () => {
    expect(anchor('photos/a b.jpg')).toBe(
      `<a href="${SIGNED_URL.replaceAll('&', '&amp;')}">a b.jpg</a>`,
    );
  });

  it('is the one element, with the very URL and the name, for any key', () => {
    fc.assert(
      fc.property(hostileKey, (key) => {
        expect(read(anchor(key))).toEqual({
          text: visibleText(baseName(key)),
          href: SIGNED_URL,
        });
      }),
      { numRuns: 2000 },
    );
  });

  it('stands in a line of its own for each object', () => {
    const lines = valueOf(HTML.write([someLink('a'), someLink('b\n')])).split('\n');
    expect(lines.map((line) => read(line).text)).toEqual(['a', 'b␊']);
  });
});

it('a text that is escaped is itself in an attribute of either quotes', () => {
  fc.assert(
    fc.property(hostileKey, (key) => {
      for (const quote of ['"', "'"]) {
        const [element] = parseFragment(
          `<i title=${quote}${escapeHtml(key)}${quote}></i>`,
        ).childNodes;
        expect(element).toMatchObject({
          attrs: [{ name: 'title', value: visibleText(key) }],
          childNodes: [],
        });
      }
    }),
  );
});
