import { isoText } from '../expiry.ts';
import { ok } from '../outcome.ts';
import { linkFormat, type LinkFormat } from './linkFormat.ts';

/** What a spreadsheet takes for the beginning of a formula, and the mark that keeps it from that. */
const FORMULA_OR_MARK = /^[=+\-@\t\r\n＝＋－＠']/;

/**
 * A text as a cell. A spreadsheet calculates nothing in it: what would begin a formula gets an
 * apostrophe, and so does what begins with one, so that whoever takes one off has the text again.
 * https://www.rfc-editor.org/rfc/rfc4180#section-2
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
export function csvCell(text: string): string {
  const harmless = FORMULA_OR_MARK.test(text) ? `'${text}` : text;
  return `"${harmless.replaceAll('"', '""')}"`;
}

/** https://www.rfc-editor.org/rfc/rfc4180#section-2 */
const LINE_END = '\r\n';

function row(...cells: readonly string[]): string {
  return cells.map(csvCell).join(',');
}

/** A table with a header; the end is empty where a link has none. */
export const CSV_TABLE: LinkFormat = linkFormat({
  name: 'csv',
  label: 'CSV',
  description: 'A table with a header',
  fileEnding: 'csv',
  writeOne: ({ location: { bucket, key }, url, signed }) =>
    ok(row(bucket, key, url, signed === undefined ? '' : isoText(signed.grant.expiresAt))),
  frame: {
    before: row('bucket', 'key', 'url', 'expires') + LINE_END,
    between: LINE_END,
    after: '',
  },
});
