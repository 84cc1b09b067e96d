import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeBlock, escapeMarkdown } from '../../../src/core/markdown.ts';

/** Texts of all that has a meaning in Markdown. */
const nasty = fc.string({
  unit: fc.oneof(
    fc.constantFrom('https://', 'www.', '&amp;', '\n', '\r', '\t', 'a'),
    fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 1 }),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  ),
  maxLength: 30,
});

describe('an escaped text', () => {
  it('has nothing that is markup, an entity or a link', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const escaped = escapeMarkdown(text);
        const bare = escaped.replaceAll(/\\[!-/:-@[-`{-~]/g, ' ');
        expect(bare).not.toMatch(/[\\`*_{}[\]<>&!~|$@\n\r]/);
        expect(bare).not.toMatch(/:\/\/|www\./i);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['report (1).pdf', 'report (1).pdf'],
    ['a_b*c', String.raw`a\_b\*c`],
    ['[x](command:do)', String.raw`\[x\](command:do)`],
    ['https://d1.cloudfront.net/a', String.raw`https\://d1.cloudfront.net/a`],
    ['arn:aws:s3:::films/*', String.raw`arn:aws:s3:::films/\*`],
    ['two\nlines', 'two␊lines'],
  ])('stays readable: %j', (text, escaped) => {
    expect(escapeMarkdown(text)).toBe(escaped);
  });
});

describe('a block of code', () => {
  it('is ended by nothing that is in it', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const [first = '', ...rest] = codeBlock('json', text).split('\n');
        const fence = first.replace('json', '');
        expect(fence).toMatch(/^`{3,}$/);
        expect(rest.at(-1)).toBe(fence);
        expect(rest.slice(0, -1).filter((line) => line.includes(fence))).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  it('keeps its text', () => {
    expect(codeBlock('sh', 'a\nb\n')).toBe('```sh\na\nb\n```');
    expect(codeBlock('', 'a ``` b')).toBe('````\na ``` b\n````');
  });
});
