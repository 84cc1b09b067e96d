/** A piece of a text, in UTF-16 code units; what stands at its end is no part of it. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The longest reference that is looked for: twice what CloudFront takes, since escapes lengthen it. */
const LONGEST = 16_384;

/** An S3 URI or a web address, with all that could belong to it. */
const CANDIDATE = /(?<![a-z\d])(?:s3|https?):\/\/[^\s"'<>`\\|]*/gi;

/** Where another one begins in a list without a gap. */
const NEXT_OF_LIST = /[,;](?=(?:s3|https?):\/\/)/i;

/** Something behind the scheme. */
const NAMES_SOMETHING = /:\/\/./;

/** A bracket, a quote or a tag, as HTML and XML write it. */
const ESCAPED_MARK = /&(?:lt|gt|quot|apos|#(?:34|39|60|62));/i;

/** What stands behind a reference in a sentence. */
const PUNCTUATION = /[.,:;!?…’”»、。，；：！？）】」』》]/;

const BRACKETS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/**
 * The S3 URIs and web addresses in a text, in their order. White space, quotes, angle brackets and
 * vertical bars end one; the punctuation and the brackets of the sentence around it are no part of
 * it. One with braces in it is a template, and names nothing yet.
 *
 * Takes time in proportion to the text, whatever is in it.
 */
export function referencesIn(text: string): readonly Span[] {
  const found: Span[] = [];
  for (const { 0: run, index } of text.matchAll(CANDIDATE)) {
    let start = index;
    for (const piece of run.split(NEXT_OF_LIST)) {
      const reference = piece.length > LONGEST ? '' : withoutTail(piece, text.charAt(start - 1));
      if (NAMES_SOMETHING.test(reference)) found.push({ start, end: start + reference.length });
      start += piece.length + 1;
    }
  }
  return found;
}

/** The reference that a place of a line is in, or at the end of. Only what is near is looked at. */
export function referenceAt(line: string, at: number): Span | undefined {
  const from = Math.max(0, at - LONGEST);
  const near = referencesIn(line.slice(from, at + LONGEST));
  const found = near.find(({ start, end }) => from + start <= at && at <= from + end);
  return found && { start: from + found.start, end: from + found.end };
}

/**
 * The references in what somebody has selected: those in the text, or the whole of it where it is one
 * S3 URI whose key has spaces, which only a selection can tell.
 */
export function referencesSelected(text: string): readonly Span[] {
  const found = referencesIn(text);
  const [only] = found;
  const start = text.search(/\S/);
  const end = text.trimEnd().length;
  const isOneUri =
    found.length === 1 &&
    only?.start === start &&
    end - start <= LONGEST &&
    /^s3:\/\/[^\r\n"'<>`]+$/i.test(text.slice(start, end));
  return isOneUri ? [{ start, end }] : found;
}

/** A candidate without what the text around it has put behind it; empty for a template. */
function withoutTail(piece: string, before: string): string {
  const mark = piece.search(ESCAPED_MARK);
  const text = withinBrackets(mark < 0 ? piece : piece.slice(0, mark));
  let end = text.length;
  for (; end > 0; end--) {
    const last = text.charAt(end - 1);
    // As in Markdown, where it is emphasised.
    const isEmphasis = last === before && /[*_~]/.test(last);
    if (!isEmphasis && !PUNCTUATION.test(last)) break;
  }
  return text.slice(0, end);
}

/** Up to the first bracket that is not both opened and closed; empty where there are braces. */
function withinBrackets(text: string): string {
  const opened: { readonly closing: string; readonly at: number }[] = [];
  let end = text.length;
  for (let at = 0; at < end; at++) {
    const character = text.charAt(at);
    const closing = BRACKETS[character];
    if (closing !== undefined) opened.push({ closing, at });
    else if (character === opened.at(-1)?.closing) opened.pop();
    else if (/[)\]}]/.test(character)) end = at;
  }
  const within = text.slice(0, end);
  return within.includes('{') ? '' : within.slice(0, opened[0]?.at);
}
