import * as vscode from 'vscode';
import { isJsonObject } from '../../core/json.ts';
import { parseRotationOptions } from '../../core/keys/keyPairOptions.ts';
import { cancelled, fail, ok } from '../../core/outcome.ts';
import type { Commands } from '../commands.ts';
import type { PendingKeys } from './pendingKeys.ts';
import { rotateKey } from './rotateKey.ts';
import type { Rotator } from './rotationStanding.ts';
import { uploadPublicKey } from './uploadPublicKey.ts';

/** Commands on one key of the view, which its row, its ID or a pick names. */
export function keyPairCommands(rotator: Rotator, pendingKeys: PendingKeys): Commands {
  const { keys } = rotator;
  return {
    async uploadPublicKey(named) {
      const pending = await keys.listPending();
      if (pending.kind !== 'ok') return pending;
      const key = pending.value.find(({ pendingId }) => pendingId === idOf(named));
      return key === undefined ? cancelled : uploadPublicKey(key, rotator);
    },

    async rotateKey(named, rawOptions) {
      const options = isJsonObject(rawOptions) ? parseRotationOptions(rawOptions) : undefined;
      if (options?.kind === 'problem') return options;
      const stored = await keys.list();
      if (stored.kind !== 'ok') return stored;
      const id = idOf(named);
      if (stored.value.length === 0 || (id === undefined && options !== undefined)) {
        return fail({ code: 'private-key-missing', keyPairId: undefined });
      }
      const picked =
        id ??
        (
          await vscode.window.showQuickPick(
            stored.value.map((key) => ({
              label: key.name,
              description: `${key.keyPairId} · ${key.kind}`,
              iconPath: new vscode.ThemeIcon('key'),
              keyPairId: key.keyPairId,
            })),
            { title: 'Rotate a Key', placeHolder: 'Which key is to be replaced by a new one?' },
          )
        )?.keyPairId;
      return picked === undefined ? cancelled : rotateKey(picked, options?.value, rotator);
    },

    async refreshKeys() {
      const found = await pendingKeys.look();
      return found.kind === 'ok' ? ok(found.value.map(({ keyPairId }) => keyPairId)) : found;
    },
  };
}

/** The ID of the key that a row of the view, or a caller, names. */
export function idOf(named: unknown): string | undefined {
  const id = isJsonObject(named) ? (named['keyPairId'] ?? named['pendingId']) : named;
  return typeof id === 'string' ? id : undefined;
}
