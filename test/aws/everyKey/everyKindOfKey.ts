/** The longest key in bytes of UTF-8. */
const LONGEST_KEY = 1024;

/**
 * The characters that Ceph RGW stores in no key: it answers 400, with the NUL in the XML of the
 * error. Every other Unicode scalar value is in one of the keys.
 */
export const UNSTORABLE_CHARACTERS: readonly string[] = ['\0'];

/** Surrogates, which are no characters of their own and have no UTF-8. */
const isSurrogate = (codePoint: number): boolean => codePoint >= 0xd800 && codePoint <= 0xdfff;

/** A whole number from 0 to one below the bound. */
type Draw = (bound: number) => number;

/**
 * Different keys of at most 1024 bytes: known troublemakers, every ASCII character in every kind of
 * place, every character of Unicode at least once, and mixtures of all of it up to the count.
 *
 * @param seed the same one gives the same keys
 */
export function everyKindOfKey(seed: number, count: number): string[] {
  const draw = generator(seed);
  const keys = new Set([...TROUBLEMAKERS, ...asciiInEveryPlace(), ...allOfUnicode(draw)]);
  while (keys.size < count) {
    const key = mixture(draw);
    if (Buffer.byteLength(key) <= LONGEST_KEY) keys.add(key);
  }
  return [...keys];
}

/** Mulberry32, a small generator whose numbers are good enough to choose characters by. */
function generator(seed: number): Draw {
  let state = seed;
  return (bound) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * bound);
  };
}

const TROUBLEMAKERS: readonly string[] = Object.values({
  dotSegments: ['.', '..', './a', '../a', 'a/.', 'a/..', 'a/./b', 'a/../b', '/..', '../', './/'],
  otherDots: ['...', '.a', 'a.', '..a', 'a..', '.../a', 'a/.../b', 'a/.b/..c', '. ', ' ..', '.\n'],
  escapesOfDots: ['%2e', '%2E%2E', 'a/%2e%2e/b', '%2e/a', '.%2e'],
  percentSigns: ['%', '%%', '%4', '%zz', '100%', '%u0041'],
  escapes: ['%41', '%2F', 'a%2Fb', '%25', '%2525', '%00', '%C3%A9', '%E9', 'a%20b', 'a%2Bb'],
  spaces: ['+', 'a+b', 'a b', ' ', ' a', 'a ', '  ', 'a/ /b', '\u00a0'],
  wildcards: ['*', 'a*', '*/*', '%2A', '?', '??'],
  queries: ['a?b=c', '?acl', 'a?versionId=1', '?uploads', '&', 'a&b=c', 'a;b', 'a=b', 'a:b@c,d'],
  signedUrls: ['a?Expires=1&Signature=x&Key-Pair-Id=K', 'a?Policy=x', 'a&Hash-Algorithm=SHA256'],
  fragments: ['#', 'a#b', '#/a'],
  slashes: ['/', '//', '///', '/a', '//a', 'a/', 'a//', 'a//b', '/'.repeat(LONGEST_KEY)],
  addresses: ['//host/path', 'http://host/path', 'https:/a', 'C:\\a\\b', '\\\\host'],
  shell: ['\\', 'a\\..\\b', '~', '~root', '-rf', '|', '!', '^', '{}', '[a]', 'a[b]'],
  quotes: ['"', "'", '`', '"a"', "it's", '\u201ca\u201d'],
  markup: ['<a>', '&amp;', ']]>', '<!--'],
  lines: ['\n', 'a\nb', 'a\r\nb', '\r', '\t', '\u2028', '\u2029'],
  names: ['_', '__', '_a_', '_multipart_a', '_:a_b', 'con', 'null', '__proto__', 'constructor'],
  noncharacters: ['\ufeff', '\ufffd', '\ufffe', '\uffff', '\ufdd0', '\u{1ffff}', '\u{10ffff}'],
  invisible: ['\u202egnp.exe', '\u200b', '\u200da', '\ue000', '\u{e0001}'],
  combined: ['\u0301', 'a\u0301\u0323', '\u{1f469}\u200d\u{1f467}', '\u{1f1e9}\u{1f1ea}'],
  normalized: ['caf\u00e9', '\u00c5ngstr\u00f6m', '\uac01', '\u1e9b\u0323', '\u03d3'].flatMap(
    (text) => [text.normalize('NFC'), text.normalize('NFD')],
  ),
  scripts: ['\u05e2\u05d1', '\u65e5\u672c/\u8a9e', '\u{20000}', '\u{1f600}'],
  full: ['a', ' ', '%', "'", '\u00e9', '\u65e5', '\u{1f600}', 'a/', '%2F', 'a/../', '\u0301'].map(
    (text) => filled(text),
  ),
}).flat();

