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
    ({ pathPattern }) => pathPattern === undefined || fitsPattern(normal, pathPattern),
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

/**
 * Whether a pattern fits a whole path: `*` stands for any characters, `/` among them, `?` for one.
 *
 * What lies between asterisks is looked for from left to right, each as early as it can be, since an
 * earlier place leaves more room for the rest. Nothing is tried twice, so no pattern takes longer
 * than its length times that of the path.
 */
function fitsPattern(path: string, pattern: string): boolean {
  const [first = '', ...others] = (pattern.startsWith('/') ? pattern : `/${pattern}`).split('*');
  if (!fitsAt(path, first, 0)) return false;
  const last = others.pop();
  if (last === undefined) return path.length === first.length;
  let from = first.length;
  for (const piece of others) {
    const at = find(path, piece, from);
    if (at === undefined) return false;
    from = at + piece.length;
  }
  const end = path.length - last.length;
  return end >= from && fitsAt(path, last, end);
}

function find(path: string, piece: string, from: number): number | undefined {
  if (!piece.includes('?')) {
    const at = path.indexOf(piece, from);
    return at < 0 ? undefined : at;
  }
  for (let at = from; at + piece.length <= path.length; at++) {
    if (fitsAt(path, piece, at)) return at;
  }
  return undefined;
}

function fitsAt(path: string, piece: string, at: number): boolean {
  if (at + piece.length > path.length) return false;
  for (let index = 0; index < piece.length; index++) {
    const wanted = piece[index];
    if (wanted !== '?' && wanted !== path[at + index]) return false;
  }
  return true;
}
