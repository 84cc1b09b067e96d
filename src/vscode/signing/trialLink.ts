import type { Endpoint } from '../../core/cloudfront/distribution.ts';
import { signObject } from '../../core/cloudfront/signObject.ts';
import type { SigningKey, SignPolicy } from '../../core/cloudfront/signedUrl.ts';
import type { Result } from '../../core/outcome.ts';
import type { Settings } from '../settings.ts';

/** How long a link lives that is made to be tried, in seconds. */
export const TRIAL_LIFE = 300;

/** How long whoever is tried may take to answer, in milliseconds. */
export const TRIAL_PATIENCE = 10_000;

/** What trying links needs. */
export interface TrialSource {
  readonly settings: Settings;
  readonly signPolicy: SignPolicy;
  /** In epoch seconds. */
  readonly now: () => number;
}

/** A link of an object that lives for minutes. Errors: those of `signObject`. */
export function trialLink(
  objectKey: string,
  endpoint: Endpoint,
  key: SigningKey,
  { settings, signPolicy, now }: TrialSource,
): Result<string> {
  const hashAlgorithm = settings.get('link.hashAlgorithm');
  const grant = { expiresAt: now() + TRIAL_LIFE, hashAlgorithm, query: {} };
  return signObject(objectKey, { endpoint, key, grant }, signPolicy);
}
