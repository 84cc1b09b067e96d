import * as vscode from 'vscode';
import type { Session } from '../core/credentials/session.ts';
import type { KeyRing } from './keys/keyRing.ts';
import type { Welcome } from './tree/bucketTree.ts';

/** What the view says around its tree: whose buckets these are, and what is still to be set up. */
export interface ViewState {
  showSession(session: Session | undefined): void;
  showWelcome(welcome: Welcome): void;
  /** Looks anew whether there is a private key. */
  showKeys(): void;
}

export function createViewState(view: vscode.TreeView<unknown>, keys: KeyRing): ViewState {
  let welcome: Welcome;
  let lacksKey: boolean | undefined;

  function draw(): void {
    setContext('welcome', welcome);
    setContext('lacksKey', lacksKey === true);
    // The welcome has its own words for it, and stands where the tree is empty.
    view.message =
      lacksKey === true && welcome === undefined
        ? 'No private key yet: import one, or copy a signed URL and be asked for it.'
        : '';
  }

  async function readKeys(): Promise<void> {
    const stored = await keys.list();
    lacksKey = stored.kind === 'ok' && stored.value.length === 0;
    draw();
  }

  return {
    showSession(session) {
      view.description =
        session === undefined ? '' : `${session.profile ?? 'default chain'} · ${session.region}`;
    },
    showWelcome(now) {
      welcome = now;
      if (lacksKey === undefined) void readKeys();
      else draw();
    },
    showKeys: () => void readKeys(),
  };
}

function setContext(name: string, value: unknown): void {
  void vscode.commands.executeCommand('setContext', `cloudfrontSigner.${name}`, value);
}
