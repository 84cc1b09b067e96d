import type { Problem } from './problem.ts';

/** What was asked for. */
export interface Success<T> {
  readonly kind: 'ok';
  readonly value: T;
}

/** An expected failure, told as a value. */
export interface Failure {
  readonly kind: 'problem';
  readonly problem: Problem;
}

/** The user, or what supersedes the work, gave it up: silent everywhere. */
export interface Cancelled {
  readonly kind: 'cancelled';
}

/** The result of work that cannot be cancelled. */
export type Result<T> = Success<T> | Failure;

/** The result of work that asks the user something, or that a signal can end. */
export type Outcome<T> = Result<T> | Cancelled;

export const cancelled: Cancelled = { kind: 'cancelled' };

export function ok<T>(value: T): Success<T> {
  return { kind: 'ok', value };
}

export function fail(problem: Problem): Failure {
  return { kind: 'problem', problem };
}
