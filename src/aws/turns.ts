import { setImmediate as nextTurn } from 'node:timers/promises';

/**
 * Makes what does works one after the other, each in a turn of the event loop of its own: many answers
 * that come at once do not hold up everybody else.
 */
export function createTurns(): <T>(work: () => T) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const done = last.then(() => nextTurn()).then(work);
    last = done.catch(() => undefined);
    return done;
  };
}
