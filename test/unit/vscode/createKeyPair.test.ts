import { describe, expect, it, vi } from 'vitest';
import { fail, ok } from '../../../src/core/outcome.ts';
import type { Problem } from '../../../src/core/problem.ts';
import { createScripted } from '../../../src/vscode/keys/createKeyPair.ts';
import type { KeyAccount } from '../../../src/vscode/keys/keyAccount.ts';
import type { KeyRing, PendingKey } from '../../../src/vscode/keys/keyRing.ts';

vi.mock('vscode', () => ({}));

/** The names of the keys that wait after CloudFront could not be had to take one. */
async function waitingAfter(problem: Problem): Promise<readonly string[]> {
  const waiting = new Map<string, PendingKey>();
  // @ts-expect-error Nothing else of the key ring is asked here.
  const keys: KeyRing = {
    putPending: async (key) => ok(void waiting.set(key.pendingId, key)),
    removePending: async (id) => ok(void waiting.delete(id)),
  };
  const account: KeyAccount = {
    // @ts-expect-error Nothing else is changed here.
    writer: { createPublicKey: async () => fail(problem) },
  };
  const made = await createScripted(
    { kind: 'ECDSA P-256', name: 'Release key', upload: {} },
    { keys, openAccount: async () => ok(account) },
  );
  expect(made).toEqual(fail(problem));
  return [...waiting.values()].map(({ name }) => name);
}

describe('a key pair that a script has made and uploaded', () => {
  it('leaves nothing behind where CloudFront refuses its public half', async () => {
    const problem: Problem = { code: 'quota-reached', quota: 'public keys in an account' };
    expect(await waitingAfter(problem)).toEqual([]);
  });

  it('waits for its ID where no answer says whether CloudFront has taken it', async () => {
    const service = 'CloudFront';
    for (const problem of [
      { code: 'network-unreachable', service, detail: 'socket hang up' },
      { code: 'service-failed', service, detail: 'InternalFailure (500)' },
      { code: 'throttled' },
    ] as const) {
      expect(await waitingAfter(problem)).toEqual(['Release key']);
    }
  });
});
