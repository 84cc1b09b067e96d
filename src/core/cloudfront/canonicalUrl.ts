import { fail, ok, type Result } from '../outcome.ts';
import type { UnreachableReason } from '../problem.ts';
import { servedPrefix, type Endpoint } from './distribution.ts';

/**
 * Query parameters that CloudFront takes for itself and strips from the request.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-creating-signed-url-custom-policy.html
 */
const RESERVED_PARAMETERS: readonly string[] = [
  'Expires',
  'Policy',
  'Signature',
  'Key-Pair-Id',
  'Hash-Algorithm',
];

/** Everything but the unreserved characters of RFC 3986 section 2.3, as UTF-8 percent-encoding. */
export function encodeStrictly(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/**
 * The URL path of a key: `/` and the key, percent-encoded segment by segment, so that what is signed
 * is what every client sends. A key is never taken for already encoded: `a%20b` becomes `a%2520b`.
 */
function encodeKey(key: string): string {
  return `/${key.split('/').map(encodeStrictly).join('/')}`;
}

/**
 * Why no client can send the path of a key, where that is so: the URL standard removes `.` and `..`
 * segments, encoded or not (https://url.spec.whatwg.org/#path-state).
 */
function unreachableReason(key: string): UnreachableReason | undefined {
  if (key === '') return 'empty';
  if (!key.isWellFormed()) return 'lone-surrogate';
  const hasDots = key.split('/').some((segment) => segment === '.' || segment === '..');
  return hasDots ? 'dot-segment' : undefined;
}

/**
 * Puts caller's parameters into a query, `?` included; empty where there are none.
 *
 * Errors: `query-reserved`, `option-invalid`.
 */
export function encodeQuery(query: Readonly<Record<string, string>>): Result<string> {
  const pairs: string[] = [];
  for (const [name, value] of Object.entries(query)) {
    const reserved = RESERVED_PARAMETERS.find((r) => r.toLowerCase() === name.toLowerCase());
    if (reserved !== undefined) return fail({ code: 'query-reserved', name });
    if (name === '' || !name.isWellFormed() || !value.isWellFormed()) {
      return fail({
        code: 'option-invalid',
        option: 'query',
        detail: 'A parameter needs a name, and both name and value have to be valid Unicode.',
      });
    }
    pairs.push(`${encodeStrictly(name)}=${encodeStrictly(value)}`);
  }
  return ok(pairs.length === 0 ? '' : `?${pairs.join('&')}`);
}

/**
 * The key as the viewer of a distribution names it: without the origin path, which CloudFront puts
 * back when it asks S3.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesOrigin.html#DownloadDistValuesOriginPath
 *
 * Errors: `key-outside-origin-path`.
 */
function viewerKey(key: string, originPath: string): Result<string> {
  const front = servedPrefix(originPath);
  return key.startsWith(front)
    ? ok(key.slice(front.length))
    : fail({ code: 'key-outside-origin-path', key, originPath });
}

/**
 * The one URL of an object on a distribution: what is signed and what is copied. It is a fixed point
 * of `new URL(url).href`, so browsers and tools send it as it is.
 *
 * Errors: `key-outside-origin-path`, `key-unreachable`, `query-reserved`, `option-invalid`.
 */
export function canonicalUrl(
  endpoint: Endpoint,
  key: string,
  query: Readonly<Record<string, string>> = {},
): Result<string> {
  const viewed = viewerKey(key, endpoint.originPath);
  if (viewed.kind !== 'ok') return viewed;
  const reason = unreachableReason(viewed.value);
  if (reason !== undefined) return fail({ code: 'key-unreachable', key, reason });
  const search = encodeQuery(query);
  if (search.kind !== 'ok') return search;
  const url = `${endpoint.protocol}://${endpoint.domain}${encodeKey(viewed.value)}${search.value}`;
  return URL.canParse(url) && new URL(url).href === url
    ? ok(url)
    : fail({ code: 'key-unreachable', key, reason: 'rewritten' });
}
