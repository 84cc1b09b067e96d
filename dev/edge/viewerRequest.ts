import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** The scheme by which viewers reach the edge. */
export type Scheme = 'http' | 'https';

/** One viewer's request, as it came over the wire. Node lets no URL in that is not ASCII. */
export interface ViewerRequest {
  readonly method: string;
  readonly protocol: Scheme;
  /** The `Host` header, with its port where it carries one. */
  readonly host: string;
  /** The raw path, percent-encoded as the viewer sent it. */
  readonly path: string;
  /** The raw query without its `?`; `undefined` where there is none. */
  readonly query: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly cookies: ReadonlyMap<string, string>;
}

/** Reads a request; `undefined` where it names no host or its target is no path. */
export function readViewerRequest(
  message: IncomingMessage,
  protocol: Scheme,
): ViewerRequest | undefined {
  const target = message.url ?? '';
  const host = message.headers.host ?? '';
  if (host === '' || !target.startsWith('/') || target.includes('#')) {
    return undefined;
  }
  const mark = target.indexOf('?');
  return {
    method: message.method ?? '',
    protocol,
    host,
    path: mark === -1 ? target : target.slice(0, mark),
    query: mark === -1 ? undefined : target.slice(mark + 1),
    headers: message.headers,
    cookies: readCookies(message.headers.cookie ?? ''),
  };
}

/** Whether a request brings a body along. */
export function hasBody({ headers }: ViewerRequest): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** A URL in the bytes it was asked for, with another query or scheme where the caller set one. */
export function writeUrl(url: Pick<ViewerRequest, 'protocol' | 'host' | 'path' | 'query'>): string {
  return `${url.protocol}://${url.host}${url.path}${url.query === undefined ? '' : `?${url.query}`}`;
}

function readCookies(header: string): Map<string, string> {
  const cookies = new Map<string, string>();
  for (const pair of header.split(';')) {
    const equals = pair.indexOf('=');
    if (equals !== -1) {
      cookies.set(pair.slice(0, equals).trim(), pair.slice(equals + 1).trim());
    }
  }
  return cookies;
}
