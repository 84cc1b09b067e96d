import type {
  CacheBehavior,
  CloudFrontReader,
  Distribution,
  PublicKey,
  QueryForwarding,
} from '../core/cloudfront/account.ts';
import type { AccountKeys } from '../core/cloudfront/keyMatch.ts';
import { forwardingOf } from '../core/cloudfront/queryForwarding.ts';
import type { Session } from '../core/credentials/session.ts';
import { cancelled, fail, ok, type Outcome } from '../core/outcome.ts';
import { problemWords, type Problem } from '../core/problem.ts';
import { showWhile } from './cancellable.ts';
import type { Log } from './log.ts';

/** How long the account may take to answer, in milliseconds. */
const PATIENCE = 10_000;

/** An account's CloudFront, as far as signing depends on it. */
export interface Account extends AccountKeys {
  readonly distributions: readonly Distribution[];
}

/**
 * What is found in the account by itself. The session remembers it, and is opened for it only where
 * that needs no question; a permission that is missing is logged once.
 */
export interface Discovery {
  /**
   * Cancelled where the user waits no longer, or would have to be asked for a code.
   *
   * @param patience how long it may take to answer, in milliseconds
   */
  account(isScripted: boolean, patience?: number): Promise<Outcome<Account>>;
  publicKeys(isScripted: boolean): Promise<Outcome<readonly PublicKey[]>>;
  /** What a behavior lets through of queries. */
  queryForwarding(behavior: CacheBehavior): Promise<Outcome<readonly QueryForwarding[]>>;
  /** For who shows nothing and waits for nothing. */
  distributions(): Promise<readonly Distribution[]>;
  /** Those that were found last, for who may not even ask. */
  seen(): readonly Distribution[];
}

export function createDiscovery(openSession: () => Promise<Outcome<Session>>, log: Log): Discovery {
  const told = new WeakSet<Problem>();
  let seen: readonly Distribution[] = [];

  function tell(outcome: Outcome<unknown>): void {
    if (outcome.kind !== 'problem' || told.has(outcome.problem)) return;
    told.add(outcome.problem);
    log.warn(`Not found by itself: ${problemWords(outcome.problem).title}`);
  }

  async function ask<T>(
    isScripted: boolean,
    read: (cloudFront: CloudFrontReader, signal: AbortSignal) => Promise<Outcome<T>>,
    patience = PATIENCE,
  ): Promise<Outcome<T>> {
    const byUser = new AbortController();
    const late = AbortSignal.timeout(patience);
    const signal = AbortSignal.any([byUser.signal, late]);
    const reading = openSession().then((session) =>
      session.kind === 'ok' ? read(session.value.cloudFront, signal) : session,
    );
    const answer = Promise.race([reading, aborted(signal)]);
    if (!isScripted) void showWhile('Looking into the account’s CloudFront…', answer, byUser);
    const outcome = await answer;
    return outcome.kind === 'cancelled' && late.aborted && !byUser.signal.aborted
      ? fail({
          code: 'network-unreachable',
          service: 'CloudFront',
          detail: `There was no answer within ${patience / 1000} seconds`,
        })
      : outcome;
  }

  /** What another profile has had is forgotten with the first answer to the new one. */
  function keep(outcome: Outcome<readonly Distribution[]>): void {
    if (outcome.kind !== 'cancelled') seen = valueOf(outcome) ?? [];
  }

  return {
    account: (isScripted, patience) =>
      ask(
        isScripted,
        async (cloudFront, signal) => {
          const [distributions, keyGroups, publicKeys] = await Promise.all([
            cloudFront.listDistributions(signal),
            cloudFront.listKeyGroups(signal),
            cloudFront.listPublicKeys(signal),
          ]);
          for (const outcome of [distributions, keyGroups, publicKeys]) tell(outcome);
          keep(distributions);
          return distributions.kind === 'ok'
            ? ok({
                distributions: distributions.value,
                keyGroups: valueOf(keyGroups),
                publicKeys: valueOf(publicKeys),
              })
            : distributions;
        },
        patience,
      ),
    publicKeys: (isScripted) =>
      ask(isScripted, async (cloudFront, signal) => {
        const listed = await cloudFront.listPublicKeys(signal);
        tell(listed);
        return listed;
      }),
    queryForwarding: (behavior) =>
      ask(true, (cloudFront, signal) => forwardingOf(behavior, cloudFront, signal)),
    async distributions() {
      const listed = await ask(true, (cloudFront, signal) => cloudFront.listDistributions(signal));
      tell(listed);
      keep(listed);
      return valueOf(listed) ?? [];
    },
    seen: () => seen,
  };
}

/** Looks into the account when it is first called, and gives the same answer from then on. */
export function lookOnce(
  discovery: Discovery,
  isScripted: boolean,
): () => Promise<Outcome<Account>> {
  let looking: Promise<Outcome<Account>> | undefined;
  return () => (looking ??= discovery.account(isScripted));
}

function valueOf<T>(outcome: Outcome<T>): T | undefined {
  return outcome.kind === 'ok' ? outcome.value : undefined;
}

async function aborted(signal: AbortSignal): Promise<Outcome<never>> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(cancelled), { once: true });
  });
}
