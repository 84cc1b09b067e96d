import type { Endpoint } from '../cloudfront/distribution.ts';
import type { SignOptions } from '../cloudfront/signOptions.ts';
import { pathText } from '../inspect/pathText.ts';
import type { IssuedLink } from './issuedLink.ts';

/** The options that sign a link to the same end once more. */
export function optionsToSameEnd(link: IssuedLink): SignOptions {
  const { expiresAt, notBefore, ipAddress, hashAlgorithm, query } = link.grant;
  return {
    expiry: { kind: 'moment', epoch: expiresAt },
    ...(notBefore !== undefined && { notBefore: { kind: 'moment', epoch: notBefore } }),
    ...(ipAddress !== undefined && { ipAddress }),
    hashAlgorithm,
    distribution: endpointOf(link),
    keyPairId: link.keyPairId,
    query,
  };
}

/**
 * The options that sign one like it, which begins and ends as long from now on as that did from when
 * it was issued.
 *
 * @param now in epoch seconds
 */
export function optionsOfRenewal(link: IssuedLink, now: number): SignOptions {
  const { grant, issuedAt } = link;
  const later = (epoch: number): number => epoch - issuedAt + now;
  const { expiresAt, notBefore } = grant;
  return optionsToSameEnd({
    ...link,
    grant: {
      ...grant,
      expiresAt: later(expiresAt),
      ...(notBefore !== undefined && { notBefore: later(notBefore) }),
    },
  });
}

/** Where viewers reach the object: what its key has before the path of its URL is the origin path. */
function endpointOf({ location: { key }, url }: IssuedLink): Endpoint {
  const { host, protocol } = new URL(url);
  const stored = `/${key}`;
  const viewed = pathText(url);
  return {
    domain: host,
    protocol: protocol === 'http:' ? 'http' : 'https',
    originPath: stored.endsWith(viewed) ? stored.slice(0, -viewed.length) : '',
  };
}
