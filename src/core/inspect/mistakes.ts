import type { HashAlgorithm } from '../cloudfront/signedUrl.ts';
import { listed } from '../setup/words.ts';

/** What of a link is wrong, as data. None carries a signature or a policy. */
interface MistakeData {
  // What copying did to it
  'html-escaped': object;
  'json-escaped': object;
  'quoted-printable': object;
  'line-broken': object;
  'trailing-punctuation': { readonly text: string };
  'parameter-missing': { readonly names: readonly string[] };
  'signature-cut': { readonly bytes: number };
  // How its parameters are written
  'parameter-duplicate': { readonly name: string };
  'parameter-spelling': { readonly name: string; readonly meant: string };
  'expires-and-policy': object;
  'percent-encoded': { readonly name: string };
  'base64-standard': { readonly name: string };
  'base64-url': { readonly name: string };
  'base64-broken': { readonly name: string };
  'key-pair-id-odd': { readonly text: string };
  'hash-unknown': { readonly text: string };
  'hash-other': { readonly needed: HashAlgorithm };
  // The URL
  'url-too-long': { readonly bytes: number };
  'url-rewritten': object;
  'not-covered': object;
  'other-url': { readonly signedFor: string };
  'other-key': { readonly keyPairId: string };
  's3-host': { readonly host: string };
  // Moments
  milliseconds: { readonly name: string };
  'moment-odd': { readonly name: string };
  'end-too-late': object;
  'end-missing': object;
  'begins-after-end': object;
  // The policy
  'policy-unreadable': object;
  'policy-white-space': object;
  'statement-object': object;
  'statement-count': { readonly count: number };
  'policy-extra': { readonly names: readonly string[] };
  'resource-missing': object;
  'resource-everything': object;
  'resource-odd': { readonly resource: string };
  'resource-parameters': object;
  'address-odd': { readonly text: string };
  // S3's presigned URLs
  'presigned-too-long': object;
  'signature-version-2': object;
}

/** The stable names of mistakes, which scripts match. */
export type MistakeCode = keyof MistakeData;

/** Something that is wrong with a link, or that is good to know of it. */
export type Mistake = {
  [C in MistakeCode]: { readonly code: C } & MistakeData[C];
}[MistakeCode];

/** What is said of a mistake. */
interface MistakeWords {
  /** What is wrong, a sentence without a full stop. */
  readonly title: string;
  /** What to do about it, in whole sentences. */
  readonly remedy: string;
  /** Whether the link is refused for it, as far as AWS documents it. */
  readonly breaks: boolean;
}

/** A mistake in data and in words. */
export type InspectedMistake = Mistake & MistakeWords;

type WordsTable = {
  readonly [C in MistakeCode]: (data: MistakeData[C]) => MistakeWords;
};

const WHOLE_LINK = 'Have the link sent again, best as an attachment or between < and >.';

