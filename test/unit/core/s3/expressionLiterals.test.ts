import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { expressionLiterals } from '../../../../src/core/s3/expressionLiterals.ts';

it.each<readonly [source: string, literals: readonly string[]]>([
  ['film', ['film']],
  ['^video/.*\\.mp4$', ['video/', '.mp4']],
  ['ab+c', ['ab', 'c']],
  ['abc*d?e', ['ab', 'e']],
  ['a{2}b{0,}c', ['c']],
  ['a+?b', ['a', 'b']],
  ['a[bc\\]]d', ['a', 'd']],
  ['2026-\\d\\d', ['2026-']],
  ['🎬?film🎬', ['film🎬']],
  ['a|b', []],
  ['(film)?', []],
  ['\\x41b', []],
  ['\\u0041b', []],
  ['\ud83c', []],
  ['', []],
])('what matches /%s/ has %j', (source, literals) => {
  expect(expressionLiterals(source)).toEqual(literals);
});

it('whatever an expression matches has all of them', () => {
  const part = fc.constantFrom(
    ...'a b A 1 - ] } { , . * + ? ^ $ {2} {0,1} | ( ) (?: (?= 🎬'.split(' '),
    ...'[ab] [^a] [a \\. \\d \\b \\- \\x61 \\u0061 \\p{L} \\\\'.split(' '),
  );
  const someKey = fc.string({
    unit: fc.constantFrom('a', 'b', 'A', '1', '-', '.', '{', '🎬', '\\'),
  });
  let matched = 0;
  fc.assert(
    fc.property(
      fc.array(part, { maxLength: 8 }),
      fc.constantFrom('', 'u', 's', 'm'),
      fc.array(someKey, { minLength: 10, maxLength: 10 }),
      (parts, flags, keys) => {
        const source = parts.join('');
        const expression = expressionOf(source, flags);
        for (const key of keys) {
          if (expression?.test(key) !== true) continue;
          matched++;
          for (const literal of expressionLiterals(source)) expect(key).toContain(literal);
        }
      },
    ),
    { numRuns: 10_000 },
  );
  expect(matched).toBeGreaterThan(1000);
});

/** Undefined where it is none. */
function expressionOf(source: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(source, flags);
  } catch {
    return undefined;
  }
}
