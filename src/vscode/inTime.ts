import { createContext, Script } from 'node:vm';

/** How long a piece of such work may take, in milliseconds: a hundred times what it usually does. */
const LONGEST = 500;

const context = createContext({});
const call = new Script('work()');

/** What is said of a regular expression that tries too much. */
export const TOO_SLOW =
  'It takes too long for some of the keys. Repetitions within repetitions do that, as in (a+)+.';

/**
 * Does a piece of work that may try a regular expression of the user's, which can take years for a
 * single key and holds up everybody meanwhile: nothing but `node:vm` stops one on this thread.
 *
 * @returns what the work gives; undefined where it was stopped
 */
export function inTime<T>(work: () => T): { readonly value: T } | undefined {
  let done: { readonly value: T } | undefined;
  context['work'] = () => {
    done = { value: work() };
  };
  try {
    call.runInContext(context, { timeout: LONGEST });
  } catch (error) {
    if (!isTimeout(error)) throw error;
  }
  return done;
}

/** It is an error of the other context. */
function isTimeout(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
  );
}
