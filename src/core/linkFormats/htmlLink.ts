import { ok } from '../outcome.ts';
import { visibleText } from '../s3/visibleText.ts';
import { linkName } from './link.ts';
import { linkFormat, type LinkFormat } from './linkFormat.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * A text as HTML shows it, in an element or in a quoted attribute; what no reader would see is made
 * visible. https://html.spec.whatwg.org/multipage/syntax.html#attributes-2
 */
export function escapeHtml(text: string): string {
  return visibleText(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** An anchor for each object, one a line. */
export const HTML: LinkFormat = linkFormat({
  name: 'html',
  label: 'HTML',
  description: '<a href="https://…">name</a>',
  fileEnding: 'html',
  writeOne: (link) => ok(`<a href="${escapeHtml(link.url)}">${escapeHtml(linkName(link))}</a>`),
});
