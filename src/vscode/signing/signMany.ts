import { setImmediate } from 'node:timers/promises';
import { signObject, type Grant } from '../../core/cloudfront/signObject.ts';
import type { SignPolicy } from '../../core/cloudfront/signedUrl.ts';
import type { Link } from '../../core/linkFormats/link.ts';
import { cancelled, ok, type Outcome } from '../../core/outcome.ts';
import type { Problem } from '../../core/problem.ts';
import type { S3Location } from '../../core/s3/location.ts';
import type { Choice } from './chooseDistribution.ts';

/** How long signing may keep the extension host from answering, in milliseconds. */
const SLICE = 10;

/** What came of signing several objects. */
export interface SignedObjects {
  readonly signed: readonly Link[];
  /** Why the others could not be signed. */
  readonly problems: readonly Problem[];
}

/** Signs objects one after another, and lets others have a turn in between. */
export async function signMany(
  locations: readonly S3Location[],
  plan: readonly Choice[],
  grant: Grant,
  signPolicy: SignPolicy,
  onProgress: (done: number) => void,
  signal: AbortSignal,
): Promise<Outcome<SignedObjects>> {
  const signed: Link[] = [];
  const problems: Problem[] = [];
  let turn = performance.now();
  for (const [index, location] of locations.entries()) {
    const choice = plan[index];
    if (choice === undefined) break;
    const url = signObject(location.key, { ...choice, grant }, signPolicy);
    if (url.kind === 'ok') {
      const { keyPairId } = choice.key;
      signed.push({ location, url: url.value, signed: { keyPairId, grant } });
    } else problems.push(url.problem);
    if (performance.now() - turn < SLICE) continue;
    onProgress(index + 1);
    await setImmediate();
    if (signal.aborted) return cancelled;
    turn = performance.now();
  }
  return ok({ signed, problems });
}
