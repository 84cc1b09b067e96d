import { fitsWildcards } from '../wildcards.ts';
import type { CacheBehavior } from './account.ts';

/**
 * The behavior that serves a path: the first whose pattern fits, in the order of the distribution,
 * where the default one is the last and fits everything.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html#DownloadDistValuesPathPattern
 *
 * @param path percent-encoded as viewers send it, beginning with `/`, without a query
 */
export function behaviorFor(
  path: string,
  behaviors: readonly CacheBehavior[],
): CacheBehavior | undefined {
  const normal = normalizePath(path);
  return behaviors.find(
    ({ pathPattern }) => pathPattern === undefined || fitsWildcards(rooted(pathPattern), normal),
  );
}

/**
 * The behaviors that serve what begins with a path, in the order of the distribution: each that some
 * such path may come to, up to the first that takes all of them.
 *
 * @param path as for {@link behaviorFor}; it may end within a name
 */
export function behaviorsBelow(
  path: string,
  behaviors: readonly CacheBehavior[],
): readonly CacheBehavior[] {
  const normal = normalizePath(path);
  const last = behaviors.findIndex(
    ({ pathPattern }) =>
      pathPattern === undefined ||
      (pathPattern.endsWith('*') && fitsWildcards(rooted(pathPattern), normal)),
  );
  return behaviors
    .slice(0, last < 0 ? behaviors.length : last + 1)
    .filter(
      ({ pathPattern }) => pathPattern === undefined || fitsSomeBelow(normal, rooted(pathPattern)),
    );
}

/** Whether some path that begins so fits: then a part of the pattern fits what it begins with. */
function fitsSomeBelow(path: string, pattern: string): boolean {
  return Array.from(pattern, (_, index) => pattern.slice(0, index + 1)).some((part) =>
    fitsWildcards(part, path),
  );
}

/**
 * The path that patterns are compared with, while the origin is sent the raw one. What AWS calls
 * consistent with RFC 3986 is taken for: one slash where there are several, no dot segments (5.2.4),
 * escapes in capitals, and none of unreserved characters (6.2.2).
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html#path-normalization
 */
function normalizePath(path: string): string {
  const segments = path
    .replaceAll(/%[0-9a-f]{2}/gi, (escape) => {
      const character = String.fromCharCode(Number.parseInt(escape.slice(1), 16));
      return /[\w.~-]/.test(character) ? character : escape.toUpperCase();
    })
    .split('/');
  const kept: string[] = [];
  for (const segment of segments) {
    if (segment === '..') kept.pop();
    else if (segment !== '.' && segment !== '') kept.push(segment);
  }
  const isFolder = /^(?:|\.{1,2})$/.test(segments.at(-1) ?? '');
  return `/${kept.join('/')}${isFolder && kept.length > 0 ? '/' : ''}`;
}

/** A pattern means the same with its first slash and without. */
function rooted(pattern: string): string {
  return pattern.startsWith('/') ? pattern : `/${pattern}`;
}
