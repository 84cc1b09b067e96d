import * as vscode from 'vscode';
import type { CloudFrontUrlSigner } from '../api/cloudfront-url-signer.d.ts';
import type { Actions } from './actions.ts';
import { watchConfigFiles } from './aws/watchConfigFiles.ts';
import type { Aws } from './core/credentials/session.ts';
import { createApi } from './vscode/api.ts';
import { contributedCommands, registerCommands } from './vscode/commands.ts';
import { createDiscovery } from './vscode/discovery.ts';
import { createCodeActions } from './vscode/editor/codeActions.ts';
import { createInspectingLinks } from './vscode/inspect/inspectingLinks.ts';
import { createLinkHover } from './vscode/inspect/linkHover.ts';
import { createKeyRing } from './vscode/keys/keyRing.ts';
import { KeyTree } from './vscode/keys/keyTree.ts';
import { createPendingKeys } from './vscode/keys/pendingKeys.ts';
import { createLedger } from './vscode/ledger/ledger.ts';
import { createLedgerView } from './vscode/ledger/ledgerView.ts';
import { createLinkMarks } from './vscode/ledger/linkMarks.ts';
import { createLog } from './vscode/log.ts';
import { createProfiles } from './vscode/profiles.ts';
import { createSessions } from './vscode/sessions.ts';
import { createSettings } from './vscode/settings.ts';
import { registerTools } from './vscode/tools/registerTools.ts';
import { BucketTree } from './vscode/tree/bucketTree.ts';
import { reveal } from './vscode/tree/reveal.ts';
import { createUriHandler } from './vscode/uriHandler.ts';

/** In epoch seconds. */
function now(): number {
  return Math.floor(Date.now() / 1000);
}

/**
 * The door: makes what is there all the time, the views above all, and connects it. What is done with
 * it is in `actions.ts`, which is loaded when the first thing is; so is the AWS SDK.
 */
export function activate(context: vscode.ExtensionContext): CloudFrontUrlSigner {
  const log = createLog();
  const settings = createSettings(log);
  const profiles = createProfiles(settings, context, loadAws, startOver);
  const sessions = createSessions(
    loadAws,
    () => profiles.connection(),
    log,
    (session) => {
      view.description = session ? `${session.profile ?? 'default chain'} · ${session.region}` : '';
    },
  );
  const unasked = () => sessions.current(false);
  const discovery = createDiscovery(unasked, log);
  const folder = vscode.Uri.joinPath(context.globalStorageUri, 'ledger');
  const ledger = createLedger({ folder, settings, log, now });
  const ledgerView = createLedgerView(ledger, settings, now);
  const marks = createLinkMarks(ledger, now);
  const tree = new BucketTree({
    session: () => sessions.current(),
    resetSession: () => sessions.reset(),
    pinned: () => settings.get('buckets'),
    pageSize: () => settings.get('listing.pageSize'),
    onWelcome: (welcome) =>
      void vscode.commands.executeCommand('setContext', 'cloudfrontSigner.welcome', welcome),
    distributions: () => discovery.distributions(),
    noteOf: (location) => marks.noteOf(location),
  });
  const view = vscode.window.createTreeView('cloudfrontSigner.buckets', {
    treeDataProvider: tree,
    canSelectMany: true,
    showCollapseAll: true,
  });
  const keys = createKeyRing(context.secrets, () => keyTree.refresh());
  const pendingKeys = createPendingKeys(keys, unasked, log);
  const keyTree = new KeyTree(keys, () => pendingKeys.glance());
  let stopWatching: (() => void) | undefined;
  let actions: Promise<Actions> | undefined;

  async function loadAws(): Promise<Aws> {
    stopWatching ??= watchConfigFiles((change) => {
      // A login mends nothing but what lacked credentials: all else stays as it is.
      if (change === 'config' || tree.lacksCredentials) startOver();
    });
    return (await import('./aws/aws.ts')).aws;
  }

  async function loadActions(): Promise<Actions> {
    actions ??= import('./actions.ts').then(({ createActions }) =>
      createActions({
        context,
        log,
        settings,
        profiles,
        sessions,
        discovery,
        tree,
        view,
        keys,
        pendingKeys,
        ledger,
        ledgerView,
        now,
      }),
    );
    return actions;
  }

  function startOver(): void {
    sessions.reset();
    tree.refresh();
  }

  const knows = (bucket: string) => tree.knows(bucket);
  context.subscriptions.push(
    log,
    sessions,
    tree,
    view,
    keys,
    pendingKeys,
    keyTree,
    ledger,
    ledgerView,
    marks,
    { dispose: () => stopWatching?.() },
    { dispose: () => void actions?.then((made) => made.dispose()) },
    vscode.window.registerTreeDataProvider('cloudfrontSigner.keys', keyTree),
    registerCommands(
      contributedCommands(context.extension.packageJSON),
      async () => (await loadActions()).groups,
      log,
    ),
    createLinkHover({ settings, keys, now }),
    createInspectingLinks(settings),
    createCodeActions({ settings, discovery }),
    vscode.window.registerUriHandler(
      createUriHandler({ log, knows, reveal: (location) => reveal(location, tree, view) }),
    ),
    registerTools(async () => {
      const { signing } = await loadActions();
      return { ...signing, knows, session: unasked, pinned: () => settings.get('buckets') };
    }, log),
    vscode.workspace.onDidChangeConfiguration((change) => {
      const affects = (name: string) => change.affectsConfiguration(`cloudfrontSigner.${name}`);
      if (affects('aws') || affects('s3')) startOver();
      else if (affects('buckets')) tree.redraw();
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(startOver),
  );
  return createApi(async () => (await loadActions()).signing, log);
}
