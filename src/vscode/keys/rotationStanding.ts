import type { Distribution, KeyGroup, PublicKey } from '../../core/cloudfront/account.ts';
import type { RotationOptions } from '../../core/keys/keyPairOptions.ts';
import { successorName } from '../../core/keys/rotation.ts';
import { fail, ok, type Outcome, type Result } from '../../core/outcome.ts';
import type { Settings } from '../settings.ts';
import { makeKey } from './createKeyPair.ts';
import { askForName } from './importPrivateKey.ts';
import type { KeyAccount } from './keyAccount.ts';
import type { KeyRing, PendingKey, StoredKey } from './keyRing.ts';
import { pickKeyKind } from './pickKeyKind.ts';
import type { KeyUploader } from './uploadPublicKey.ts';

/** What rotating a key takes. */
export interface Rotator extends KeyUploader {
  readonly settings: Settings;
  /** In epoch seconds. */
  readonly now: () => number;
}

/** What the account and the keys that are kept say of a rotation at this moment. */
export interface Standing {
  readonly old: StoredKey;
  /** The new key; undefined where none is made yet. */
  readonly successor: StoredKey | PendingKey | undefined;
  /** In epoch seconds: since when links are signed with it. */
  readonly since: number | undefined;
  readonly account: KeyAccount;
  readonly publicKeys: readonly PublicKey[];
  readonly keyGroups: readonly KeyGroup[];
  readonly distributions: readonly Distribution[];
}

/**
 * Looks where the rotation of a key stands.
 *
 * Errors: `private-key-missing`, `public-key-missing`, `account-differs`, those of the account.
 */
export async function lookAtRotation(
  keyPairId: string,
  isScripted: boolean,
  { keys, openAccount }: Rotator,
  signal: AbortSignal,
): Promise<Outcome<Standing>> {
  const old = await keys.find(keyPairId);
  if (old.kind !== 'ok') return old;
  if (old.value === undefined) return fail({ code: 'private-key-missing', keyPairId });
  const opened = await openAccount(isScripted, signal);
  if (opened.kind !== 'ok') return opened;
  const account = opened.value;
  const { publicKeys, keyGroups, distributions } = account;
  if (publicKeys.kind !== 'ok') return publicKeys;
  if (keyGroups.kind !== 'ok') return keyGroups;
  if (distributions.kind !== 'ok') return distributions;

  const { accountId } = account.caller;
  const { succession } = old.value;
  if (succession !== undefined && succession.accountId !== accountId) {
    return fail({ code: 'account-differs', accountId, expected: succession.accountId });
  }
  const successor = await findSuccessor(succession?.publicKeyPem, keys);
  if (successor.kind !== 'ok') return successor;
  // A new key that was deleted meanwhile has taken nobody's place.
  const since = successor.value && succession?.since;
  if (since === undefined && !publicKeys.value.some(({ id }) => id === keyPairId)) {
    return fail({ code: 'public-key-missing', keyPairId, accountId });
  }
  return ok({
    old: old.value,
    successor: successor.value,
    since,
    account,
    publicKeys: publicKeys.value,
    keyGroups: keyGroups.value,
    distributions: distributions.value,
  });
}

async function findSuccessor(
  publicKeyPem: string | undefined,
  keys: KeyRing,
): Promise<Result<StoredKey | PendingKey | undefined>> {
  const stored = await keys.list();
  if (stored.kind !== 'ok') return stored;
  const pending = await keys.listPending();
  if (pending.kind !== 'ok') return pending;
  const all = [...stored.value, ...pending.value];
  return ok(all.find((key) => key.publicKeyPem === publicKeyPem));
}

/** Makes the new key as it is wished; it is kept nowhere yet. */
export async function designSuccessor(
  { old, publicKeys }: Standing,
  options: RotationOptions | undefined,
  { settings }: Rotator,
): Promise<PendingKey | undefined> {
  const today = new Date().toISOString().slice(0, 10);
  const taken = publicKeys.map(({ name }) => name);
  const suggestion = successorName(old.name, today, taken);
  if (options !== undefined) {
    return makeKey(options.kind ?? old.kind, options.name ?? suggestion);
  }
  const title = `Rotate “${old.name}”: the New Key`;
  const kind = await pickKeyKind(title, old.kind, settings.get('link.hashAlgorithm'));
  if (kind === undefined) return undefined;
  const name = await askForName(suggestion, `It takes the place of “${old.name}”.`);
  return name === undefined ? undefined : makeKey(kind, name);
}
