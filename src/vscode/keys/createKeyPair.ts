import { randomUUID } from 'node:crypto';
import type { KeyGroup } from '../../core/cloudfront/account.ts';
import { mayBeMade } from '../../core/cloudfront/cloudFrontWriter.ts';
import { carryOut, uploadChanges, type KeyGroupChoice } from '../../core/keys/keyChange.ts';
import type { NewKeyOptions } from '../../core/keys/keyPairOptions.ts';
import { newKeyPair } from '../../core/keys/newKeyPair.ts';
import type { KeyKind } from '../../core/keys/privateKey.ts';
import { cancelled, fail, ok, type Outcome, type Result } from '../../core/outcome.ts';
import type { Settings } from '../settings.ts';
import { askForName } from './importPrivateKey.ts';
import type { KeyAccount } from './keyAccount.ts';
import type { KeyRing, PendingKey, StoredKey } from './keyRing.ts';
import { pickKeyKind } from './pickKeyKind.ts';
import type { KeyUploader } from './uploadPublicKey.ts';

/** Makes a key pair and keeps its private half, which has no ID yet. */
export async function makeKey(kind: KeyKind, name: string): Promise<PendingKey> {
  return { ...(await newKeyPair(kind)), name, pendingId: randomUUID() };
}

/** Asks what key to make, and keeps it. */
export async function askForNewKey({
  keys,
  settings,
}: {
  readonly keys: KeyRing;
  readonly settings: Settings;
}): Promise<Outcome<PendingKey>> {
  const kind = await pickKeyKind('Create Key Pair', 'RSA 2048', settings.get('link.hashAlgorithm'));
  if (kind === undefined) return cancelled;
  const today = new Date().toISOString().slice(0, 10);
  const name = await askForName(`signing-key-${today}`);
  if (name === undefined) return cancelled;
  const key = await makeKey(kind, name);
  const kept = await keys.putPending(key);
  return kept.kind === 'ok' ? ok(key) : kept;
}

/**
 * Makes a key as a script says, and uploads its public half where it says so. What fails before the
 * account has the public half leaves nothing behind; where nobody can say whether it has, the key
 * waits for its ID.
 */
export async function createScripted(
  { kind, name, upload }: NewKeyOptions,
  { keys, openAccount }: KeyUploader,
): Promise<Outcome<PendingKey | StoredKey>> {
  const { signal } = new AbortController();
  const opened = upload && (await openAccount(true, signal));
  if (opened !== undefined && opened.kind !== 'ok') return opened;
  const choice = opened && chooseKeyGroup(upload?.keyGroup, opened.value);
  if (choice !== undefined && choice.kind !== 'ok') return choice;
  const key = await makeKey(kind, name);
  const kept = await keys.putPending(key);
  if (kept.kind !== 'ok') return kept;
  if (opened === undefined || choice === undefined) return ok(key);

  let isUploaded = false;
  let settled: StoredKey | undefined;
  const changed = await carryOut(uploadChanges(key, undefined, choice.value), {
    writer: opened.value.writer,
    signal,
    onPublicKey: async (keyPairId) => {
      isUploaded = true;
      const stored = await keys.settle(key, keyPairId);
      if (stored.kind !== 'ok') return stored;
      settled = stored.value;
      return ok(undefined);
    },
  });
  const isUnsettled = changed.kind === 'problem' && mayBeMade(changed.problem);
  if (!isUploaded && !isUnsettled) await keys.removePending(key.pendingId);
  if (changed.kind !== 'ok') return changed;
  return ok(settled ?? key);
}

function chooseKeyGroup(
  wanted: string | undefined,
  { keyGroups }: KeyAccount,
): Result<KeyGroupChoice> {
  if (wanted === undefined) return ok({ kind: 'none' });
  if (keyGroups.kind !== 'ok') return keyGroups;
  const keyGroup = findKeyGroup(wanted, keyGroups.value);
  if (keyGroup !== undefined) return ok({ kind: 'existing', keyGroup });
  const names = keyGroups.value.map(({ name }) => name).join(', ');
  const detail = `The account has no such key group. There are: ${names || 'none'}.`;
  return fail({ code: 'option-invalid', option: 'upload.keyGroup', detail });
}

function findKeyGroup(wanted: string, keyGroups: readonly KeyGroup[]): KeyGroup | undefined {
  return keyGroups.find(({ id }) => id === wanted) ?? keyGroups.find(({ name }) => name === wanted);
}
