import { isoText, shortDuration, type Expiry } from '../expiry.ts';
import type { NamedDistribution, SignOptions } from './signOptions.ts';

/**
 * Writes options as scripts and settings give them, so that `parseSignOptions` reads the same again.
 */
export function writtenOptions({
  expiry,
  notBefore,
  distribution,
  format,
  ...same
}: SignOptions): Readonly<Record<string, unknown>> {
  return {
    ...(expiry && { [expiry.kind === 'duration' ? 'expiresIn' : 'expiresAt']: written(expiry) }),
    ...(notBefore && { notBefore: written(notBefore) }),
    ...same,
    ...(distribution && { distribution: nameOf(distribution) }),
    ...(format && { format: format.name }),
  };
}

function written(when: Expiry): string {
  return when.kind === 'duration' ? shortDuration(when.seconds) : isoText(when.epoch);
}

/** A distribution as its option names it. */
export function nameOf(distribution: NamedDistribution): string {
  if ('id' in distribution) return distribution.id;
  const { domain, protocol } = distribution;
  return protocol === 'http' ? `http://${domain}` : domain;
}
