import { matchesGlob } from './glob.ts';

/** A request's URL in the sections that policies match by, as received on the wire. */
export interface RequestedUrl {
  readonly protocol: 'http' | 'https';
  /** The `Host` header, with its port where it carries one. */
  readonly host: string;
  /** The raw path, from its leading slash. */
  readonly path: string;
  /** The raw query without CloudFront's own parameters; `undefined` where nothing is left of it. */
  readonly query: string | undefined;
}

interface ResourcePattern {
  readonly protocol: string;
  readonly domain: string;
  readonly path: string;
  readonly query: string | undefined;
}

/**
 * Whether the `Resource` of a custom policy covers a URL. `*` and `?` are wildcards that stay
 * inside their section (protocol, domain, path, query), except that a path's trailing `*` covers
 * any query too, a trailing `*` of a domain without a path any path and query, and a lone `*`
 * everything.
 *
 * The `?` that begins a query is written as it is (the guide of 2026) or `\?` (before). Written as
 * it is it cannot be told from the wildcard, hence a resource matches in any of its readings.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-creating-signed-url-custom-policy.html
 */
export function resourceCovers(resource: string, url: RequestedUrl): boolean {
  if (resource === '*') {
    return true;
  }
  return readings(resource).some(
    (pattern) =>
      matchesGlob(pattern.protocol, url.protocol) &&
      matchesGlob(pattern.domain, url.host) &&
      matchesGlob(pattern.path, url.path) &&
      queryMatches(pattern, url.query),
  );
}

function queryMatches(pattern: ResourcePattern, query: string | undefined): boolean {
  if (pattern.path.endsWith('*')) {
    return pattern.query === undefined || matchesGlob(pattern.query, query ?? '');
  }
  return pattern.query === undefined
    ? query === undefined
    : matchesGlob(pattern.query, query ?? '');
}

function readings(resource: string): ResourcePattern[] {
  const { protocol, rest } = splitProtocol(resource);
  if (protocol === undefined) {
    return [];
  }
  const slash = rest.indexOf('/');
  const domain = slash === -1 ? rest : rest.slice(0, slash);
  if (slash === -1) {
    const path = domain.endsWith('*') ? '/*' : '/';
    return [{ protocol, domain, path, query: undefined }];
  }
  const tail = rest.slice(slash);
  const escaped = tail.indexOf(String.raw`\?`);
  if (escaped !== -1) {
    return [{ protocol, domain, path: tail.slice(0, escaped), query: tail.slice(escaped + 2) }];
  }
  const separators = [...tail.matchAll(/\?/g)].map((match) => match.index);
  return [
    { protocol, domain, path: tail, query: undefined },
    ...separators.map((at) => ({
      protocol,
      domain,
      path: tail.slice(0, at),
      query: tail.slice(at + 1),
    })),
  ];
}

function splitProtocol(resource: string): { protocol: string | undefined; rest: string } {
  const match = /^(https?|\*):\/\//.exec(resource);
  if (match?.[1] !== undefined) {
    return { protocol: match[1], rest: resource.slice(match[0].length) };
  }
  return { protocol: resource.startsWith('*') ? '*' : undefined, rest: resource };
}
