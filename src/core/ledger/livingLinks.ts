import { s3Uri } from '../s3/location.ts';
import type { IssuedLink } from './issuedLink.ts';

const DAY = 24 * 3600;

/** Whether a link still opens what it was made for, or will. All are epoch seconds. */
export function isLiving({ grant }: IssuedLink, now: number): boolean {
  return grant.expiresAt > now;
}

/**
 * Whether a link is kept: until some days after its end.
 *
 * @param now in epoch seconds
 */
export function isKept({ grant }: IssuedLink, keepDays: number, now: number): boolean {
  return grant.expiresAt + keepDays * DAY > now;
}

/** Living links first, the soonest end first; then the others, the latest end first. */
export function inLedgerOrder(links: readonly IssuedLink[], now: number): readonly IssuedLink[] {
  return links.toSorted((a, b) => {
    const living = isLiving(a, now);
    if (living !== isLiving(b, now)) return living ? -1 : 1;
    const byEnd = a.grant.expiresAt - b.grant.expiresAt;
    return (living ? byEnd : -byEnd) || b.issuedAt - a.issuedAt;
  });
}

/** Of each object, or folder of many, the living link that ends last, by S3 URI. */
export function lastLiving(
  links: readonly IssuedLink[],
  now: number,
): ReadonlyMap<string, IssuedLink> {
  const last = new Map<string, IssuedLink>();
  for (const link of links) {
    const uri = s3Uri(link.location);
    const before = last.get(uri);
    const isLater = before === undefined || before.grant.expiresAt < link.grant.expiresAt;
    if (isLiving(link, now) && isLater) last.set(uri, link);
  }
  return last;
}
