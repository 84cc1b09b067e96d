import type { Action } from '../problem.ts';
import type { CheckResult, Mend, Verdict } from './check.ts';
import { plainChange, type PlainChange } from './plainChange.ts';
import { seenText } from './report.ts';
import { summarize } from './summary.ts';

/** What came of checking a set-up, as plain data. Nothing in it is a secret. */
export interface PlainReport {
  /** In a sentence or two. */
  readonly summary: string;
  /** Every check, in the order of a link's way: the first that fails is the cause to mend first. */
  readonly checks: readonly PlainCheck[];
}

/** A check with what was found. */
export interface PlainCheck {
  /** Stable, such as `bucket-policy`. */
  readonly id: string;
  /** What is right where it holds: `The bucket policy lets the distribution read`. */
  readonly title: string;
  /**
   * `noted`: nothing is wrong, but there is something to know; `unknown`: it could not be looked at;
   * `skipped`: it depends on a check that fails.
   */
  readonly verdict: Verdict['kind'];
  /** What was seen, or why nothing was, in whole sentences. */
  readonly seen: string;
  /** The IAM action that is missing to see more, such as `s3:GetBucketPolicy`. */
  readonly permission?: string;
  /** Why it matters; given where there is something to do or to know. */
  readonly why?: string;
  readonly mend?: PlainMend;
}

/** What makes a check hold. */
export interface PlainMend {
  readonly advice: string;
  /** The changes of the account that it takes, in their order; empty where none is the cure. */
  readonly changes: readonly PlainChange[];
  /** The command of VS Code that cures it. */
  readonly action?: Action;
}

/** Brings the results of checks into plain data. */
export function plainReport(results: readonly CheckResult[]): PlainReport {
  return { summary: summarize(results).text, checks: results.map(plainCheck) };
}

function plainCheck({ check, verdict }: CheckResult): PlainCheck {
  const { id, title, why } = check;
  const isOfInterest = verdict.kind === 'fails' || verdict.kind === 'noted';
  const mend = 'mend' in verdict ? verdict.mend : undefined;
  return {
    id,
    title,
    verdict: verdict.kind,
    seen: seenText(verdict),
    ...(verdict.kind === 'unknown' &&
      verdict.problem.code === 'access-denied' && { permission: verdict.problem.permission }),
    ...(isOfInterest && { why }),
    ...(mend && { mend: plainMend(mend) }),
  };
}

function plainMend({ advice, changes, action }: Mend): PlainMend {
  return { advice, changes: changes.map(plainChange), ...(action && { action }) };
}
