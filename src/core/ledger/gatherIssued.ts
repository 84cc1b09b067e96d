import { unsignedUrl } from '../cloudfront/signedUrl.ts';
import type { Link } from '../linkFormats/link.ts';
import type { NewlyIssued } from './issuedLink.ts';

/** Of more links than these that one act has issued, only their number and their place are kept. */
const MANY = 100;

/** What is to be kept of the links that one act issues, gathered one by one. */
export interface Gathering {
  /** A link without a signature is left out. */
  add(link: Link): void;
  /**
   * Those that one policy opens are one, and so are more than a hundred, as far as they are in one
   * bucket, on one domain and by one key.
   */
  all(): readonly NewlyIssued[];
}

/** @param issuedAt in epoch seconds */
export function gatherIssued(issuedAt: number): Gathering {
  const single: NewlyIssued[] = [];
  const groups = new Map<string, NewlyIssued>();
  let count = 0;
  return {
    add(link) {
      const issued = issuedLink(link, issuedAt);
      if (issued === undefined) return;
      count++;
      const group = groupOf(issued);
      const before = groups.get(group);
      groups.set(group, before === undefined ? issued : joined(before, issued));
      // One more than are kept one by one is never looked at.
      if (!isShared(issued) && single.length < MANY) single.push(issued);
    },
    all: () =>
      count > MANY ? [...groups.values()] : [...single, ...[...groups.values()].filter(isShared)],
  };
}

function issuedLink({ location, url, signed }: Link, issuedAt: number): NewlyIssued | undefined {
  return signed && { location, url: unsignedUrl(url), ...signed, issuedAt, objects: 1 };
}

/** Whether the signature opens more than the one object. */
function isShared({ grant }: NewlyIssued): boolean {
  return grant.resource !== undefined;
}

function groupOf({ location: { bucket }, url, keyPairId, grant }: NewlyIssued): string {
  const origin = url.slice(0, url.indexOf('/', 'https://'.length));
  return [bucket, origin, keyPairId, grant.resource].join(' ');
}

function joined(before: NewlyIssued, { location: { key }, url }: NewlyIssued): NewlyIssued {
  return {
    ...before,
    location: { ...before.location, key: commonFolder(before.location.key, key) },
    url: commonFolder(before.url, url),
    // Each of many may have a query of its own.
    grant: { ...before.grant, query: {} },
    objects: before.objects + 1,
  };
}

/** What two paths have in common, up to a slash. */
function commonFolder(a: string, b: string): string {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  const common = a.slice(0, length);
  return common.slice(0, common.lastIndexOf('/') + 1);
}
