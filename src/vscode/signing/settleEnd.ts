import { expiresAt, type Expiry } from '../../core/expiry.ts';
import { cancelled, ok, type Outcome } from '../../core/outcome.ts';
import { baseName } from '../../core/s3/baseName.ts';
import type { S3Location } from '../../core/s3/location.ts';
import { visibleText } from '../../core/s3/visibleText.ts';
import type { Settings } from '../settings.ts';
import { pickExpiry, type ExpiryChoices } from './pickExpiry.ts';

/** What bounds the end of a link. */
export interface EndSource {
  readonly settings: Settings;
  /** In epoch seconds. */
  readonly now: () => number;
}

/**
 * Settles when links shall end, in epoch seconds: what the caller says, else what a person is asked
 * under a title, else the default.
 *
 * Errors: those of `expiresAt`.
 */
export async function settleEnd(
  expiry: Expiry | undefined,
  isUnasked: boolean,
  title: string,
  { settings, now }: EndSource,
): Promise<Outcome<number>> {
  const choices = expiryChoices(settings);
  if (isUnasked || expiry !== undefined) {
    return expiresAt(expiry ?? choices.standard.expiry, now(), choices.maximum);
  }
  const picked = await pickExpiry(choices, title, now);
  return picked.kind === 'picked' ? ok(picked.choice.end) : cancelled;
}

/** The ends that the settings offer. */
export function expiryChoices(settings: Settings): ExpiryChoices {
  return {
    standard: settings.get('expiry.default'),
    presets: settings.get('expiry.presets'),
    maximum: settings.get('expiry.maximum'),
  };
}

/** What a prompt is about: `Signed URL for a.zip`, `Signed URLs for 3 objects`. */
export function titleOf(what: string, locations: readonly S3Location[]): string {
  const [first] = locations;
  return first !== undefined && locations.length === 1
    ? `${what} for ${visibleText(baseName(first.key))}`
    : `${what}s for ${locations.length} objects`;
}
