import { COOKIE_FORMATS, type CookieFormat } from '../../cookies/cookieFormats.ts';
import type { LinkFormat } from '../../linkFormats/linkFormat.ts';
import { linkFormats } from '../../linkFormats/linkFormats.ts';
import type { Template } from '../../linkFormats/template.ts';
import { fail, ok, type Result } from '../../outcome.ts';
import type { SignOptions } from '../signOptions.ts';

/**
 * How what opens a prefix is handed out: as the URLs of the objects below it, as one URL whose query
 * is appended to others, or as cookies.
 */
export type PrefixForm =
  | { readonly kind: 'links'; readonly format: LinkFormat }
  | { readonly kind: 'base-url' }
  | { readonly kind: 'cookies'; readonly format: CookieFormat };

const BASE_URL = 'base-url';

/**
 * Reads the option `format` of a script that signs a prefix, which has more to choose from than that
 * of an object. Undefined where the settings decide.
 *
 * @param options the others, read: a preset among them may name a format, too
 * @param templates formats of the user's own
 *
 * Errors: `option-invalid`.
 */
export function parsePrefixForm(
  raw: unknown,
  { format, query }: SignOptions,
  templates: readonly Template[],
): Result<PrefixForm | undefined> {
  if (raw === undefined) return ok(format && { kind: 'links', format });
  const form = formNamed(raw, templates);
  if (form === undefined) {
    const known = [...linkFormats(templates), { name: BASE_URL }, ...COOKIE_FORMATS];
    return refuse('format', `Give one of these: ${known.map(({ name }) => name).join(', ')}.`);
  }
  return form.kind === 'cookies' && query !== undefined
    ? refuse('query', 'Cookies carry no query. Append it to the URLs that they open.')
    : ok(form);
}

function formNamed(raw: unknown, templates: readonly Template[]): PrefixForm | undefined {
  if (raw === BASE_URL) return { kind: BASE_URL };
  const ofCookies = COOKIE_FORMATS.find(({ name }) => name === raw);
  if (ofCookies !== undefined) return { kind: 'cookies', format: ofCookies };
  const ofLinks = linkFormats(templates).find(({ name }) => name === raw);
  return ofLinks && { kind: 'links', format: ofLinks };
}

function refuse(option: string, detail: string): Result<never> {
  return fail({ code: 'option-invalid', option, detail });
}
