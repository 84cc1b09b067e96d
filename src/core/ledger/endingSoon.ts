import type { S3Place } from '../s3/location.ts';
import type { IssuedLink } from './issuedLink.ts';
import { lastLiving } from './livingLinks.ts';

/** Which links are to be told of before they end. */
export interface Endings {
  readonly due: readonly IssuedLink[];
  /** When the next one is due, in epoch seconds. */
  readonly nextAt: number | undefined;
}

/**
 * The links in some places that end within a time. Left out are those that lived no longer than that
 * from the beginning, and those of whose object another link lives on.
 *
 * @param before in seconds
 * @param now in epoch seconds
 */
export function endingSoon(
  links: readonly IssuedLink[],
  places: readonly S3Place[],
  before: number,
  now: number,
): Endings {
  const isMeant = ({ location: { bucket, key }, grant, issuedAt }: IssuedLink): boolean =>
    grant.expiresAt - issuedAt > before &&
    places.some((place) => place.bucket === bucket && key.startsWith(place.prefix));
  const meant = [...lastLiving(links, now).values()].filter(isMeant);
  const due = meant.filter(({ grant }) => grant.expiresAt - before <= now);
  const later = meant.filter((link) => !due.includes(link));
  return {
    due: due.toSorted((a, b) => a.grant.expiresAt - b.grant.expiresAt),
    nextAt: later
      .map(({ grant }) => grant.expiresAt - before)
      .reduce<number | undefined>((a, b) => (a === undefined ? b : Math.min(a, b)), undefined),
  };
}
