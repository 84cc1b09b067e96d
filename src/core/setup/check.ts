import type { Problem } from '../problem.ts';
import type { Change } from './change.ts';
import type { SetupFacts } from './facts.ts';

/** What a check found. Texts are whole sentences. */
export type Verdict =
  | { readonly kind: 'holds'; readonly seen: string }
  /** Links do not work, or open more than they should, until it is mended. */
  | { readonly kind: 'fails'; readonly seen: string; readonly mend: Mend }
  /** Nothing is wrong, but there is something to know. */
  | { readonly kind: 'noted'; readonly seen: string }
  /** It could not be looked at; `access-denied` names the permission that is missing. */
  | { readonly kind: 'unknown'; readonly problem: Problem }
  /** It depends on a check that failed, or there is nothing it could be about. */
  | { readonly kind: 'skipped'; readonly reason: string };

/** What makes a failed check hold. */
export interface Mend {
  /** What is to be done, in a sentence. */
  readonly advice: string;
  /** The changes of the account, in their order; empty where none of them is the cure. */
  readonly changes: readonly Change[];
  /** A command of this extension that cures it, such as the import of another key. */
  readonly command?: { readonly title: string; readonly command: string };
}

/** One thing that has to be right for a link to work, or for the bucket to stay closed. */
export interface Check {
  /** Stable: tests and reports name it. */
  readonly id: string;
  /** What is right, as a statement: `The bucket policy lets the distribution read`. */
  readonly title: string;
  /** Why it matters, in a sentence or two, with the AWS page as the last word of its doc comment. */
  readonly why: string;
  /** Checks that have to hold before this one makes sense. */
  readonly after: readonly string[];
  judge(facts: SetupFacts): Verdict;
}

/** A check with its verdict, as a report lists it. */
export interface CheckResult {
  readonly check: Check;
  readonly verdict: Verdict;
}