const WORDS: WordsTable = {
  'html-escaped': () => ({
    title: 'It is escaped as in HTML: “&amp;” stands in the place of “&”',
    remedy: 'That is right in HTML source alone. Write “&” everywhere else.',
    breaks: true,
  }),
  'json-escaped': () => ({
    title: 'It is escaped as in JSON: “\\u0026” stands in the place of “&”',
    remedy: 'Read the value with a JSON parser, or write “&”.',
    breaks: true,
  }),
  'quoted-printable': () => ({
    title: 'It is out of the source of a mail: “=3D” stands in the place of “=”',
    remedy: 'Copy it from the mail as it is shown.',
    breaks: true,
  }),
  'line-broken': () => ({
    title: 'There is white space within it, mostly where a program broke a line',
    remedy: 'Take the white space out.',
    breaks: true,
  }),
  'trailing-punctuation': ({ text }) => ({
    title: `It ends with “${text}”, which belongs to the text around it`,
    remedy: 'Leave that out.',
    breaks: true,
  }),
  'parameter-missing': ({ names }) => ({
    title: `It lacks ${listed(names)}`,
    remedy: `Mail and chat programs cut links off. ${WHOLE_LINK}`,
    breaks: true,
  }),
  'signature-cut': ({ bytes }) => ({
    title: `Its signature has ${bytes} bytes, which no signature has`,
    remedy: `A part of it was cut off. ${WHOLE_LINK}`,
    breaks: true,
  }),
  'parameter-duplicate': ({ name }) => ({
    title: `${name} is there twice`,
    remedy: 'The name is CloudFront’s own. Give the URL no parameter that is called so.',
    breaks: true,
  }),
  'parameter-spelling': ({ name, meant }) => ({
    title: `The parameter “${name}” is not CloudFront’s ${meant}`,
    remedy: `CloudFront knows its parameters by their capitals. If it is meant, write ${meant}.`,
    breaks: false,
  }),
  'expires-and-policy': () => ({
    title: 'It has both Expires and Policy',
    remedy: 'The policy counts, as far as is known. Leave Expires out.',
    breaks: false,
  }),
  'percent-encoded': ({ name }) => ({
    title: `${name} is percent-encoded`,
    remedy: 'CloudFront takes it as it is written. Leave “-”, “_” and “~” as they are.',
    breaks: true,
  }),
  'base64-standard': ({ name }) => ({
    title: `${name} is in standard base64`,
    remedy: 'Write “-” for “+”, “_” for “=” and “~” for “/”.',
    breaks: true,
  }),
  'base64-url': ({ name }) => ({
    title: `${name} is in base64url, which is not CloudFront’s alphabet`,
    remedy: 'CloudFront has “~” for “/” and pads with “_”. Map standard base64 by that.',
    breaks: true,
  }),
  'base64-broken': ({ name }) => ({
    title: `${name} is no base64 of CloudFront’s`,
    remedy: `It was changed or cut off. ${WHOLE_LINK}`,
    breaks: true,
  }),
  'key-pair-id-odd': ({ text }) => ({
    title: `“${text}” is not the ID of a key pair`,
    remedy:
      'It is K and capitals or digits, such as K2JCJMDEHXQW5F. Where its end is missing, the link was cut off.',
    breaks: true,
  }),
  'hash-unknown': ({ text }) => ({
    title: `Hash-Algorithm is “${text}”`,
    remedy: 'CloudFront knows SHA1 and SHA256, in capitals.',
    breaks: true,
  }),
  'hash-other': ({ needed }) => ({
    title: `The signature is made over ${needed === 'SHA1' ? 'SHA-1' : 'SHA-256'}, which the link does not say`,
    remedy:
      needed === 'SHA1'
        ? 'Leave Hash-Algorithm out.'
        : 'Add Hash-Algorithm=SHA256. Without it CloudFront takes SHA-1.',
    breaks: true,
  }),
  'url-too-long': ({ bytes }) => ({
    title: `It is ${bytes} bytes long`,
    remedy: 'CloudFront accepts at most 8192.',
    breaks: true,
  }),
  'url-rewritten': () => ({
    title: 'Browsers write its address in another way before they send it',
    remedy:
      'A signature covers one of the two, so the link works with some programs alone. Percent-encode the path, then sign.',
    breaks: false,
  }),
  'not-covered': () => ({
    title: 'The policy does not cover this URL',
    remedy:
      'Use the policy with a URL that it names. Protocol, domain name and query count too, and a query may not be added after signing.',
    breaks: true,
  }),
  'other-url': ({ signedFor }) => ({
    title: `The signature is that of another URL: ${signedFor}`,
    remedy: 'Use that URL with the same parameters, or sign this one.',
    breaks: true,
  }),
  'other-key': ({ keyPairId }) => ({
    title: `The signature is made by the private key that is kept here as ${keyPairId}`,
    remedy: `Key-Pair-Id has to name the key that signs. Write ${keyPairId}, where CloudFront knows the key by it.`,
    breaks: true,
  }),
  's3-host': ({ host }) => ({
    title: `${host} is S3, which knows nothing of CloudFront’s signatures`,
    remedy: 'Sign the URL of the distribution: its domain name or an alternate one.',
    breaks: true,
  }),
  milliseconds: ({ name }) => ({
    title: `${name} is in milliseconds`,
    remedy: 'CloudFront counts in seconds. Divide by 1000, and leave the fraction out.',
    breaks: true,
  }),
  'moment-odd': ({ name }) => ({
    title: `${name} is no moment`,
    remedy: 'It has to be a whole number of seconds since 1970, without quotes.',
    breaks: true,
  }),
  'end-too-late': () => ({
    title: 'It ends after 2038-01-19 03:14:07 UTC',
    remedy: 'CloudFront takes moments up to then. Sign with an earlier end.',
    breaks: true,
  }),
  'end-missing': () => ({
    title: 'The policy has no end',
    remedy: 'DateLessThan is the one condition that it has to have.',
    breaks: true,
  }),
  'begins-after-end': () => ({
    title: 'It ends before it begins',
    remedy: 'It is never valid. Sign with DateGreaterThan before DateLessThan.',
    breaks: true,
  }),
  'policy-unreadable': () => ({
    title: 'The policy is no JSON that could be read',
    remedy: `It was changed or cut off, or made by hand. ${WHOLE_LINK}`,
    breaks: true,
  }),
  'policy-white-space': () => ({
    title: 'There is white space between the parts of the policy',
    remedy: 'Write it compactly, as AWS asks for, and sign that.',
    breaks: true,
  }),
  'statement-object': () => ({
    title: 'Statement is an object',
    remedy: 'It has to be a list with one statement: "Statement":[{…}].',
    breaks: true,
  }),
  'statement-count': ({ count }) => ({
    title: `The policy has ${count} statements`,
    remedy: 'It has to have exactly one.',
    breaks: true,
  }),
  'policy-extra': ({ names }) => ({
    title: `The policy has what CloudFront does not know: ${listed(names)}`,
    remedy:
      'Resource, and of Condition DateLessThan, DateGreaterThan and IpAddress, are all there is.',
    breaks: true,
  }),
  'resource-missing': () => ({
    title: 'The policy names no resource',
    remedy: 'It opens every URL of every distribution that trusts the key. Name a resource.',
    breaks: false,
  }),
  'resource-everything': () => ({
    title: 'The policy opens every URL of every distribution that trusts the key',
    remedy: 'Name the protocol, the domain and a path.',
    breaks: false,
  }),
  'resource-odd': ({ resource }) => ({
    title: `The resource “${resource}” is no URL`,
    remedy: 'It begins with http://, https:// or *://, or with an asterisk in the domain.',
    breaks: true,
  }),
  'resource-parameters': () => ({
    title: 'The resource has parameters that are CloudFront’s own',
    remedy: 'CloudFront takes those off before it compares. Leave them out and sign anew.',
    breaks: true,
  }),
  'address-odd': ({ text }) => ({
    title: `“${text}” is no IPv4 range`,
    remedy: 'It has to be one range with its length, such as 192.0.2.0/24. IPv6 is not supported.',
    breaks: true,
  }),
  'presigned-too-long': () => ({
    title: 'It asks for more than seven days',
    remedy: 'S3 refuses it. X-Amz-Expires may be 604800 at most.',
    breaks: true,
  }),
  'signature-version-2': () => ({
    title: 'It is signed by version 2',
    remedy:
      'Regions since 2014 and objects encrypted with KMS refuse it. Sign with version 4, or by CloudFront.',
    breaks: false,
  }),
};

function wordsOf<C extends MistakeCode>(
  mistake: { readonly code: C } & MistakeData[C],
): MistakeWords {
  return WORDS[mistake.code](mistake);
}

/** Whether a link is refused for a mistake. */
export function breaks(mistake: Mistake): boolean {
  return wordsOf(mistake).breaks;
}

/** Puts mistakes into words, those first that a link is refused for. */
export function inWords(mistakes: readonly Mistake[]): readonly InspectedMistake[] {
  return mistakes
    .map((mistake) => ({ ...mistake, ...wordsOf(mistake) }))
    .toSorted((a, b) => Number(b.breaks) - Number(a.breaks));
}
