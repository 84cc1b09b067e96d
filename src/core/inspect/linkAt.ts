/** The longest URL that is looked for around a place, to either side of it. */
const REACH = 8192;

/** What ends a URL in a document. */
const OUTSIDE = /[\s"'<>`\\]/;

/**
 * The URL at a place of a line, from its start to the end of what could belong to it; undefined where
 * there is none. However long the line is, only what is near is looked at.
 *
 * @param at the place in UTF-16 code units
 */
export function linkAt(
  line: string,
  at: number,
): { readonly start: number; readonly end: number } | undefined {
  const from = Math.max(0, at - REACH);
  const near = line.slice(from, at + REACH);
  const place = at - from;
  let end = place;
  while (end < near.length && !OUTSIDE.test(near.charAt(end))) end++;
  let begin = place;
  while (begin > 0 && !OUTSIDE.test(near.charAt(begin - 1))) begin--;
  const word = near.slice(begin, end);
  // Of several without a gap, as in a list with commas, the one that the place is in.
  const starts = Array.from(word.matchAll(/https?:\/\//gi), ({ index }) => index);
  const start = starts.findLast((index) => begin + index <= place);
  if (start === undefined) return undefined;
  const next = starts.find((index) => index > start && /[,;|]/.test(word.charAt(index - 1)));
  const length = (next ?? word.length) - start;
  return { start: from + begin + start, end: from + begin + start + length };
}
