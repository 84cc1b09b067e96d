import type { CheckResult, Verdict } from './check.ts';
import { counted } from '../counted.ts';
import { listed } from './words.ts';

/** What came of all checks together. */
export interface SetupSummary {
  readonly counts: Readonly<Record<Verdict['kind'], number>>;
  /** The first failure: what to mend first, since what comes after may follow from it. */
  readonly cause: CheckResult | undefined;
  /** The permissions that kept checks from being made, each once. */
  readonly missingPermissions: readonly string[];
  /** One or two sentences. */
  readonly text: string;
}

/** Sums up the results of checks. */
export function summarize(results: readonly CheckResult[]): SetupSummary {
  const count = (kind: Verdict['kind']): number =>
    results.filter(({ verdict }) => verdict.kind === kind).length;
  const counts = {
    holds: count('holds'),
    fails: count('fails'),
    noted: count('noted'),
    unknown: count('unknown'),
    skipped: count('skipped'),
  };
  const cause = results.find(({ verdict }) => verdict.kind === 'fails');
  const missingPermissions = [
    ...new Set(
      results.flatMap(({ verdict }) =>
        verdict.kind === 'unknown' && verdict.problem.code === 'access-denied'
          ? [verdict.problem.permission]
          : [],
      ),
    ),
  ];
  return {
    counts,
    cause,
    missingPermissions,
    text: [finding(results.length, counts, cause), gap(counts.unknown, missingPermissions)]
      .filter((text) => text !== '')
      .join(' '),
  };
}

function finding(
  total: number,
  { fails, unknown }: SetupSummary['counts'],
  cause: CheckResult | undefined,
): string {
  if (cause?.verdict.kind === 'fails') {
    const how = fails === 1 ? '1 check fails' : `${fails} checks fail`;
    return `${how} of ${total}. ${fails === 1 ? '' : 'Begin with the first: '}${cause.verdict.seen}`;
  }
  return unknown === 0
    ? 'The set-up is right: links work, and nobody gets past them.'
    : 'Nothing that could be checked is wrong.';
}

function gap(unknown: number, permissions: readonly string[]): string {
  if (unknown === 0) return '';
  const which = permissions.length === 0 ? '' : `: the profile lacks ${listed(permissions)}`;
  return `${counted(unknown, 'check')} could not be made${which}.`;
}
