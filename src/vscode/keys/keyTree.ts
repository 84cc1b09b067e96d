import * as vscode from 'vscode';
import { problemWords, type Problem } from '../../core/problem.ts';
import type { KeyRing, PendingKey, StoredKey } from './keyRing.ts';

/** A key as the view shows it: without its private half. */
type KeyRow =
  | Pick<StoredKey, 'keyPairId' | 'name' | 'kind' | 'succession'>
  | Pick<PendingKey, 'pendingId' | 'name' | 'kind'>;

/** The private keys by name, those without an ID last. A click opens what can be done with one. */
export class KeyTree implements vscode.TreeDataProvider<KeyRow | Problem>, vscode.Disposable {
  readonly #keys: KeyRing;
  readonly #onPending: () => void;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;

  /** @param onPending told that a key is shown that waits for its ID */
  constructor(keys: KeyRing, onPending: () => void) {
    this.#keys = keys;
    this.#onPending = onPending;
  }

  refresh(): void {
    this.#changed.fire();
  }

  getTreeItem(row: KeyRow | Problem): vscode.TreeItem {
    if ('code' in row) {
      const { title, remedy } = problemWords(row);
      const item = new vscode.TreeItem(title);
      item.description = remedy;
      item.tooltip = `${title}.\n\n${remedy}`;
      item.iconPath = new vscode.ThemeIcon('warning');
      return item;
    }
    return keyItem(row);
  }

  async getChildren(parent?: KeyRow | Problem): Promise<(KeyRow | Problem)[]> {
    if (parent !== undefined) return [];
    const stored = await this.#keys.list();
    if (stored.kind !== 'ok') return [stored.problem];
    const pending = await this.#keys.listPending();
    if (pending.kind !== 'ok') return [pending.problem];
    if (pending.value.length > 0) this.#onPending();
    return [
      ...stored.value.map(({ pem: _secret, publicKeyPem: _long, ...row }) => row),
      ...pending.value.map(({ pem: _secret, publicKeyPem: _long, ...row }) => row),
    ];
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

/** The row of a key. */
export function keyItem(row: KeyRow): vscode.TreeItem {
  const { name, kind } = row;
  const isPending = 'pendingId' in row;
  const id = isPending ? row.pendingId : row.keyPairId;
  const words = isPending ? ['not uploaded yet', kind] : [...successionWords(row), id, kind];
  const item = new vscode.TreeItem(name);
  item.id = id;
  item.description = words.join(' · ');
  item.tooltip = [name, ...words].join('\n');
  item.iconPath = new vscode.ThemeIcon(isPending ? 'cloud-upload' : 'key');
  item.contextValue = isPending ? 'pendingKey' : 'key';
  item.command = {
    title: 'Manage Private Key…',
    command: 'cloudfrontSigner.manageKeys',
    arguments: [id],
  };
  return item;
}

function successionWords({ succession }: Pick<StoredKey, 'succession'>): readonly string[] {
  if (succession === undefined) return [];
  return [succession.since === undefined ? 'being replaced' : 'replaced'];
}
