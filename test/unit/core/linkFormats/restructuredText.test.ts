import { expect, it } from 'vitest';
import { escapeRst, RST } from '../../../../src/core/linkFormats/restructuredText.ts';
import { valueOf } from '../valueOf.ts';
import { SIGNED_URL, someLink } from './someLink.ts';

// That Docutils reads them so, test/aws/linkFormats.test.ts sees.

it('a hyperlink has the name and the URL, in a line of its own for each object', () => {
  expect(valueOf(RST.write([someLink('photos/a b.jpg'), someLink('c')]))).toBe(
    `\`a b.jpg <${SIGNED_URL}>\`__\n\`c <${SIGNED_URL}>\`__`,
  );
});

it.each([
  ['a_b*', 'a\\_b\\*'],
  ['`a` <b>', '\\ \\`a\\` \\<b\\>'],
  ['1. a', '\\ 1. a'],
  ['- a ', '\\ - a \\ '],
  ['https://a.example', 'https\\://a.example'],
])('of a text, what could be markup is escaped: %j', (text, escaped) => {
  expect(escapeRst(text)).toBe(escaped);
});
