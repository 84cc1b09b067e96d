import { describe, expect, it } from 'vitest';
import { CURL, shWord, WGET } from '../../../../src/core/linkFormats/posixShell.ts';
import { valueOf } from '../valueOf.ts';
import { SIGNED_URL, someLink } from './someLink.ts';

// That shells read them so, test/aws/linkFormats.test.ts sees.

describe('a command that downloads', () => {
  it('is one of curl', () => {
    expect(valueOf(CURL.write([someLink("photos/it's $1.jpg")]))).toBe(
      `curl --fail --output 'it'\\''s $1.jpg' '${SIGNED_URL}'`,
    );
  });

  it('is one of wget', () => {
    expect(valueOf(WGET.write([someLink('-rf')]))).toBe(`wget -O '_rf' '${SIGNED_URL}'`);
  });

  it('stands in a line of its own for each object', () => {
    expect(valueOf(CURL.write([someLink('a\nb'), someLink('c')]))).toBe(
      `curl --fail --output 'a␊b' '${SIGNED_URL}'\ncurl --fail --output 'c' '${SIGNED_URL}'`,
    );
  });
});

describe('a word', () => {
  it.each([
    ['a b', "'a b'"],
    ["it's", "'it'\\''s'"],
    ['$(x) `y` "z"', '\'$(x) `y` "z"\''],
    ['two\nlines', "'two\nlines'"],
    ['a\u0003b', `'a'"$(printf '\\003')"'b'`],
    ['a\u202eb', `'a'"$(printf '\\342\\200\\256')"'b'`],
    ['a\0', "'a␀'"],
  ])('of %j is %s', (text, word) => {
    expect(shWord(text)).toBe(word);
  });
});
