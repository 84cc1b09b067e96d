import { escapeUnseen } from './escapeUnseen.ts';
import { indented } from './indented.ts';

/** A text as a string literal. https://tc39.es/ecma262/#sec-literals-string-literals */
export function tsString(text: string): string {
  const escaped = text.replace(/[\\']/g, '\\$&');
  return `'${escapeUnseen(escaped, (codePoint) => `\\u{${codePoint.toString(16)}}`)}'`;
}

/** JSON data as a literal. */
export function tsValue(value: unknown): string {
  if (typeof value === 'string') return tsString(value);
  if (Array.isArray(value)) return tsArray(value.map((item: unknown) => tsValue(item)));
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'undefined';
  return tsObject(
    Object.fromEntries(Object.entries(value).map(([name, content]) => [name, tsValue(content)])),
  );
}

/** Expressions by their names as an object literal; what is undefined is left out. */
export function tsObject(properties: Readonly<Record<string, string | undefined>>): string {
  const lines = Object.entries(properties).flatMap(([name, value]) =>
    value === undefined
      ? []
      : [isShorthand(name, value) ? `${name},` : `${propertyName(name)}: ${value},`],
  );
  return lines.length === 0 ? '{}' : `{\n${indented(lines.join('\n'))}\n}`;
}

/** Expressions as an array literal, in one line where they are short. */
export function tsArray(items: readonly string[]): string {
  const line = `[${items.join(', ')}]`;
  if (line.length <= 80 && !line.includes('\n')) return line;
  return `[\n${indented(items.map((item) => `${item},`).join('\n'))}\n]`;
}

/** A statement, or an expression at the end of one, that puts a construct of CDK into a stack. */
export function cdkConstruct(
  type: string,
  id: string,
  properties: Readonly<Record<string, string | undefined>>,
): string {
  return `new ${type}(this, ${tsString(id)}, ${tsObject(properties)});`;
}

function isShorthand(name: string, value: string): boolean {
  return (
    name === value && /^[a-z]\w*$/i.test(name) && !/^(?:true|false|null|undefined)$/.test(name)
  );
}

function propertyName(name: string): string {
  if (/^[A-Za-z]\w*$/.test(name)) return name;
  // Without brackets it would set the prototype.
  return name === '__proto__' ? `['__proto__']` : tsString(name);
}
