import { comment } from './comment.ts';
import { escapeUnseen, longEscape } from './escapeUnseen.ts';
import { indented } from './indented.ts';

/** What stands in a block: an attribute by its name, or a block within. */
export type HclEntry = {
  /** Stands above it as a comment. */
  readonly note?: string;
} & (
  | { readonly name: string; /** An expression. */ readonly value: string }
  | { readonly block: string; readonly body: readonly HclEntry[] }
);

/**
 * A text as a quoted template of Terraform that has no interpolation.
 * https://developer.hashicorp.com/terraform/language/expressions/strings
 */
export function hclString(text: string): string {
  const escaped = text.replace(/[\\"]/g, '\\$&').replace(/([$%])\{/g, '$1$1{');
  return `"${escapeUnseen(escaped, longEscape)}"`;
}

/** JSON data by names as attributes; what is undefined is left out. */
export function hclAttributes(values: Readonly<Record<string, unknown>>): readonly HclEntry[] {
  return Object.entries(values).flatMap(([name, value]) =>
    value === undefined ? [] : [{ name, value: hclValue(value) }],
  );
}

/** JSON data as an expression. */
export function hclValue(value: unknown): string {
  if (typeof value === 'string') return hclString(value);
  if (Array.isArray(value)) return hclList(value.map((item: unknown) => hclValue(item)));
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).map(([name, content]) => ({
    name: /^[A-Za-z]\w*$/.test(name) ? name : hclString(name),
    value: hclValue(content),
  }));
  return entries.length === 0 ? '{}' : `{\n${indented(hclBody(entries))}\n}`;
}

/** Expressions as a list, in one line where they are short. */
export function hclList(items: readonly string[]): string {
  const line = `[${items.join(', ')}]`;
  if (line.length <= 80 && !line.includes('\n')) return line;
  return `[\n${indented(items.map((item) => `${item},`).join('\n'))}\n]`;
}

/** Blocks as `terraform fmt` writes them. */
export function hclBlock(header: string, body: readonly HclEntry[]): string {
  return `${header} {\n${indented(hclBody(body))}\n}`;
}

function hclBody(entries: readonly HclEntry[]): string {
  return entries
    .map((entry, index) => {
      const before = entries[index - 1];
      // Blocks stand apart.
      const gap = before !== undefined && ('block' in entry || 'block' in before) ? '\n' : '';
      const note = entry.note === undefined ? '' : `${comment('#', entry.note)}\n`;
      return gap + note + hclEntry(entries, index, entry);
    })
    .join('\n');
}

function hclEntry(entries: readonly HclEntry[], index: number, entry: HclEntry): string {
  if ('block' in entry) return hclBlock(entry.block, entry.body);
  // Attributes in a row have their signs in one column.
  const width = Math.max(rowWidth(entries, index, 1), rowWidth(entries, index, -1));
  return `${entry.name.padEnd(width)} = ${entry.value}`;
}

/** The longest name from an attribute on, as far as attributes of one line follow each other. */
function rowWidth(entries: readonly HclEntry[], index: number, step: 1 | -1): number {
  const entry = entries[index];
  if (entry === undefined || 'block' in entry || /^(?!<<).*\n/s.test(entry.value)) return 0;
  const lower = entries[Math.max(index, index + step)];
  // A comment begins a new row.
  const others = lower?.note === undefined ? rowWidth(entries, index + step, step) : 0;
  return Math.max(entry.name.length, others);
}
