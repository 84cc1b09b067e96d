import type { IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';

/** One viewer's request, in the very bytes of the wire (a character is a byte, as Node reads it). */
export interface ViewerRequest {
  readonly method: string;
  readonly protocol: 'http' | 'https';
  readonly host: string;
  /** The raw path, percent-encoded as the viewer sent it. */
  readonly path: string;
  /** The raw query without its `?`; `undefined` where there is none. */
  readonly query: string | undefined;
  readonly cookies: ReadonlyMap<string, string>;
}

/** Reads a request; `undefined` where it names no host or its target is no path. */
export function readViewerRequest(message: IncomingMessage): ViewerRequest | undefined {
  const target = message.url ?? '';
  const host = message.headers.host ?? '';
  if (host === '' || !target.startsWith('/') || target.includes('#')) {
    return undefined;
  }
  const mark = target.indexOf('?');
  return {
    method: message.method ?? '',
    protocol: message.socket instanceof TLSSocket ? 'https' : 'http',
    host,
    path: mark === -1 ? target : target.slice(0, mark),
    query: mark === -1 ? undefined : target.slice(mark + 1),
    cookies: readCookies(message.headers.cookie ?? ''),
  };
}

/** The longest URL in bytes, query included. */
export const LONGEST_URL = 8192;

/**
 * The length in bytes of the whole URL a viewer asked for.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html
 */
export function urlLength(request: ViewerRequest): number {
  const query = request.query === undefined ? 0 : request.query.length + 1;
  return `${request.protocol}://${request.host}${request.path}`.length + query;
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
