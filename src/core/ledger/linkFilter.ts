import type { IssuedLink } from './issuedLink.ts';

/** Whether a link has each word of a text in its bucket, key, URL or key pair ID, in any case. */
export function fitsFilter({ location, url, keyPairId }: IssuedLink, text: string): boolean {
  const all = [location.bucket, location.key, url, keyPairId].join('\n').toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
}
