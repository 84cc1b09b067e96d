import { isoText } from '../expiry.ts';
import { ok } from '../outcome.ts';
import type { LinkFormat } from './linkFormat.ts';

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

const HEADER: readonly string[] = ['bucket', 'key', 'url', 'expires'];

/** A table with a header; the end is empty where a link has none. */
export const CSV_TABLE: LinkFormat = {
  name: 'csv',
  label: 'CSV',
  description: 'A table with a header',
  write: (links) =>
    ok(
      [
        HEADER,
        ...links.map(({ location: { bucket, key }, url, signed }) => [
          bucket,
          key,
          url,
          signed === undefined ? '' : isoText(signed.grant.expiresAt),
        ]),
      ]
        .map((row) => row.map(csvCell).join(','))
        .join('\r\n'),
    ),
};
