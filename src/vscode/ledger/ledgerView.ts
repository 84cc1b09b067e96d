import * as vscode from 'vscode';
import type { Commands } from '../commands.ts';
import type { LinkSource } from '../inspect/linkCommands.ts';
import type { SigningSource } from '../signing/copySignedUrl.ts';
import { createEndingNotices } from './endingNotices.ts';
import type { Ledger } from './ledger.ts';
import { issuedLinkCommands, ledgerCommands } from './ledgerCommands.ts';
import { LinkTree } from './linkTree.ts';

/** The view of issued links, and what is seen of them elsewhere. */
export interface LedgerView extends vscode.Disposable {
  /** On links; a script’s options come second. */
  readonly linkCommands: Commands;
  /** On the whole list; a script’s options come first. */
  readonly listCommands: Commands;
}

export function createLedgerView(
  ledger: Ledger,
  signing: SigningSource,
  links: LinkSource,
): LedgerView {
  const { settings, now } = signing;
  const tree = new LinkTree(ledger, now);
  const view = vscode.window.createTreeView('cloudfrontSigner.links', {
    treeDataProvider: tree,
    canSelectMany: true,
  });
  const source = { ledger, tree, view, signing, links };
  const shown = vscode.Disposable.from(tree, view, createEndingNotices(ledger, settings, now));
  return {
    linkCommands: issuedLinkCommands(source),
    listCommands: ledgerCommands(source),
    dispose: () => shown.dispose(),
  };
}
