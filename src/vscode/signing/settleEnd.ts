import { expiresAt, type Expiry } from '../../core/expiry.ts';
import { cancelled, ok, type Outcome } from '../../core/outcome.ts';
import { baseName } from '../../core/s3/baseName.ts';
import type { S3Location } from '../../core/s3/location.ts';
import { visibleText } from '../../core/s3/visibleText.ts';
import type { Settings } from '../settings.ts';
import { pickExpiry } from './pickExpiry.ts';

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
  const standard = settings.get('expiry.default');
  const maximum = settings.get('expiry.maximum');
  if (isUnasked || expiry !== undefined) {
    return expiresAt(expiry ?? standard.expiry, now(), maximum);
  }
  const choices = { standard, presets: settings.get('expiry.presets'), maximum };
  const end = await pickExpiry(choices, title, now);
  return end === undefined ? cancelled : ok(end);
}

/** What a prompt is about: `Signed URL for a.zip`, `Signed URLs for 3 objects`. */
export function titleOf(what: string, locations: readonly S3Location[]): string {
  const [first] = locations;
  return first !== undefined && locations.length === 1
    ? `${what} for ${visibleText(baseName(first.key))}`
    : `${what}s for ${locations.length} objects`;
}
