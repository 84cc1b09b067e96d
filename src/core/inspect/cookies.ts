import { isJsonObject, parseJson } from '../json.ts';
import type { CookieScope } from './inspection.ts';
import type { Mistake } from './mistakes.ts';
import { CLOUDFRONT_PARAMETERS, isCloudFronts, type CloudFrontParameter } from './urlParts.ts';

/** Signed cookies as a text has them. */
export interface FoundCookies {
  readonly parameters: ReadonlyMap<CloudFrontParameter, string>;
  readonly scope: CookieScope;
  readonly mistakes: readonly Mistake[];
}

/**
 * A cookie wherever it is written: `Set-Cookie` and `Cookie` lines, arguments of curl, scripts, and
 * the columns of a cookie jar.
 */
const COOKIE = new RegExp(
  `\\bCloudFront-(${CLOUDFRONT_PARAMETERS.join('|')})["']?[ \\t]{0,4}[=:\\t][ \\t]{0,4}["']?([^\\s"',;]*)`,
  'g',
);

/** What stands before the name in a cookie jar: the host, whether others too, the path, and so on. */
const JAR_COLUMNS =
  /^(?:#HttpOnly_)?([\w.-]{1,253})\t(?:TRUE|FALSE)\t(\S{1,1024})\t(?:TRUE|FALSE)\t\d{1,20}\tCloudFront-/m;

/**
 * Finds CloudFront's signed cookies in a text. Undefined where there are none.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-setting-signed-cookie-custom-policy.html
 */
export function findCookies(text: string): FoundCookies | undefined {
  const pairs = cookiesOfJson(parseJson(text)) ?? cookiesOfText(text);
  if (pairs.length === 0) return undefined;
  const parameters = new Map<CloudFrontParameter, string>();
  const twice = new Set<string>();
  for (const [name, value] of pairs) {
    const before = parameters.get(name);
    if (before === undefined) parameters.set(name, value);
    else if (before !== value) twice.add(name);
  }
  const [, host, folder] = JAR_COLUMNS.exec(text) ?? [];
  return {
    parameters,
    scope: {
      domain: host ?? /\bdomain["']?\s?[=:]\s?["']?([\w.-]{1,253})/i.exec(text)?.[1],
      path: folder ?? /\bpath["']?\s?[=:]\s?["']?([^\s;"',]{1,1024})/i.exec(text)?.[1],
    },
    mistakes: [...twice].map((name) => ({
      code: 'parameter-duplicate',
      name: `CloudFront-${name}`,
    })),
  };
}

type Pair = readonly [name: CloudFrontParameter, value: string];

function cookiesOfText(text: string): readonly Pair[] {
  return Array.from(text.matchAll(COOKIE)).flatMap(([, name = '', value = '']) =>
    pair(`CloudFront-${name}`, value),
  );
}

/** An object of names and values, or a list of cookies as browsers export them. */
function cookiesOfJson(json: unknown): readonly Pair[] | undefined {
  if (Array.isArray(json)) {
    const items: readonly unknown[] = json;
    return items.filter(isJsonObject).flatMap(({ name, value }) => pair(name, value));
  }
  return isJsonObject(json)
    ? Object.entries(json).flatMap(([name, value]) => pair(name, value))
    : undefined;
}

function pair(name: unknown, value: unknown): readonly Pair[] {
  if (typeof name !== 'string' || !name.startsWith('CloudFront-')) return [];
  const own = name.slice('CloudFront-'.length);
  const text = typeof value === 'number' ? String(value) : value;
  return isCloudFronts(own) && typeof text === 'string' ? [[own, text]] : [];
}
