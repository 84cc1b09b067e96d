import { encodeStrictly } from '../cloudfront/canonicalUrl.ts';

/**
 * What may have been signed in the place of a URL, so that one that was changed, or signed by
 * mistake, can be told by name: the other protocol, the path encoded in another way, the query
 * without what was added, and the like. Each once, and never the URL itself.
 */
export function otherReadings(url: string): readonly string[] {
  const [, protocol = '', domain = '', path = '', search = ''] =
    /^([a-z]+):\/\/([^/?#]*)([^?#]*)(\?[^#]*)?/is.exec(url) ?? [];
  const other = protocol.toLowerCase() === 'https' ? 'http' : 'https';
  const plain = decodedSegments(path);
  const paths = [
    path,
    plain,
    strictly(plain),
    strictly(plain).replaceAll('%2B', '+'),
    encodeURI(plain.toWellFormed()),
    path.replaceAll('+', '%20'),
    path.replaceAll('%20', '+'),
  ];
  const bare = domain.replace(/:\d+$/, '');
  const readings = [
    ...paths.map((one) => `${protocol}://${domain}${one}${search}`),
    `${other}://${domain}${path}${search}`,
    `${protocol}://${bare}${path}${search}`,
    `${protocol}://${domain}${path}`,
    ...withoutLast(search).map((one) => `${protocol}://${domain}${path}${one}`),
    `${protocol}://${domain}${path}${search.replaceAll('&', '&amp;')}`,
  ];
  return [...new Set(readings)].filter((one) => one !== url);
}

function decodedSegments(path: string): string {
  return path
    .split('/')
    .map((segment) => {
      try {
        return decodeURIComponent(segment);
      } catch {
        return segment;
      }
    })
    .join('/');
}

function strictly(path: string): string {
  return path.toWellFormed().split('/').map(encodeStrictly).join('/');
}

/** A query without its last parameters, which may have been added after signing. */
function withoutLast(search: string): readonly string[] {
  const pairs = search.split('&');
  return [1, 2, 3]
    .filter((count) => count < pairs.length)
    .map((count) => pairs.slice(0, -count).join('&'));
}
