import { COOKIE_FORMATS, type CookieFormat } from '../cookies/cookieFormats.ts';
import type { LinkFormat } from '../linkFormats/linkFormat.ts';
import { linkFormats } from '../linkFormats/linkFormats.ts';
import type { Template } from '../linkFormats/template.ts';
import { fail, ok, type Result } from '../outcome.ts';
import { parseSignOptions, type SignOptions } from './signOptions.ts';

/**
 * How what opens a prefix is handed out: as the URLs of the objects below it, as one URL whose query
 * is appended to others, or as cookies.
 */
export type PrefixForm =
  | { readonly kind: 'links'; readonly format: LinkFormat }
  | { readonly kind: 'base-url' }
  | { readonly kind: 'cookies'; readonly format: CookieFormat };

/** The options of a script that signs a prefix, read. */
export interface PrefixOptions extends Omit<SignOptions, 'format'> {
  /** Undefined where the settings decide. */
  readonly form: PrefixForm | undefined;
}

const BASE_URL = 'base-url';

/**
 * Reads the options of a script that signs a prefix: those of an object, with more formats to choose
 * from.
 *
 * @param templates formats of the user's own, which `format` may name too
 *
 * Errors: those of `parseSignOptions`.
 */
export function parsePrefixOptions(
  raw: object,
  templates: readonly Template[],
): Result<PrefixOptions> {
  const { format: name, ...others }: { readonly format?: unknown } = { ...raw };
  const form = name === undefined ? undefined : formNamed(name, templates);
  if (name !== undefined && form === undefined) {
    const names = [...linkFormats(templates), { name: BASE_URL }, ...COOKIE_FORMATS].map(
      (known) => known.name,
    );
    return refuse('format', `Give one of these: ${names.join(', ')}.`);
  }
  const options = parseSignOptions(others);
  if (options.kind !== 'ok') return options;
  if (form?.kind === 'cookies' && options.value.query !== undefined) {
    return refuse('query', 'Cookies carry no query. Append it to the URLs that they open.');
  }
  return ok({ ...options.value, form });
}

function formNamed(name: unknown, templates: readonly Template[]): PrefixForm | undefined {
  if (name === BASE_URL) return { kind: BASE_URL };
  const ofCookies = COOKIE_FORMATS.find((format) => format.name === name);
  if (ofCookies !== undefined) return { kind: 'cookies', format: ofCookies };
  const ofLinks = linkFormats(templates).find((format) => format.name === name);
  return ofLinks && { kind: 'links', format: ofLinks };
}

function refuse(option: string, detail: string): Result<never> {
  return fail({ code: 'option-invalid', option, detail });
}
