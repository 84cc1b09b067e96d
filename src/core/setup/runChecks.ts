import type { Check, CheckResult, Verdict } from './check.ts';
import { CHECKS } from './checks.ts';
import type { SetupFacts } from './facts.ts';

/**
 * Judges facts by every check, in the order of the checks. One that depends on a check that failed is
 * skipped and names it, also where others lie between.
 */
export function runChecks(
  facts: SetupFacts,
  checks: readonly Check[] = CHECKS,
): readonly CheckResult[] {
  const causes = new Map<string, Check>();
  return checks.map((check): CheckResult => {
    const cause = check.after.map((id) => causes.get(id)).find((one) => one !== undefined);
    const verdict: Verdict = cause
      ? { kind: 'skipped', reason: `First this has to hold: “${cause.title}”.` }
      : check.judge(facts);
    if (cause !== undefined) causes.set(check.id, cause);
    else if (verdict.kind === 'fails') causes.set(check.id, check);
    return { check, verdict };
  });
}
