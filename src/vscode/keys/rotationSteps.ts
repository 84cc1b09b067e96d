import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { Distribution } from '../../core/cloudfront/account.ts';
import { carryOut, type KeyChange } from '../../core/keys/keyChange.ts';
import { aliveWords } from '../../core/keys/rotation.ts';
import { cancelled, ok, type Outcome, type Result } from '../../core/outcome.ts';
import { listed } from '../../core/setup/words.ts';
import { cancellable } from '../cancellable.ts';
import { ask, tell } from '../messages.ts';
import { confirmKeyChanges } from './confirmKeyChanges.ts';
import type { KeyAccount } from './keyAccount.ts';
import type { KeyRing, PendingKey, StoredKey } from './keyRing.ts';
import type { Rotator, Standing } from './rotationStanding.ts';
import { confirmSwitch, mappingsNaming, switchMappings } from './switchMappings.ts';

/** How often the account is asked whether its distributions are deployed, in milliseconds. */
const POLL = 5_000;

/** A standing with its new key. */
export interface Rotation extends Standing {
  readonly successor: StoredKey | PendingKey;
  /** Whether the new key is kept, and the old one says so. */
  readonly isBegun: boolean;
}

/** Whose place which key has taken. */
export interface Rotated {
  readonly oldKeyPairId: string;
  readonly newKeyPairId: string;
}

/** Has the new key trusted wherever the old one is. */
export async function addSuccessor(
  { old, successor, isBegun, account }: Rotation,
  changes: readonly KeyChange[],
  isScripted: boolean,
  { keys }: Rotator,
): Promise<Outcome<'goes on' | undefined>> {
  const decision = isScripted
    ? 'done here'
    : await confirmKeyChanges({
        message: `Rotate “${old.name}” (${old.keyPairId}): add “${successor.name}” beside it?`,
        changes,
        account,
        notes: ['Links that are signed with the old key go on working.'],
        button: 'Add New Key',
      });
  if (decision === undefined) return cancelled;
  if (!isBegun && 'pendingId' in successor) {
    const kept = await keys.putPending(successor);
    if (kept.kind !== 'ok') return kept;
    const { publicKeyPem } = successor;
    const { accountId } = account.caller;
    const begun = await keys.amend(old.keyPairId, { succession: { publicKeyPem, accountId } });
    if (begun.kind !== 'ok') return begun;
  }
  if (decision === 'by commands') {
    tell('Copied the commands. Once they have run, rotate the key again to go on.');
    return ok(undefined);
  }
  const changed = await carryOutIn(account, changes, isScripted, async (id) => {
    const settled = await settle(successor, id, keys);
    return settled.kind === 'ok' ? ok(undefined) : settled;
  });
  return changed.kind === 'ok' ? ok('goes on') : changed;
}

/** Waits until CloudFront says that distributions serve by their configuration everywhere. */
export async function waitForDeployment(
  changing: readonly Distribution[],
  isScripted: boolean,
  { openAccount }: Rotator,
): Promise<Outcome<'goes on'>> {
  const title = 'Waiting until CloudFront has deployed the new key';
  return inProgress(title, isScripted, async (signal, report) => {
    for (let left = changing; ;) {
      const ids = listed(left.map(({ id }) => id));
      report(`${ids}. If you cancel, rotate the key again to go on.`);
      if (!(await pause(signal))) return cancelled;
      const account = await openAccount(isScripted, signal);
      if (account.kind !== 'ok') return account;
      const { distributions } = account.value;
      if (distributions.kind !== 'ok') return distributions;
      left = distributions.value.filter(
        ({ id, deployed }) => !deployed && left.some((before) => before.id === id),
      );
      if (left.length === 0) return ok('goes on');
    }
  });
}

