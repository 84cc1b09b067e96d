import type { ViewerRequest } from './viewerRequest.ts';

/** CloudFront's parameters of a request, out of its URL or else out of its cookies. */
export interface AccessParameters {
  readonly expires: string | undefined;
  readonly policy: string | undefined;
  readonly signature: string | undefined;
  readonly keyPairId: string | undefined;
  readonly hashAlgorithm: string | undefined;
  /** A parameter that comes twice: which one counts is documented nowhere, so neither does. */
  readonly ambiguous: boolean;
}

/** The parameters that belong to CloudFront; case-sensitive. */
const OWN = ['Expires', 'Policy', 'Signature', 'Key-Pair-Id', 'Hash-Algorithm'];

/**
 * The parameters that a request is judged by. As soon as the URL carries one of them, it alone
 * decides and cookies are ignored.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-choosing-signed-urls-cookies.html
 */
export function accessParameters(request: ViewerRequest): AccessParameters {
  const inUrl = (request.query ?? '')
    .split('&')
    .map(splitParameter)
    .filter(({ name }) => OWN.includes(name));
  if (inUrl.length > 0) {
    const named = new Map(inUrl.map(({ name, value }) => [name, value]));
    return parameters((name) => named.get(name), named.size !== inUrl.length);
  }
  return parameters((name) => request.cookies.get(`CloudFront-${name}`), false);
}

/**
 * A query without CloudFront's parameters, the others untouched and in their order; `undefined`
 * where none is left. Policies speak of this query, and the origin sees no other.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-signed-urls.html
 */
export function withoutOwnParameters(query: string | undefined): string | undefined {
  if (query === undefined) {
    return undefined;
  }
  const kept = query.split('&').filter((part) => !OWN.includes(splitParameter(part).name));
  return kept.length === 0 ? undefined : kept.join('&');
}

/**
 * The bytes of a policy or signature, which CloudFront has in an alphabet of its own: base64 with
 * padding, in which `+`, `=` and `/` are written `-`, `_` and `~`. `undefined` for anything else,
 * RFC 4648's base64url included.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-creating-signed-url-canned-policy.html
 */
export function decodeCloudFrontBase64(value: string): Buffer | undefined {
  if (!/^[A-Za-z0-9\-~]+_{0,2}$/.test(value)) {
    return undefined;
  }
  const base64 = value.replaceAll('-', '+').replaceAll('_', '=').replaceAll('~', '/');
  const bytes = Buffer.from(base64, 'base64');
  return bytes.toString('base64') === base64 ? bytes : undefined;
}

function splitParameter(part: string): { name: string; value: string } {
  const equals = part.indexOf('=');
  return equals === -1
    ? { name: part, value: '' }
    : { name: part.slice(0, equals), value: part.slice(equals + 1) };
}

function parameters(
  get: (name: string) => string | undefined,
  ambiguous: boolean,
): AccessParameters {
  return {
    expires: get('Expires'),
    policy: get('Policy'),
    signature: get('Signature'),
    keyPairId: get('Key-Pair-Id'),
    hashAlgorithm: get('Hash-Algorithm'),
    ambiguous,
  };
}
