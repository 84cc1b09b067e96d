import type { Grant } from '../cloudfront/signObject.ts';
import { unsignedUrl } from '../cloudfront/signedUrl.ts';
import type { Link } from '../linkFormats/link.ts';
import type { NewlyIssued } from './issuedLink.ts';

/** Of more links than these that one act has issued, only their number and their place are kept. */
const MANY = 100;

/** A link with what it grants. */
type SignedLink = Link & Required<Pick<Link, 'signed'>>;

/**
 * What is to be kept of the links that one act has issued. Those that one policy opens are one, and so
 * are more than a hundred, as far as they are in one bucket, on one domain and by one key. Links
 * without a signature are left out.
 *
 * @param issuedAt in epoch seconds
 */
export function newlyIssued(links: readonly Link[], issuedAt: number): readonly NewlyIssued[] {
  const signed = links.filter(isSigned);
  if (signed.length <= MANY) {
    const ownPolicy = signed.filter(({ signed: { grant } }) => grant.resource === undefined);
    const shared = signed.filter((link) => !ownPolicy.includes(link));
    return [...ownPolicy.map((link) => one(link, issuedAt)), ...together(shared, issuedAt)];
  }
  return together(signed, issuedAt);
}

function isSigned(link: Link): link is SignedLink {
  return link.signed !== undefined;
}

function one({ location, url, signed }: SignedLink, issuedAt: number): NewlyIssued {
  return { location, url: unsignedUrl(url), ...signed, issuedAt, objects: 1 };
}

function together(links: readonly SignedLink[], issuedAt: number): readonly NewlyIssued[] {
  const groups = new Map<string, NewlyIssued>();
  for (const link of links) {
    const next = one(link, issuedAt);
    const { resource } = next.grant;
    const alike = [next.location.bucket, new URL(next.url).origin, next.keyPairId, resource];
    const group = JSON.stringify(alike);
    const before = groups.get(group);
    groups.set(group, before === undefined ? next : joined(before, next));
  }
  return [...groups.values()];
}

function joined(before: NewlyIssued, { location, url }: NewlyIssued): NewlyIssued {
  const { bucket, key } = before.location;
  return {
    ...before,
    location: { bucket, key: commonFolder(key, location.key) },
    url: commonFolder(before.url, url),
    grant: withoutQuery(before.grant),
    objects: before.objects + 1,
  };
}

/** Each of many may have a query of its own. */
function withoutQuery(grant: Grant): Grant {
  return { ...grant, query: {} };
}

/** What two paths have in common, up to a slash. */
function commonFolder(a: string, b: string): string {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  const common = a.slice(0, length);
  return common.slice(0, common.lastIndexOf('/') + 1);
}