/** Has new links signed with the new key. */
export async function switchToSuccessor(
  newKeyPairId: string,
  { old, successor, account }: Rotation,
  isScripted: boolean,
  { keys, settings, now }: Rotator,
): Promise<Outcome<Rotated>> {
  const settled = await settle(successor, newKeyPairId, keys);
  if (settled.kind !== 'ok') return settled;
  const mappings = mappingsNaming(old.keyPairId, settings);
  const isWanted =
    isScripted || mappings.length === 0 || (await confirmSwitch(old, settled.value, mappings));
  if (isWanted === undefined) return cancelled;
  if (isWanted) await switchMappings(old.keyPairId, newKeyPairId, settings);
  const { publicKeyPem } = successor;
  const { accountId } = account.caller;
  const switched = await keys.amend(old.keyPairId, {
    succession: { publicKeyPem, accountId, since: now() },
  });
  if (switched.kind !== 'ok') return switched;
  if (!isScripted) void offerRemoval(old, settled.value);
  return ok({ oldKeyPairId: old.keyPairId, newKeyPairId });
}

async function offerRemoval(old: StoredKey, { name, keyPairId }: StoredKey): Promise<void> {
  const remove = 'Remove Old Key…';
  const answer = await ask(
    'info',
    `New links are signed with “${name}” (${keyPairId}). Those of “${old.name}” work until it is removed: rotate it again for that.`,
    remove,
  );
  if (answer === remove) {
    await vscode.commands.executeCommand('cloudfrontSigner.rotateKey', old.keyPairId);
  }
}

/** Takes the old key out of the account, and deletes its private half. */
export async function retireOld(
  { old, since, account }: Rotation,
  newKeyPairId: string,
  changes: readonly KeyChange[],
  isScripted: boolean,
  { keys, settings, now }: Rotator,
): Promise<Outcome<Rotated | undefined>> {
  const expiries = {
    standard: settings.get('expiry.default'),
    presets: settings.get('expiry.presets'),
    maximum: settings.get('expiry.maximum'),
  };
  const decision = isScripted
    ? 'done here'
    : await confirmKeyChanges({
        message: `Remove the old key “${old.name}” (${old.keyPairId})?`,
        changes,
        account,
        notes: [
          `Every link that it has signed stops working. ${aliveWords(expiries, since ?? now(), now())}`,
          'Whoever else signs with it, on other computers and servers, has to have switched too.',
          'Its private half is deleted here at last, and cannot be brought back.',
        ],
        button: 'Remove Old Key',
      });
  if (decision === undefined) return cancelled;
  if (decision === 'by commands') {
    tell(
      'Copied the commands. Once they have run, rotate the key again to delete its private half.',
    );
    return ok(undefined);
  }
  const changed = await carryOutIn(account, changes, isScripted, async () => ok(undefined));
  if (changed.kind !== 'ok') return changed;
  const removed = await keys.remove(old.keyPairId);
  if (removed.kind !== 'ok') return removed;
  if (!isScripted) tell(`The old key “${old.name}” (${old.keyPairId}) is removed.`);
  return ok({ oldKeyPairId: old.keyPairId, newKeyPairId });
}

async function settle(
  key: StoredKey | PendingKey,
  keyPairId: string,
  keys: KeyRing,
): Promise<Result<StoredKey>> {
  return 'pendingId' in key ? keys.settle(key, keyPairId) : ok(key);
}

async function carryOutIn(
  { writer, caller }: KeyAccount,
  changes: readonly KeyChange[],
  isScripted: boolean,
  onPublicKey: (id: string) => Promise<Outcome<void>>,
): Promise<Outcome<unknown>> {
  return inProgress(`Changing the keys of account ${caller.accountId}…`, isScripted, (signal) =>
    carryOut(changes, { writer, signal, onPublicKey }),
  );
}

/** A script is shown nothing, and stops nothing. */
export async function inProgress<T>(
  title: string,
  isScripted: boolean,
  work: (signal: AbortSignal, report: (message: string) => void) => Promise<T>,
): Promise<T> {
  return isScripted ? work(new AbortController().signal, () => {}) : cancellable(title, work);
}

/** @returns whether it was not stopped */
async function pause(signal: AbortSignal): Promise<boolean> {
  return sleep(POLL, true, { signal }).catch(() => false);
}
