import { escapeUnseen, longEscape } from './escapeUnseen.ts';

/** What reads as a string without quotes in YAML 1.1 and 1.2 alike. */
const PLAIN = /^[A-Za-z][A-Za-z0-9_.:/*-]*(?<!:)$/;

/** Words that YAML 1.1 takes for something else than a string. */
const WORDS = /^(?:true|false|yes|no|on|off|y|n|null)$/i;

/** A text as a YAML scalar, quoted where it has to be. https://yaml.org/spec/1.2.2/#57-escaped-characters */
export function yamlString(text: string): string {
  if (PLAIN.test(text) && !WORDS.test(text)) return text;
  if (escapeUnseen(text, longEscape) === text) return `'${text.replaceAll("'", "''")}'`;
  return `"${escapeUnseen(text.replace(/[\\"]/g, '\\$&'), longEscape)}"`;
}

/**
 * JSON data as YAML in block style, each line indented and none ended. What is undefined is left out.
 *
 * @param indent spaces before the outermost lines
 */
export function yaml(value: object, indent = 0): string {
  return blockLines(value)
    .map((line) => ' '.repeat(indent) + line)
    .join('\n');
}

function blockLines(value: object): readonly string[] {
  return Array.isArray(value)
    ? value.flatMap((item: unknown) => itemLines(item))
    : Object.entries(value).flatMap(([name, content]) =>
        content === undefined ? [] : entryLines(name, content),
      );
}

function entryLines(name: string, value: unknown): readonly string[] {
  const key = yamlString(name);
  return isBlock(value)
    ? [`${key}:`, ...blockLines(value).map((line) => `  ${line}`)]
    : [`${key}: ${scalar(value)}`];
}

function itemLines(value: unknown): readonly string[] {
  if (!isBlock(value)) return [`- ${scalar(value)}`];
  return blockLines(value).map((line, index) => `${index === 0 ? '- ' : '  '}${line}`);
}

function isBlock(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}

function scalar(value: unknown): string {
  return typeof value === 'string' ? yamlString(value) : (JSON.stringify(value) ?? 'null');
}
