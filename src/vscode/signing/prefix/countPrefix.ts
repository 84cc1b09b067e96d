import { setTimeout as sleep } from 'node:timers/promises';
import type { Session } from '../../../core/credentials/session.ts';
import { countText } from '../../../core/cloudfront/prefix/prefixText.ts';
import { cancelled, ok, type Outcome, type Result } from '../../../core/outcome.ts';
import { countObjects, type ObjectCount } from '../../../core/s3/countObjects.ts';
import type { S3Place } from '../../../core/s3/location.ts';
import { cancellable } from '../../cancellable.ts';

/** How long a person waits for the number, in milliseconds. */
const PATIENCE = 3000;

/** A count that goes on while a person is asked something else. */
export interface PrefixCount {
  /** What there is, or is so far after a moment; a problem where it cannot be counted. */
  soFar(): Promise<Outcome<Result<ObjectCount>>>;
  stop(): void;
}

/** Counts the objects of a place, in a session that is there without a question. */
export function countPrefix(
  place: S3Place,
  openSession: () => Promise<Outcome<Session>>,
): PrefixCount {
  const abort = new AbortController();
  let latest: ObjectCount = { objects: 0, bytes: 0, isWhole: false };
  let onCount: ((soFar: ObjectCount) => void) | undefined;

  async function count(): Promise<Result<ObjectCount>> {
    const session = await openSession();
    if (session.kind === 'problem') return session;
    if (session.kind === 'cancelled') return ok(latest);
    return countObjects(place, session.value.store, abort.signal, (soFar) => {
      latest = soFar;
      onCount?.(soFar);
    });
  }

  const counting = count();
  return {
    async soFar() {
      const counted = await cancellable('Counting objects…', async (byUser, report) => {
        onCount = (soFar) => report(countText(soFar));
        const late = sleep(PATIENCE, undefined, { signal: byUser }).then(
          () => ok(latest),
          () => undefined,
        );
        return Promise.race([counting, late]);
      });
      abort.abort();
      return counted === undefined ? cancelled : ok(counted);
    },
    stop: () => abort.abort(),
  };
}
