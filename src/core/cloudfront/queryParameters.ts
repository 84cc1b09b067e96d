import { fail, ok, type Failure, type Result } from '../outcome.ts';
import { canonicalUrl } from './canonicalUrl.ts';
import type { SignOptions } from './signOptions.ts';

/** Query parameters by their names. */
export type Query = Readonly<Record<string, string>>;

/** Options with a query parameter set, or without it where there is no value. */
export function withParameter(
  { query = {}, ...others }: SignOptions,
  name: string,
  value: string | undefined,
): SignOptions {
  const pairs = Object.entries(query).filter(([other]) => other !== name);
  if (value !== undefined) pairs.push([name, value]);
  return pairs.length === 0 ? others : { ...others, query: Object.fromEntries(pairs) };
}

/**
 * Reads parameters as people write them, `size=large&a=b`, a `?` before them or not. Escapes stand for
 * what they are of; a `+` is a plus.
 *
 * Errors: `query-reserved`, `option-invalid`.
 */
export function parseQueryText(text: string): Result<Query> {
  const pairs = new Map<string, string>();
  for (const part of text.trim().replace(/^\?/, '').split('&')) {
    if (part === '') continue;
    const [, name = '', value = ''] = /^([^=]*)=?(.*)$/s.exec(part) ?? [];
    const key = decoded(name);
    if (pairs.has(key)) return refuse(`“${key}” is there twice.`);
    pairs.set(key, decoded(value));
  }
  // An assignment would lose a parameter that is named `__proto__`.
  const query = Object.fromEntries(pairs);
  const endpoint = { protocol: 'https', domain: 'example.com', originPath: '' } as const;
  const url = canonicalUrl(endpoint, 'key', query);
  return url.kind === 'ok' ? ok(query) : url;
}

/** Parameters out of an object whose values are all texts; undefined where they are not. */
export function queryOf(raw: object): Query | undefined {
  const pairs: [string, string][] = [];
  for (const [name, value] of Object.entries(raw)) {
    if (typeof value !== 'string') return undefined;
    pairs.push([name, value]);
  }
  // An assignment would lose a parameter that is named `__proto__`.
  return Object.fromEntries(pairs);
}

/** Parameters as {@link parseQueryText} reads them, as they stand in a URL. */
export function queryText(query: Query): string {
  return Object.entries(query)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function refuse(detail: string): Failure {
  return fail({ code: 'option-invalid', option: 'query', detail });
}
