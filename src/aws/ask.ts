import { cancelled, fail, ok, type Outcome } from '../core/outcome.ts';
import { serviceProblem, type FailedRequest } from './translateError.ts';

/** Thrown where the user gives up a prompt that a request waits for: that is no problem. */
export class GivenUp extends Error {}

/**
 * Asks a service something, and translates what it fails with. An answer that crosses the
 * cancellation is not delivered.
 */
export async function ask<T>(
  request: FailedRequest,
  signal: AbortSignal,
  send: () => Promise<T>,
): Promise<Outcome<T>> {
  if (signal.aborted) return cancelled;
  try {
    const answer = await send();
    return signal.aborted ? cancelled : ok(answer);
  } catch (error) {
    return signal.aborted || error instanceof GivenUp
      ? cancelled
      : fail(serviceProblem(error, request));
  }
}

/**
 * What a service gives, or undefined where it says that there is no such thing.
 *
 * @param code of the error by which it says so
 */
export async function unlessAbsent<T>(
  code: string,
  send: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await send();
  } catch (error) {
    if (error instanceof Error && error.name === code) return undefined;
    throw error;
  }
}
