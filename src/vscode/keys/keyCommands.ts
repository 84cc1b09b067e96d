import * as vscode from 'vscode';
import { isJsonObject } from '../../core/json.ts';
import { parseNewKeyOptions } from '../../core/keys/keyPairOptions.ts';
import { cancelled, ok, type Outcome } from '../../core/outcome.ts';
import type { Commands } from '../commands.ts';
import type { Discovery } from '../discovery.ts';
import { askInDialog, tell } from '../messages.ts';
import { askForNewKey, createScripted } from './createKeyPair.ts';
import {
  askForName,
  askForPrivateKey,
  importScripted,
  replacePrivateKey,
} from './importPrivateKey.ts';
import type { PendingKey, StoredKey } from './keyRing.ts';
import { idOf } from './keyPairCommands.ts';
import { copyPublicKey, managePendingKey } from './managePendingKey.ts';
import { rotateKey } from './rotateKey.ts';
import type { Rotator } from './rotationStanding.ts';
import { uploadPublicKey } from './uploadPublicKey.ts';

/** What the commands on keys need. */
export interface KeyKeeper extends Rotator {
  readonly discovery: Discovery;
}

/** A key as it may be told to others: without its private half. */
function publicPart(key: StoredKey | PendingKey): object {
  const { name, kind, publicKeyPem } = key;
  return { ...('keyPairId' in key && { keyPairId: key.keyPairId }), name, kind, publicKeyPem };
}

/** Whether a script brings a key in: then the options come first, there being no object to name. */
export function isScriptedImport([options]: readonly unknown[]): boolean {
  return typeof options === 'object' && options !== null;
}

/** Commands that bring keys in, and look after the ones that are kept. */
export function keyCommands(keeper: KeyKeeper): Commands {
  const { keys, settings, discovery } = keeper;

  async function importInteractively(): Promise<Outcome<object>> {
    const key = await askForPrivateKey(keys, discovery);
    if (key.kind !== 'ok') return key;
    tell(`Private key “${key.value.name}” (${key.value.kind}) is kept in the secret storage.`);
    return ok(publicPart(key.value));
  }

  async function createInteractively(): Promise<Outcome<object>> {
    const key = await askForNewKey(keeper);
    if (key.kind !== 'ok') return key;
    const managed = await managePendingKey(key.value, keeper);
    if (managed.kind === 'problem') return managed;
    if (managed.kind === 'cancelled') {
      tell(`“${key.value.name}” is kept. Upload its public half from the view of private keys.`);
    }
    return ok(publicPart(key.value));
  }

  return {
    async importPrivateKey(options) {
      if (typeof options !== 'object' || options === null) return importInteractively();
      const key = await importScripted(keys, discovery, options);
      return key.kind === 'ok' ? ok(publicPart(key.value)) : key;
    },

    async createKeyPair(options) {
      if (!isJsonObject(options)) return createInteractively();
      const wanted = parseNewKeyOptions(options);
      if (wanted.kind !== 'ok') return wanted;
      const key = await createScripted(wanted.value, keeper);
      return key.kind === 'ok' ? ok(publicPart(key.value)) : key;
    },

    async manageKeys(row) {
      const id = idOf(row);
      const stored = await keys.list();
      if (stored.kind !== 'ok') return stored;
      const pending = await keys.listPending();
      if (pending.kind !== 'ok') return pending;
      const entries = [
        ...stored.value.map((key) => ({
          id: key.keyPairId,
          label: key.name,
          description: `${key.keyPairId} · ${key.kind}`,
          iconPath: new vscode.ThemeIcon('key'),
          run: () => manage(key),
        })),
        ...pending.value.map((key) => ({
          id: key.pendingId,
          label: key.name,
          description: `not uploaded yet · ${key.kind}`,
          iconPath: new vscode.ThemeIcon('cloud-upload'),
          run: () => managePendingKey(key, keeper),
        })),
      ];
      const named = entries.find((entry) => entry.id === id);
      if (named !== undefined) return named.run();
      const picked = await vscode.window.showQuickPick(
        [
          ...entries,
          {
            label: 'Create Key Pair…',
            iconPath: new vscode.ThemeIcon('wand'),
            alwaysShow: true,
            run: createInteractively,
          },
          {
            label: 'Import Private Key…',
            iconPath: new vscode.ThemeIcon('add'),
            alwaysShow: true,
            run: importInteractively,
          },
        ],
        {
          title: 'Private Keys',
          placeHolder: entries.length === 0 ? 'No key is kept yet' : 'Which key?',
          matchOnDescription: true,
        },
      );
      return picked === undefined ? cancelled : picked.run();
    },
  };

  async function manage(key: StoredKey): Promise<Outcome<unknown>> {
    const picked = await vscode.window.showQuickPick(
      [
        { label: '$(edit) Rename…', run: rename },
        { label: '$(copy) Copy Public Key', run: copyPublicKey },
        { label: '$(sync) Rotate…', run: rotate },
        { label: '$(group-by-ref-type) Add to Key Group…', run: addToKeyGroup },
        { label: '$(replace) Replace…', run: replace },
        { label: '$(trash) Delete…', run: remove },
      ],
      { title: `${key.name} · ${key.keyPairId} · ${key.kind}` },
    );
    return picked === undefined ? cancelled : picked.run(key);
  }

  async function rename(key: StoredKey): Promise<Outcome<unknown>> {
    const name = await askForName(key.name);
    return name === undefined ? cancelled : keys.amend(key.keyPairId, { name });
  }

  async function rotate({ keyPairId }: StoredKey): Promise<Outcome<unknown>> {
    return rotateKey(keyPairId, undefined, keeper);
  }

  async function addToKeyGroup(key: StoredKey): Promise<Outcome<unknown>> {
    return uploadPublicKey(key, keeper);
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
    const answer = await askInDialog(
      'warning',
      `Delete the private key “${name}” (${keyPairId})?`,
      `${inUse} Links that it has signed go on working. It cannot be brought back from here.`,
      confirm,
    );
    if (answer !== confirm) return cancelled;
    const removed = await keys.remove(keyPairId);
    if (removed.kind === 'ok') tell(`Private key “${name}” is deleted.`);
    return removed;
  }
}
