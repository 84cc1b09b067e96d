import { escapeUnseen } from './escapeUnseen.ts';

/**
 * A value as JSON whose strings show all they hold.
 *
 * @param indent spaces of a level; 0 for one line
 */
export function json(value: unknown, indent = 2): string {
  // Line feeds are left: within strings they are escapes by now.
  return JSON.stringify(value, undefined, indent)
    .split('\n')
    .map((line) => escapeUnseen(line, jsonEscape))
    .join('\n');
}

function jsonEscape(codePoint: number): string {
  return Array.from(
    String.fromCodePoint(codePoint).split(''),
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  ).join('');
}
