import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { publicKeysOf } from '../../core/cloudfront/keyMatch.ts';
import { carryOut, uploadChanges, type KeyGroupChoice } from '../../core/keys/keyChange.ts';
import { cancelled, ok, type Outcome, type Result } from '../../core/outcome.ts';
import { problemWords } from '../../core/problem.ts';
import { cancellable } from '../cancellable.ts';
import { tell } from '../messages.ts';
import { confirmKeyChanges } from './confirmKeyChanges.ts';
import { seen, type KeyAccount, type OpenKeyAccount } from './keyAccount.ts';
import type { KeyRing, PendingKey, StoredKey } from './keyRing.ts';
import { offerTrust } from './offerTrust.ts';
import { pickKeyGroup } from './pickKeyGroup.ts';

const COPIED = 'Copied the commands. Once they have run, the key finds its ID by itself.';

/** What changing an account's keys takes. */
export interface KeyUploader {
  readonly keys: KeyRing;
  readonly openAccount: OpenKeyAccount;
}

/**
 * Brings the public half of a key into the account and into a key group, as far as it is not there
 * yet, once the user has seen what that changes and agreed.
 */
export async function uploadPublicKey(
  key: PendingKey | StoredKey,
  { keys, openAccount }: KeyUploader,
): Promise<Outcome<unknown>> {
  const opened = await lookInto(openAccount);
  if (opened.kind !== 'ok') return opened;
  const account = opened.value;
  const known = await settleKnown(key, account, keys);
  if (known.kind !== 'ok') return known;
  const choice = await pickKeyGroup(account, key.name, known.value?.keyPairId);
  if (choice === undefined) return cancelled;
  const changes = uploadChanges(key, known.value?.keyPairId, choice);
  if (changes.length === 0) return ok(known.value);

  const decision = await confirmKeyChanges({
    message:
      known.value === undefined
        ? `Upload the public key of “${key.name}” to CloudFront?`
        : `Add “${key.name}” to a key group?`,
    changes,
    account,
    notes: [],
    button: known.value === undefined ? 'Upload' : 'Add',
  });
  if (decision === undefined) return cancelled;
  if (decision === 'by commands') {
    tell(COPIED);
    return ok(undefined);
  }
  const changed = await cancellable(
    `Changing the keys of account ${account.caller.accountId}…`,
    (signal) =>
      carryOut(changes, {
        writer: account.writer,
        signal,
        onPublicKey: (id) => settleAs(key, id, keys),
      }),
  );
  if (changed.kind !== 'ok') return changed;
  const keyPairId = changed.value.publicKeyId ?? known.value?.keyPairId;
  const { keyGroup } = changed.value;
  const done = `CloudFront knows “${key.name}” as ${keyPairId}${whereIn(choice)}.`;
  if (keyGroup === undefined) tell(done);
  else void offerTrust(done, keyGroup, seen(account.distributions) ?? []);
  return ok(keyPairId);
}

/** Copies the commands that do what {@link uploadPublicKey} does. Without an account, to no key group. */
export async function copyUploadCommands(
  key: PendingKey,
  { openAccount }: KeyUploader,
): Promise<Outcome<unknown>> {
  const opened = await lookInto(openAccount);
  if (opened.kind === 'cancelled') return cancelled;
  const choice: KeyGroupChoice | undefined =
    opened.kind === 'ok' ? await pickKeyGroup(opened.value, key.name, undefined) : { kind: 'none' };
  if (choice === undefined) return cancelled;
  const { keyChangeCommands } = await import('../../core/keys/keyChangeCommands.ts');
  const commands = keyChangeCommands(uploadChanges(key, undefined, choice), randomUUID());
  await vscode.env.clipboard.writeText(commands);
  tell(
    opened.kind === 'ok'
      ? COPIED
      : `${problemWords(opened.problem).title}: copied the command that creates the public key alone.`,
  );
  return ok(commands);
}

async function lookInto(openAccount: OpenKeyAccount): Promise<Outcome<KeyAccount>> {
  return cancellable('Looking into the account’s CloudFront…', (signal) =>
    openAccount(false, signal),
  );
}

/** Where the account has the public half already, that is the key's ID. */
async function settleKnown(
  key: PendingKey | StoredKey,
  { publicKeys }: KeyAccount,
  keys: KeyRing,
): Promise<Result<StoredKey | undefined>> {
  if ('keyPairId' in key) return ok(key);
  const [known] = publicKeysOf(key.publicKeyPem, seen(publicKeys) ?? []);
  return known === undefined ? ok(undefined) : keys.settle(key, known.id);
}

async function settleAs(
  key: PendingKey | StoredKey,
  keyPairId: string,
  keys: KeyRing,
): Promise<Outcome<void>> {
  if ('keyPairId' in key) return ok(undefined);
  const settled = await keys.settle(key, keyPairId);
  return settled.kind === 'ok' ? ok(undefined) : settled;
}

function whereIn(choice: KeyGroupChoice): string {
  if (choice.kind === 'none') return ', in no key group yet';
  return choice.kind === 'new'
    ? `, in the new key group “${choice.name}”`
    : `, in key group “${choice.keyGroup.name}”`;
}
