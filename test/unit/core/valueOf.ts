import type { Outcome } from '../../../src/core/outcome.ts';

/** What a success holds. A problem fails the test that did not expect it. */
export function valueOf<T>(outcome: Outcome<T>): T {
  if (outcome.kind !== 'ok') throw new Error(`Not a success: ${JSON.stringify(outcome)}`);
  return outcome.value;
}
