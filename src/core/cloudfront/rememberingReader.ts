import { cancelled, type Outcome } from '../outcome.ts';
import type { CloudFrontReader } from './account.ts';

/** A reader that asks for each thing once. */
export interface RememberingReader extends CloudFrontReader {
  /** Has everything asked for anew from now on. */
  forget(): void;
}

type Ask<T> = (signal: AbortSignal) => Promise<Outcome<T>>;

/**
 * Remembers what a reader says, and that the profile may not have it said; any other failure is asked
 * again. Who asks meanwhile waits for the same answer, and whoever gives up waiting ends it for
 * nobody else.
 *
 * @param load gives the reader; called on first use
 */
export function rememberingReader(load: () => Promise<CloudFrontReader>): RememberingReader {
  let loaded: Promise<CloudFrontReader> | undefined;
  const reader = (): Promise<CloudFrontReader> =>
    (loaded ??= load().catch((error: unknown) => {
      loaded = undefined;
      throw error;
    }));

  function beginAnew(): CloudFrontReader {
    return {
      listDistributions: once(async (signal) => (await reader()).listDistributions(signal)),
      listPublicKeys: once(async (signal) => (await reader()).listPublicKeys(signal)),
      listKeyGroups: once(async (signal) => (await reader()).listKeyGroups(signal)),
      getOriginAccessControl: onceEach(async (id, signal) =>
        (await reader()).getOriginAccessControl(id, signal),
      ),
      getCachePolicy: onceEach(async (id, signal) => (await reader()).getCachePolicy(id, signal)),
      getOriginRequestPolicy: onceEach(async (id, signal) =>
        (await reader()).getOriginRequestPolicy(id, signal),
      ),
    };
  }

  let current = beginAnew();
  return {
    listDistributions: (signal) => current.listDistributions(signal),
    listPublicKeys: (signal) => current.listPublicKeys(signal),
    listKeyGroups: (signal) => current.listKeyGroups(signal),
    getOriginAccessControl: (id, signal) => current.getOriginAccessControl(id, signal),
    getCachePolicy: (id, signal) => current.getCachePolicy(id, signal),
    getOriginRequestPolicy: (id, signal) => current.getOriginRequestPolicy(id, signal),
    forget() {
      current = beginAnew();
    },
  };
}

function once<T>(ask: Ask<T>): Ask<T> {
  let answer: Promise<Outcome<T>> | undefined;
  return (signal) => {
    if (answer === undefined) {
      const asked = ask(new AbortController().signal);
      answer = asked;
      const forget = (): void => {
        answer = undefined;
      };
      void asked.then((outcome) => {
        const isLasting =
          outcome.kind === 'ok' ||
          (outcome.kind === 'problem' && outcome.problem.code === 'access-denied');
        if (!isLasting) forget();
      }, forget);
    }
    return unless(signal, answer);
  };
}

function onceEach<T>(
  ask: (id: string, signal: AbortSignal) => Promise<Outcome<T>>,
): (id: string, signal: AbortSignal) => Promise<Outcome<T>> {
  const asks = new Map<string, Ask<T>>();
  return (id, signal) => {
    const known = asks.get(id) ?? once((own) => ask(id, own));
    asks.set(id, known);
    return known(signal);
  };
}

/** Waits for an answer unless a signal fires. */
async function unless<T>(signal: AbortSignal, answer: Promise<Outcome<T>>): Promise<Outcome<T>> {
  if (signal.aborted) return cancelled;
  return new Promise((resolve, reject) => {
    const giveUp = (): void => resolve(cancelled);
    signal.addEventListener('abort', giveUp);
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
  });
}
