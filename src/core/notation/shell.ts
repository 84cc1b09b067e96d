import { escapeUnseen } from './escapeUnseen.ts';
import { json } from './json.ts';

/**
 * A text as one word of bash, which takes it literally, in a script and pasted into a prompt.
 * https://www.gnu.org/software/bash/manual/html_node/Quoting.html
 */
export function shellWord(text: string): string {
  if (/^[A-Za-z0-9_@%:,./-]+$/.test(text)) return text;
  const wellFormed = text.toWellFormed();
  if (escapeUnseen(wellFormed, byteEscapes) === wellFormed) return shellSingleQuoted(wellFormed);
  return `$'${escapeUnseen(wellFormed.replace(/[\\']/g, '\\$&'), byteEscapes)}'`;
}

/** A value as JSON in one word of bash. */
export function shellJson(value: unknown, indent = 2): string {
  return shellSingleQuoted(json(value, indent));
}

/** A text that can be seen, as one word of bash over as many lines as it has. */
export function shellSingleQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** UTF-8, because what `\u` comes to depends on the locale. */
function byteEscapes(codePoint: number): string {
  return Array.from(
    new TextEncoder().encode(String.fromCodePoint(codePoint)),
    (byte) => `\\x${byte.toString(16).padStart(2, '0')}`,
  ).join('');
}
