import type { SignBatch } from '../../core/cloudfront/signBatch.ts';
import { signObject } from '../../core/cloudfront/signObject.ts';
import type { SignPolicy } from '../../core/cloudfront/signedUrl.ts';
import { cancelled, ok, type Outcome, type Result } from '../../core/outcome.ts';
import { takingTurns } from '../takingTurns.ts';

/**
 * Signs objects on this thread and one batch after the other: what all of them share is made once, and
 * others have a turn in between.
 */
export function signHere(signPolicy: SignPolicy): SignBatch {
  const giveTurn = takingTurns();
  let before: Promise<unknown> = Promise.resolve();

  const signNow: SignBatch = async (keys, signing, signal) => {
    const results: Result<string>[] = [];
    for (const key of keys) {
      if (signal.aborted) return cancelled;
      results.push(signObject(key, signing, signPolicy));
      await giveTurn();
    }
    return ok(results);
  };

  return (...batch) => {
    const signed: Promise<Outcome<readonly Result<string>[]>> = before.then(() =>
      signNow(...batch),
    );
    before = signed;
    return signed;
  };
}
