import type { Outcome, Result } from '../outcome.ts';
import type { Signing } from './signObject.ts';

/**
 * Signs several objects alike, wherever that is done, and checks each URL as `signObject` does.
 *
 * @param keys of the objects, as S3 has them
 * @returns what each came to, in the order of the keys; `cancelled` as soon as the signal fires
 *
 * Errors: `signing-failed` where none could be signed, whichever it is.
 */
export type SignBatch = (
  keys: readonly string[],
  signing: Signing,
  signal: AbortSignal,
) => Promise<Outcome<readonly Result<string>[]>>;
