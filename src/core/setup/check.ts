import type { Action, Problem } from '../problem.ts';
import type { Change } from './change.ts';
import type { SetupFacts } from './facts.ts';

/** What a check found. Texts are whole sentences, plain and not Markdown. */
export type Verdict =
  | { readonly kind: 'holds'; readonly seen: string }
  /** Links do not work, or open more than they should, until it is mended. */
  | { readonly kind: 'fails'; readonly seen: string; readonly mend: Mend }
  /** Nothing is wrong, but there is something to know, and mostly something that could be better. */
  | { readonly kind: 'noted'; readonly seen: string; readonly mend?: Mend }
  /** It could not be looked at; `access-denied` names the permission that is missing. */
  | { readonly kind: 'unknown'; readonly problem: Problem }
  /** It depends on a check that failed, or there is nothing it could be about. */
  | { readonly kind: 'skipped'; readonly reason: string };

/** What makes a check hold. */
export interface Mend {
  /** What is to be done, in a sentence or two. */
  readonly advice: string;
  /** The changes of the account, in their order; empty where none of them is the cure. */
  readonly changes: readonly Change[];
  /** What of VS Code cures it, such as the import of another key. */
  readonly action?: Action;
}

/** What checks are about, in the order in which a report has them: the way that a link takes. */
export type Topic =
  | 'The object'
  | 'The distribution'
  | 'The signature'
  | 'The way to S3'
  | 'The bucket'
  | 'The proof';

/** One thing that has to be right for a link to work, or for the bucket to stay closed. */
export interface Check {
  /** Stable: tests and reports name it. */
  readonly id: string;
  readonly topic: Topic;
  /** What is right, as a statement: `The bucket policy lets the distribution read`. */
  readonly title: string;
  /** Why it matters, in a sentence or two. */
  readonly why: string;
  /** The IDs of checks that this one says nothing new about, or nothing true, where they fail. */
  readonly after: readonly string[];
  judge(facts: SetupFacts): Verdict;
}

/** A check with its verdict, as a report lists it. */
export interface CheckResult {
  readonly check: Check;
  readonly verdict: Verdict;
}
