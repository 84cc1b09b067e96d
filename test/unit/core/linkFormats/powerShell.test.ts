import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { POWERSHELL, powerShellWord } from '../../../../src/core/linkFormats/powerShell.ts';
import { valueOf } from '../valueOf.ts';
import { readPowerShell } from './readPowerShell.ts';
import { hostileKey, SIGNED_URL, someLink } from './someLink.ts';

function command(key: string): string {
  return valueOf(POWERSHELL.write([someLink(key)]));
}

describe('a command of PowerShell', () => {
  it('downloads under the name of the object', () => {
    expect(command('photos/Tom’s a $1.jpg')).toBe(
      `Invoke-WebRequest -UseBasicParsing -Uri '${SIGNED_URL}' -OutFile 'Tom’’s a $1.jpg'`,
    );
  });

  it('has no pattern in the name', () => {
    expect(command('a [1]`.jpg')).toContain("-OutFile 'a _1__.jpg'");
  });

  it('is the same words for any key, and the very URL', () => {
    fc.assert(
      fc.property(hostileKey, (key) => {
        const words = readPowerShell(command(key));
        expect(words.slice(0, 5)).toEqual([
          'Invoke-WebRequest',
          '-UseBasicParsing',
          '-Uri',
          SIGNED_URL,
          '-OutFile',
        ]);
        expect(words.length).toBe(6);
        expect(words[5]).not.toMatch(/[[\]`/\\:*?\p{Cc}]/u);
      }),
      { numRuns: 2000 },
    );
  });

  it('stands in a line of its own for each object', () => {
    const text = valueOf(POWERSHELL.write([someLink('a\n'), someLink('b')]));
    expect(text.split('\n').map((line) => readPowerShell(line)[5])).toEqual(['a␊', 'b']);
  });
});

describe('a word of PowerShell', () => {
  it.each([
    ['a b', "'a b'"],
    ['$(x) `n', "'$(x) `n'"],
    ["'‘’‚‛", "'''‘‘’’‚‚‛‛'"],
    ['a\nb', "('a'+[char]0x000a+'b')"],
    ['\u{e0041}', "(''+[char]0xdb40+[char]0xdc41+'')"],
  ])('of %j is %s', (text, word) => {
    expect(powerShellWord(text)).toBe(word);
  });

  it('is the very text, in one line that shows all there is', () => {
    fc.assert(
      fc.property(hostileKey, (text) => {
        const word = powerShellWord(text);
        expect(readPowerShell(word)).toEqual([text]);
        expect(word).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
      }),
      { numRuns: 2000 },
    );
  });
});

it('the reader of PowerShell refuses what would be more than one word or one command', () => {
  for (const line of [
    "a 'b",
    "a 'b'; c",
    "a 'b'c",
    'a $b',
    'a (b)',
    'a | b',
    "a ('b'+c)",
    'a\nb',
  ]) {
    expect(() => readPowerShell(line)).toThrow(/./);
  }
});
