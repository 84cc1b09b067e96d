import { setImmediate } from 'node:timers/promises';

/** How long work may keep the extension host from answering, in milliseconds. */
const SLICE = 8;

/** Waits until others have had a turn, where the last one is over; gives undefined where it is not. */
export type GiveTurn = () => Promise<void> | undefined;

/** For work in many steps, which calls what it gets after each of them. */
export function takingTurns(): GiveTurn {
  let begun = performance.now();
  return () => {
    if (performance.now() - begun < SLICE) return undefined;
    return setImmediate().then(() => {
      begun = performance.now();
    });
  };
}
