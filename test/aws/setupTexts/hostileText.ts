import * as fc from 'fast-check';

/** What means something in bash, jq, YAML, HCL, TypeScript or a comment of theirs. */
const TOKENS: readonly string[] = [
  [
    "'",
    '"',
    '`',
    '\\',
    '$',
    '$(touch x)',
    '${x}',
    '%{if true}',
    '\\(1)',
    '#{x}',
    '!',
    '!!',
    '!ref',
  ],
  ['\n', '\r', '\r\n', '\t', '\u0000', '\u001b[2J', '\u0085', '\u2028', '\u2029', '\u202e'],
  ['\ufeff', '\u{e0041}', '\u{1f600}', 'é', 'e\u0301', '\ud800', '\udc00'],
  ['#', ' #', '//', '*/', '/*', ';', '&&', '|', '>', '<<EOF\n', 'EOF\n', '\n}\n', '---', '...'],
  [': ', '- ', '? ', '&a', '*a', '{', '}', '[', ']', ',', '@', '=', '~', ' ', '-', '--', '.'],
  ['true', 'No', 'null', 'y', '0x1F', '1e3', '2026-12-24', '<<', 'file://x', 'fileb://x'],
  ['__proto__', '--endpoint-url=x'],
].flat();

/** A text as a bucket, a path or a key could have it, made to break out of what it stands in. */
const hostileText = fc
  .array(fc.oneof(fc.constantFrom(...TOKENS), fc.string({ unit: 'binary', maxLength: 3 })), {
    minLength: 1,
    maxLength: 6,
  })
  .map((parts) => parts.join(''));

/** Many such texts, and each token alone; the same ones every time. */
export function hostileTexts(count: number): readonly string[] {
  return [...TOKENS, ...fc.sample(hostileText, { numRuns: count, seed: 3 })];
}
