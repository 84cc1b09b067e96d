import * as fc from 'fast-check';

/** What is done to a text, at which part of it. */
interface Mutation {
  readonly kind: keyof typeof KINDS;
  /** From 0 for its beginning to 1 for its end. */
  readonly at: number;
  readonly length: number;
  readonly text: string;
}

/** What means something in a URL, in a policy, or to those who copy it. */
const TROUBLE = [
  ['&', '?', '=', '#', '/', ':', '@', '%', '%2F', '%26', '+', '*', '~', '-', '_', '__', '=='],
  [' ', '\n', '\r\n ', '\t', '=\n', '=3D', '&amp;', '&#38;', '\\u0026', '\\', '"', "'", '<', '>'],
  ['.', ',', ')', ']', '…', '\0', '\u202e', 'ü', '\ud800', '0', '1', 'a', 'A', 'K'],
  ['&Expires=1', '&Policy=e30_', '&Signature=', '&Key-Pair-Id=K0', '&Hash-Algorithm=SHA256'],
  ['&Hash-Algorithm=sha1', '&expires=1', '&x=1', '?x', 'https://', 'http://a.example/?'],
  ['X-Amz-Signature=0', 'CloudFront-Policy=a', '{"Statement":[]}', '&AWSAccessKeyId=A'],
].flat();

const KINDS = {
  insert: (url, { place, text }) => url.slice(0, place) + text + url.slice(place),
  overwrite: (url, { place, text }) => url.slice(0, place) + text + url.slice(place + text.length),
  remove: (url, { place, length }) => url.slice(0, place) + url.slice(place + length),
  repeat: (url, { place, length }) =>
    url.slice(0, place) + url.slice(place, place + length).repeat(3) + url.slice(place),
  cut: (url, { place }) => url.slice(0, place),
  behead: (url, { place }) => url.slice(place),
  capitalize: (url, { place, length }) =>
    url.slice(0, place) + otherCase(url.slice(place, place + length)) + url.slice(place + length),
  swapParameters: (url, { place }) => {
    const [base = '', ...queries] = url.split('?');
    const pairs = queries.join('?').split('&');
    const at = Math.floor((place / (url.length + 1)) * pairs.length);
    return `${base}?${[...pairs.slice(at), ...pairs.slice(0, at)].join('&')}`;
  },
  encode: (url, { place, length }) =>
    url.slice(0, place) +
    encodeURIComponent(url.slice(place, place + length).toWellFormed()) +
    url.slice(place + length),
  decode: (url, { place, length }) =>
    url.slice(0, place) +
    url.slice(place, place + length).replaceAll(/%../g, 'z') +
    url.slice(place + length),
  htmlEscape: (url) => url.replaceAll('&', '&amp;'),
  otherProtocol: (url) =>
    url.startsWith('https') ? url.replace('https', 'http') : url.replace('http', 'https'),
  standardBase64: (url) => url.replaceAll('-', '+').replaceAll('_', '=').replaceAll('~', '/'),
  append: (url, { text }) => url + text,
  prepend: (url, { text }) => text + url,
} as const satisfies Record<string, (url: string, how: Place) => string>;

interface Place extends Mutation {
  /** In UTF-16 code units. */
  readonly place: number;
}

function otherCase(text: string): string {
  return text.replaceAll(/[a-z]/gi, (letter) =>
    letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase(),
  );
}

/** One to three mutations. */
export const mutations: fc.Arbitrary<readonly Mutation[]> = fc.array(
  fc.record({
    kind: fc.constantFrom(...Object.keys(KINDS).filter(isKind)),
    // Without bias, which would have most of it happen at the very beginning.
    at: fc.noBias(fc.nat(10_000)).map((part) => part / 10_000),
    length: fc.noBias(fc.integer({ min: 1, max: 60 })),
    text: fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...TROUBLE) },
      { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 8 }) },
    ),
  }),
  { minLength: 1, maxLength: 3 },
);

function isKind(name: string): name is keyof typeof KINDS {
  return Object.hasOwn(KINDS, name);
}

export function mutate(url: string, list: readonly Mutation[]): string {
  return list.reduce((text, mutation) => {
    const place = Math.floor(mutation.at * text.length);
    return KINDS[mutation.kind](text, { ...mutation, place });
  }, url);
}