/** As much of a text as a key holds, and then some ASCII to the last byte. */
function filled(text: string): string {
  const times = Math.floor(LONGEST_KEY / Buffer.byteLength(text));
  return text
    .repeat(times)
    .padEnd(LONGEST_KEY - times * (Buffer.byteLength(text) - text.length), 'z');
}

function* asciiInEveryPlace(): Generator<string> {
  for (let code = 0x01; code <= 0x7f; code++) {
    const character = String.fromCodePoint(code);
    yield* [
      character,
      `${character}first`,
      `mid${character}dle`,
      `last${character}`,
      `${character}/first segment`,
      `middle/${character}/segment`,
      `last segment/${character}`,
      `twice${character}${character}`,
      `before %${character}41`,
    ];
  }
}

/** Every scalar value but those that cannot be stored once, in random order, in keys that are full. */
function* allOfUnicode(draw: Draw): Generator<string> {
  const left: number[] = [];
  for (let codePoint = 0; codePoint <= 0x10ffff; codePoint++) {
    if (!isSurrogate(codePoint) && isStorable(codePoint)) left.push(codePoint);
  }
  for (let last = left.length - 1; last > 0; last--) {
    const other = draw(last + 1);
    [left[last], left[other]] = [left[other] ?? 0, left[last] ?? 0];
  }
  let key = '';
  let bytes = 0;
  for (const codePoint of left) {
    const character = String.fromCodePoint(codePoint);
    const more = Buffer.byteLength(character);
    if (bytes + more > LONGEST_KEY) {
      yield key;
      key = '';
      bytes = 0;
    }
    key += character;
    bytes += more;
  }
  yield key;
}

function isStorable(codePoint: number): boolean {
  return !UNSTORABLE_CHARACTERS.includes(String.fromCodePoint(codePoint));
}

/** What means something somewhere, in a URL or elsewhere. */
const SPECIAL = Array.from('/.%+*?#\'"&=:;@!$(),~\\|<>[]{}^` \n\r\t');

/** What a piece of a mixture is drawn from. */
const SOURCES: readonly ((draw: Draw) => string)[] = [
  (draw) => characterBetween(draw, 0x01, 0x7f),
  (draw) => characterBetween(draw, 0x80, 0x7ff),
  (draw) => characterBetween(draw, 0x800, 0xffff),
  (draw) => characterBetween(draw, 0x10000, 0x10ffff),
  (draw) => `${characterBetween(draw, 0x61, 0x7a)}${characterBetween(draw, 0x300, 0x36f)}`,
  (draw) => `%${draw(256).toString(16).padStart(2, '0')}`,
  (draw) => oneOf(draw, SPECIAL),
  (draw) => oneOf(draw, ['/', '//', '/.a', 'a./', '...', 'folder/', 'file.txt']),
  (draw) =>
    oneOf(
      draw,
      TROUBLEMAKERS.filter((key) => key.length < 20),
    ),
];

/** Pieces of one source, or of any; some short, some as long as a key may be. */
function mixture(draw: Draw): string {
  const source = draw(2) === 0 ? oneOf(draw, SOURCES) : undefined;
  const pieces = 1 + draw(oneOf(draw, [4, 12, 40, 250]));
  const chosen = (): string => (source ?? oneOf(draw, SOURCES))(draw);
  const text = Array.from({ length: pieces }, chosen).join('');
  return oneOf(draw, [text, text.normalize('NFC'), text.normalize('NFD')]);
}

function characterBetween(draw: Draw, first: number, last: number): string {
  const codePoint = first + draw(last - first + 1);
  return String.fromCodePoint(isSurrogate(codePoint) ? codePoint - 0x800 : codePoint);
}

function oneOf<T>(draw: Draw, choices: readonly T[]): T {
  const chosen = choices[draw(choices.length)];
  if (chosen === undefined) throw new RangeError('There is nothing to choose from');
  return chosen;
}
