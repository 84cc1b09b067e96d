import * as vscode from 'vscode';
import { cancelled, type Outcome } from '../../core/outcome.ts';
import type { Discovery } from '../discovery.ts';
import { tell } from '../messages.ts';
import { askForPrivateKey } from './importPrivateKey.ts';
import type { KeyRing, StoredKey } from './keyRing.ts';

/**
 * Asks, where no key can sign yet, for the way to one: importing it, making a pair, or finishing one
 * that waits for its ID. Only an imported key can sign at once; the other ways end what asked for it.
 */
export async function askForFirstKey(
  keys: KeyRing,
  discovery: Discovery,
): Promise<Outcome<StoredKey>> {
  const pending = await keys.listPending();
  if (pending.kind !== 'ok') return pending;
  const picked = await vscode.window.showQuickPick(
    [
      ...pending.value.map(({ name, pendingId }) => ({
        label: `$(cloud-upload) Finish “${name}”…`,
        detail: 'It was made here, and CloudFront does not know its public half yet',
        run: () => leaveTo('manageKeys', { pendingId }),
      })),
      {
        label: '$(add) Import Private Key…',
        detail: 'CloudFront trusts its public half already',
        run: () => askForPrivateKey(keys, discovery),
      },
      {
        label: '$(wand) Create Key Pair…',
        detail: 'Signs once its public half is in CloudFront, in a key group that is trusted',
        run: () => leaveTo('createKeyPair'),
      },
    ],
    {
      title: 'No Private Key to Sign With',
      placeHolder: 'CloudFront serves what is signed with a key that it trusts',
      ignoreFocusOut: true,
    },
  );
  return picked === undefined ? cancelled : picked.run();
}

/** Leaves it to a command to bring a key on its way, and says how it goes on. */
async function leaveTo(command: string, ...args: readonly object[]): Promise<Outcome<never>> {
  const done = await vscode.commands.executeCommand(`cloudfrontSigner.${command}`, ...args);
  if (done !== undefined) {
    tell('Nothing is signed yet. Sign again once CloudFront trusts the new key.');
  }
  return cancelled;
}
