import * as vscode from 'vscode';
import { problemWords, type Problem } from '../../core/problem.ts';
import type { KeyRing, StoredKey } from './keyRing.ts';

/** What the view of keys shows: a key without its private half, or why there is none to show. */
type KeyRow = Pick<StoredKey, 'keyPairId' | 'name' | 'kind'> | Problem;

/** The private keys by name. A click opens what can be done with one. */
export class KeyTree implements vscode.TreeDataProvider<KeyRow>, vscode.Disposable {
  readonly #keys: KeyRing;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(keys: KeyRing) {
    this.#keys = keys;
  }

  refresh(): void {
    this.#changed.fire();
  }

  getTreeItem(row: KeyRow): vscode.TreeItem {
    if ('code' in row) {
      const { title, remedy } = problemWords(row);
      const item = new vscode.TreeItem(title);
      item.description = remedy;
      item.tooltip = `${title}.\n\n${remedy}`;
      item.iconPath = new vscode.ThemeIcon('warning');
      return item;
    }
    const { keyPairId, name, kind } = row;
    const item = new vscode.TreeItem(name);
    item.id = keyPairId;
    item.description = `${keyPairId} · ${kind}`;
    item.tooltip = `${name}\n${keyPairId}\n${kind}`;
    item.iconPath = new vscode.ThemeIcon('key');
    item.contextValue = 'key';
    item.command = {
      title: 'Manage Private Key…',
      command: 'cloudfrontSigner.manageKeys',
      arguments: [keyPairId],
    };
    return item;
  }

  async getChildren(parent?: KeyRow): Promise<KeyRow[]> {
    if (parent !== undefined) return [];
    const stored = await this.#keys.list();
    if (stored.kind !== 'ok') return [stored.problem];
    return stored.value.map(({ keyPairId, name, kind }) => ({ keyPairId, name, kind }));
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
