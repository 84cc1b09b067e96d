import type { CacheBehaviorSettings, DistributionConfig } from './distributionStore.ts';
import { matchesGlob } from './glob.ts';

/**
 * The cache behavior for a raw (percent-encoded) path without its query: the first whose pattern
 * matches, in the order they are listed, and the default one where none does.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html
 */
export function matchBehavior(config: DistributionConfig, rawPath: string): CacheBehaviorSettings {
  const path = normalizePath(rawPath);
  return (
    config.CacheBehaviors.Items.find(({ PathPattern: pattern }) =>
      matchesGlob(pattern.startsWith('/') ? pattern : `/${pattern}`, path),
    ) ?? config.DefaultCacheBehavior
  );
}

/**
 * The form of a path that path patterns are compared with. AWS: "normalizes URI paths consistent
 * with RFC 3986", and "multiple slashes (//) or periods (..)" are removed; the origin is still
 * sent the raw path. Escapes of unreserved characters are decoded and the others written in
 * capitals, which RFC 3986 6.2.2 asks for and AWS does not spell out.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html#path-normalization
 */
function normalizePath(rawPath: string): string {
  const escapes = rawPath.replaceAll(/%[0-9a-fA-F]{2}/g, (escape) => {
    const character = String.fromCodePoint(Number.parseInt(escape.slice(1), 16));
    return /[A-Za-z0-9\-._~]/.test(character) ? character : escape.toUpperCase();
  });
  const segments = escapes
    .replaceAll(/\/{2,}/g, '/')
    .split('/')
    .slice(1);
  const kept: string[] = [];
  for (const [index, segment] of segments.entries()) {
    const dots = segment === '.' || segment === '..';
    if (segment === '..') {
      kept.pop();
    }
    if (!dots) {
      kept.push(segment);
    } else if (index === segments.length - 1) {
      kept.push('');
    }
  }
  return `/${kept.join('/')}`;
}
