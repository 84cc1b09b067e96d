import { parseKeyPairId } from '../keys/keyPairId.ts';
import { hasEscapedAmpersand, unescapeAmpersands } from '../references/markup.ts';
import { isWholeSignature } from './checkSignature.ts';
import type { Mistake } from './mistakes.ts';
import { readBase64 } from './readBase64.ts';
import { paramsOf, signingOf, type Signing, type UrlParameter } from './urlParts.ts';

/** A URL out of a text, with what copying has done to it. */
export interface CopiedUrl {
  /** As it was meant, where that can be told. */
  readonly url: string;
  readonly mistakes: readonly Mistake[];
}

/** What ends a URL in any text: none of it is ever in one. */
const OUTSIDE = /[\s"<>`\\]/;

/** What stands around a URL in a text, by what opens it. */
const PARTNERS: Readonly<Record<string, string>> = {
  "'": "'",
  '(': ')',
  '[': ']',
  '{': '}',
  '“': '”',
  '‘': '’',
  '«': '»',
};

/** The longest that is looked at: twice what CloudFront takes, since escapes make it longer. */
const LONGEST = 16_384;

/**
 * Finds the first URL in a text, and takes off what copying has put into it: escapes of HTML, JSON
 * and mail, broken lines, and what stands behind it.
 */
export function copiedUrl(text: string): CopiedUrl | undefined {
  const start = text.search(/https?:\/\//i);
  if (start < 0) return undefined;
  const mistakes: Mistake[] = [];
  let rest = text.slice(start, start + LONGEST);

  if (/[?&](?:Expires|Policy|Signature|Key-Pair-Id|X-Amz-[\w-]{1,20})=3D/i.test(rest)) {
    rest = rest.replaceAll(/=\r?\n/g, '').replaceAll(/=3D/gi, '=');
    mistakes.push({ code: 'quoted-printable' });
  }
  if (/\\u0026/i.test(rest)) {
    rest = rest.replaceAll(/\\u0026/gi, '&');
    mistakes.push({ code: 'json-escaped' });
  }
  let url = joined(rest);
  if (url !== firstPiece(rest)) mistakes.push({ code: 'line-broken' });
  if (hasEscapedAmpersand(url)) {
    url = unescapeAmpersands(url);
    mistakes.push({ code: 'html-escaped' });
  }
  const inner = withoutPartner(url, text[start - 1]);
  const end = trailing(inner);
  if (end !== '') mistakes.push({ code: 'trailing-punctuation', text: end });
  return { url: inner.slice(0, inner.length - end.length), mistakes };
}

function firstPiece(text: string): string {
  const end = text.search(OUTSIDE);
  return end < 0 ? text : text.slice(0, end);
}

/** The URL up to its end, or over broken lines where it is whole only with what follows. */
function joined(text: string): string {
  const first = firstPiece(text);
  if (lackOf(first) === 0) return first;
  let best = first;
  let longer = first;
  // Mail breaks lines at 76 characters or so: a URL has a hundred pieces at most.
  for (const piece of text.slice(first.length).split(/\s+/, 200)) {
    if (piece === '') continue;
    if (OUTSIDE.test(piece) || /^https?:/i.test(piece)) break;
    longer += piece;
    if (lackOf(longer) < lackOf(best)) best = longer;
    if (lackOf(best) === 0) break;
  }
  return best;
}

/** How much of what signs it a URL still lacks. */
function lackOf(url: string): number {
  const parameters = paramsOf(url);
  const signing = signingOf(parameters);
  if (signing === undefined) return Number.POSITIVE_INFINITY;
  return signing.missing.length + (isCut(parameters.at(-1), signing.by) ? 1 : 0);
}

/** Whether the last parameter is one that has lost its end. */
function isCut(last: UrlParameter | undefined, by: Signing): boolean {
  const { name = '', value = '' } = last ?? {};
  if (name === 'Key-Pair-Id') return parseKeyPairId(value).kind !== 'ok';
  if (name === 'Hash-Algorithm') return !/^SHA(?:1|256)$/.test(value);
  if (name === 'X-Amz-Signature') return !/^[0-9a-f]{64}$/.test(value);
  if (name !== 'Signature' || by !== 'cloudfront') return false;
  const read = readBase64(value, isWholeSignature);
  return !(read && isWholeSignature(read.bytes));
}

/** A URL in quotes or parentheses ends before they close. */
function withoutPartner(url: string, before: string | undefined): string {
  const partner = PARTNERS[before ?? ''];
  const end = partner === undefined ? -1 : url.lastIndexOf(partner);
  return end > 0 && /^[.,;:!?)\]}'’”»]*$/.test(url.slice(end)) ? url.slice(0, end) : url;
}

/** What follows the last parameter, where that is one that signs and so has letters of its own. */
function trailing(url: string): string {
  const last = paramsOf(url).at(-1);
  if (last === undefined || signingOf([last]) === undefined || url.includes('#')) return '';
  let end = last.value.length;
  while (end > 0 && !/[A-Za-z0-9~_%+/=-]/.test(last.value.charAt(end - 1))) end--;
  return last.value.slice(end);
}
