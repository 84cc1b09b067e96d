import type { Session } from '../../core/credentials/session.ts';
import type { Problem } from '../../core/problem.ts';
import type { S3Location } from '../../core/s3/location.ts';

/** How many objects are looked at, and how many at once: a look is a courtesy, not an audit. */
const MAXIMUM_LOOKS = 100;
const AT_ONCE = 10;

/** A look at objects that goes on beside the signing. */
export interface Look {
  /** What has been found by then, once all is seen or the time, in milliseconds, is over. */
  findings(patience: number): Promise<readonly Problem[]>;
}

/**
 * Looks whether the objects are there and can be served. Only what S3 says for certain counts: who
 * may not look, or cannot reach S3, can sign all the same.
 */
export function lookAtObjects(
  locations: readonly S3Location[],
  session: Session | undefined,
): Look {
  const found: Problem[] = [];
  const abort = new AbortController();
  const waiting = locations.slice(0, MAXIMUM_LOOKS);

  async function look(store: Session['store']): Promise<void> {
    for (let location = waiting.shift(); location; location = waiting.shift()) {
      const facts = await store.headObject(location, abort.signal);
      if (facts.kind === 'problem' && facts.problem.code === 'object-missing') {
        found.push(facts.problem);
      } else if (facts.kind === 'ok' && facts.value.archived) {
        const { storageClass } = facts.value;
        found.push({ code: 'object-archived', location, storageClass });
      }
    }
  }

  const whole =
    session === undefined
      ? Promise.resolve()
      : Promise.all(Array.from({ length: AT_ONCE }, () => look(session.store)));
  return {
    async findings(patience) {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, patience);
      });
      await Promise.race([whole, late]);
      clearTimeout(timer);
      abort.abort();
      return found;
    },
  };
}
