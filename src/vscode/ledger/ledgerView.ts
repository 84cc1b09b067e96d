import * as vscode from 'vscode';
import type { IssuedLink } from '../../core/ledger/issuedLink.ts';
import type { Settings } from '../settings.ts';
import { createEndingNotices } from './endingNotices.ts';
import type { Ledger } from './ledger.ts';
import { LinkTree } from './linkTree.ts';

/** The view of issued links, and what is told of them before they end. */
export interface LedgerView extends vscode.Disposable {
  readonly linkTree: LinkTree;
  readonly linkView: vscode.TreeView<IssuedLink>;
}

/** @param now in epoch seconds */
export function createLedgerView(
  ledger: Ledger,
  settings: Settings,
  now: () => number,
): LedgerView {
  const linkTree = new LinkTree(ledger, now);
  const linkView = vscode.window.createTreeView('cloudfrontSigner.links', {
    treeDataProvider: linkTree,
    canSelectMany: true,
  });
  const notices = createEndingNotices(ledger, settings, now);
  const shown = vscode.Disposable.from(linkTree, linkView, notices);
  return { linkTree, linkView, dispose: () => shown.dispose() };
}
