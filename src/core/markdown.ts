import { visibleText } from './s3/visibleText.ts';

/**
 * A text as Markdown shows it, whatever is in it: what could be markup or an entity is escaped, a URL
 * becomes no link, and what no reader would see is made visible, line ends among it.
 * https://spec.commonmark.org/0.31.2/#backslash-escapes
 * https://github.github.com/gfm/#autolinks-extension-
 */
export function escapeMarkdown(text: string): string {
  return visibleText(text)
    .replace(/[\\`*_{}[\]<>&!~|$]/g, '\\$&')
    .replace(/:(?=\/\/)|@|(?<=www)\./gi, '\\$&');
}

/** A block of code that what is in it cannot end: its fence is longer than any in the text. */
export function codeBlock(language: string, text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text.replace(/\n$/, '')}\n${fence}`;
}

/**
 * A text as code within a line, which what is in it cannot end. Where Markdown is shown by its source
 * it stands in quotes, with no escapes in it.
 * https://spec.commonmark.org/0.31.2/#code-spans
 */
export function codeSpan(text: string): string {
  const shown = visibleText(text);
  const longest = Math.max(0, ...(shown.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  // One space is taken off at either end, where there is one at both.
  const pad = /^[ `]|[ `]$/.test(shown) ? ' ' : '';
  return `${fence}${pad}${shown}${pad}${fence}`;
}
