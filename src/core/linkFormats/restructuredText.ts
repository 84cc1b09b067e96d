import { ok } from '../outcome.ts';
import { visibleText } from '../s3/visibleText.ts';
import { linkName } from './link.ts';
import { linkFormat, type LinkFormat } from './linkFormat.ts';

/** What a line must not begin with to be taken for a list, a directive or other than a paragraph. */
const BLOCK_MARK = /^(?:[^\p{L}\p{N}]|[\p{L}\p{N}]+[.)])/u;

/**
 * A text as reStructuredText shows it, wherever it stands: what could be markup is escaped, an
 * address becomes no link, and what no reader would see is made visible. A space that is escaped is
 * shown as nothing, and stands where the first or the last character would mean something.
 * https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#escaping-mechanism
 */
export function escapeRst(text: string): string {
  const visible = visibleText(text);
  const escaped = visible.replace(/[\\`*_|<>:@]/g, '\\$&');
  const before = BLOCK_MARK.test(visible) ? '\\ ' : '';
  const after = /\s$/.test(visible) ? '\\ ' : '';
  return before + escaped + after;
}

/**
 * An anonymous hyperlink for each object, one a line: two of one name do not stand in each other's
 * way. https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#embedded-uris-and-aliases
 */
export const RST: LinkFormat = linkFormat({
  name: 'rst',
  label: 'reStructuredText',
  description: '`name <https://…>`__',
  fileEnding: 'rst',
  writeOne: (link) => ok(`\`${escapeRst(linkName(link))} <${link.url}>\`__`),
});
