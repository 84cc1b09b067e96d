import type { CacheBehavior } from '../cloudfront/account.ts';
import type { Problem } from '../problem.ts';
import type { Mend, Verdict } from './check.ts';
import type { LinkRoute, Seen, SetupFacts } from './facts.ts';

export function holds(seen: string): Verdict {
  return { kind: 'holds', seen };
}

export function fails(seen: string, mend: Mend): Verdict {
  return { kind: 'fails', seen, mend };
}

export function noted(seen: string, mend?: Mend): Verdict {
  return { kind: 'noted', seen, ...(mend && { mend }) };
}

export function unknown(problem: Problem): Verdict {
  return { kind: 'unknown', problem };
}

export function skipped(reason: string): Verdict {
  return { kind: 'skipped', reason };
}

/** Judges a fact, or says what kept it from being seen. */
export function ofSeen<T>(seen: Seen<T>, judge: (value: T) => Verdict): Verdict {
  return seen.kind === 'ok' ? judge(seen.value) : unknown(seen.problem);
}

/** Judges the way that a link takes, or says why none is known. */
export function ofRoute(
  { route, distributions }: SetupFacts,
  judge: (route: LinkRoute) => Verdict,
): Verdict {
  if (route !== undefined) return judge(route);
  return distributions.kind === 'ok'
    ? skipped('No distribution leads to the bucket.')
    : unknown(distributions.problem);
}

/** Judges the behavior that takes the path of a link, or says why none is known. */
export function ofBehavior(
  facts: SetupFacts,
  judge: (behavior: CacheBehavior, route: LinkRoute) => Verdict,
): Verdict {
  return ofRoute(facts, (route) =>
    route.behavior === undefined
      ? skipped('No behavior of the distribution leads to the bucket.')
      : judge(route.behavior, route),
  );
}

/** The reason of checks that need an object where there is none. */
export const NO_OBJECT = skipped('There is no object to try in the bucket.');
