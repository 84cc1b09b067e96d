import * as vscode from 'vscode';
import { cancelled, ok, type Outcome } from '../../core/outcome.ts';
import type { Commands } from '../commands.ts';
import type { Discovery } from '../discovery.ts';
import type { Settings } from '../settings.ts';
import {
  askForName,
  askForPrivateKey,
  importScripted,
  replacePrivateKey,
} from './importPrivateKey.ts';
import type { KeyRing, StoredKey } from './keyRing.ts';

/** A key as it may be told to others: without its private half. */
function publicPart({ keyPairId, name, kind, publicKeyPem }: StoredKey): object {
  return { keyPairId, name, kind, publicKeyPem };
}

function tell(message: string): void {
  void vscode.window.showInformationMessage(message);
}

/** Whether a script imports a key: then the options come first, there being no object to name. */
export function isScriptedImport([options]: readonly unknown[]): boolean {
  return typeof options === 'object' && options !== null;
}

/** Commands that bring keys in, and look after the ones that are kept. */
export function keyCommands(keys: KeyRing, settings: Settings, discovery: Discovery): Commands {
  async function importInteractively(): Promise<Outcome<object>> {
    const key = await askForPrivateKey(keys, discovery);
    if (key.kind !== 'ok') return key;
    tell(`Private key “${key.value.name}” (${key.value.kind}) is kept in the secret storage.`);
    return ok(publicPart(key.value));
  }

  return {
    async importPrivateKey(options) {
      if (typeof options !== 'object' || options === null) return importInteractively();
      const key = await importScripted(keys, discovery, options);
      return key.kind === 'ok' ? ok(publicPart(key.value)) : key;
    },

    async manageKeys(keyPairId) {
      const stored = await keys.list();
      if (stored.kind !== 'ok') return stored;
      const named = stored.value.find((key) => key.keyPairId === keyPairId);
      if (named !== undefined) return manage(named);
      const picked = await vscode.window.showQuickPick(
        [
          ...stored.value.map((key) => ({
            label: key.name,
            description: `${key.keyPairId} · ${key.kind}`,
            iconPath: new vscode.ThemeIcon('key'),
            key,
          })),
          {
            label: 'Import Private Key…',
            iconPath: new vscode.ThemeIcon('add'),
            alwaysShow: true,
            key: undefined,
          },
        ],
        {
          title: 'Private Keys',
          placeHolder: stored.value.length === 0 ? 'No key is kept yet' : 'Which key?',
          matchOnDescription: true,
        },
      );
      if (picked === undefined) return cancelled;
      return picked.key === undefined ? importInteractively() : manage(picked.key);
    },
  };

  async function manage(key: StoredKey): Promise<Outcome<unknown>> {
    const picked = await vscode.window.showQuickPick(
      [
        { label: '$(edit) Rename…', run: rename },
        { label: '$(copy) Copy Public Key', run: copyPublicKey },
        { label: '$(replace) Replace…', run: replace },
        { label: '$(trash) Delete…', run: remove },
      ],
      { title: `${key.name} · ${key.keyPairId} · ${key.kind}` },
    );
    return picked === undefined ? cancelled : picked.run(key);
  }

  async function rename(key: StoredKey): Promise<Outcome<unknown>> {
    const name = await askForName(key.name);
    return name === undefined ? cancelled : keys.put({ ...key, name });
  }

  async function replace(key: StoredKey): Promise<Outcome<unknown>> {
    const replaced = await replacePrivateKey(keys, key);
    if (replaced.kind !== 'ok') return replaced;
    tell(`Private key “${key.name}” is replaced (${replaced.value.kind}).`);
    return ok(publicPart(replaced.value));
  }

  async function remove({ keyPairId, name }: StoredKey): Promise<Outcome<unknown>> {
    const users = settings
      .get('distributions')
      .filter((mapping) => mapping.keyPairId === keyPairId)
      .map(({ bucket, prefix, domain }) => `${bucket}/${prefix} on ${domain}`);
    const inUse =
      users.length === 0
        ? 'No distribution in the settings names it.'
        : `The settings sign with it for: ${users.join(', ')}.`;
    const confirm = 'Delete';
    const answer = await vscode.window.showWarningMessage(
      `Delete the private key “${name}” (${keyPairId})?`,
      {
        modal: true,
        detail: `${inUse} Links that it has signed go on working. It cannot be brought back from here.`,
      },
      confirm,
    );
    if (answer !== confirm) return cancelled;
    const removed = await keys.remove(keyPairId);
    if (removed.kind === 'ok') tell(`Private key “${name}” is deleted.`);
    return removed;
  }
}

async function copyPublicKey({ name, publicKeyPem }: StoredKey): Promise<Outcome<unknown>> {
  await vscode.env.clipboard.writeText(publicKeyPem);
  tell(`Copied the public key of “${name}”.`);
  return ok(publicKeyPem);
}
