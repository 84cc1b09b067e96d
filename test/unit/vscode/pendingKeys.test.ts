import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PublicKey } from '../../../src/core/cloudfront/account.ts';
import type { Session } from '../../../src/core/credentials/session.ts';
import { newKeyPair } from '../../../src/core/keys/newKeyPair.ts';
import type { PrivateKeyText } from '../../../src/core/keys/privateKey.ts';
import { ok, type Outcome } from '../../../src/core/outcome.ts';
import { createKeyRing, type KeyRing, type PendingKey } from '../../../src/vscode/keys/keyRing.ts';
import { createPendingKeys } from '../../../src/vscode/keys/pendingKeys.ts';
import { secretsInMemory } from './secretsInMemory.ts';
import { silentLog } from './silentLog.ts';

vi.mock('vscode', () => ({
  window: { onDidChangeWindowState: () => ({ dispose: () => undefined }) },
}));

const ID = 'K2JCJMDEHXQW5F';
let pair: PrivateKeyText;
let otherPair: PrivateKeyText;
let pending: PendingKey;
let keys: KeyRing;

beforeAll(async () => {
  [pair, otherPair] = await Promise.all([newKeyPair('ECDSA P-256'), newKeyPair('ECDSA P-256')]);
});
beforeEach(async () => {
  keys = createKeyRing(secretsInMemory(), () => undefined);
  pending = { ...pair, pendingId: 'pending', name: 'My key' };
  await keys.putPending(pending);
});

/** Looks into an account that knows the key that waits, with something happening meanwhile. */
async function look(meanwhile: () => Promise<unknown> = async () => undefined) {
  const known: PublicKey = { id: ID, name: 'signer', encodedKey: pair.publicKeyPem };
  const cloudFront = {
    forget: () => undefined,
    listPublicKeys: async () => {
      await meanwhile();
      return ok([known]);
    },
  };
  // @ts-expect-error Nothing else of a session takes part here.
  const openSession = async (): Promise<Outcome<Session>> => ok({ cloudFront });
  return createPendingKeys(keys, openSession, silentLog).look();
}

async function kept() {
  return [await keys.list(), await keys.listPending()].map((list) =>
    list.kind === 'ok' ? list.value : list,
  );
}

describe('a key that waits for its ID', () => {
  it('gets the one that CloudFront knows it by', async () => {
    const key = { ...pair, keyPairId: ID, name: 'My key' };
    expect(await look()).toEqual(ok([key]));
    expect(await kept()).toEqual([[key], []]);
  });

  it('does not come back where it is deleted meanwhile', async () => {
    expect(await look(() => keys.removePending(pending.pendingId))).toEqual(ok([]));
    expect(await kept()).toEqual([[], []]);
  });

  it('keeps the name that it is given meanwhile', async () => {
    await look(() => keys.putPending({ ...pending, name: 'Its new name' }));
    expect(await kept()).toEqual([[{ ...pair, keyPairId: ID, name: 'Its new name' }], []]);
  });

  it('is no second one where it was imported under the ID', async () => {
    const imported = { ...pair, keyPairId: ID, name: 'Imported' };
    expect(await look(() => keys.put(imported))).toEqual(ok([]));
    expect(await kept()).toEqual([[imported], []]);
  });

  it('takes the place of no other key that is kept under the ID', async () => {
    const other = { ...otherPair, keyPairId: ID, name: 'Another' };
    await keys.put(other);
    expect(await look()).toEqual(ok([]));
    expect(await kept()).toEqual([[other], [pending]]);
  });
});
