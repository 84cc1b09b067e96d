import * as vscode from 'vscode';
import type { CloudFrontUrlSigner } from '../api/cloudfront-url-signer.d.ts';
import { askAddress } from './aws/askAddress.ts';
import { probeLink } from './aws/probeLink.ts';
import type { SigningPool } from './aws/signingPool.ts';
import { watchConfigFiles } from './aws/watchConfigFiles.ts';
import type { Link } from './core/linkFormats/link.ts';
import { ok } from './core/outcome.ts';
import type { Aws } from './core/credentials/session.ts';
import { createApi } from './vscode/api.ts';
import { registerCommands } from './vscode/commands.ts';
import { createDiscovery } from './vscode/discovery.ts';
import { createCodeActions } from './vscode/editor/codeActions.ts';
import { isScriptedInEditor } from './vscode/editor/editorCall.ts';
import { editorCommands } from './vscode/editor/editorCommands.ts';
import { keyAccountOpener } from './vscode/keys/keyAccount.ts';
import { isScriptedImport, keyCommands } from './vscode/keys/keyCommands.ts';
import { keyPairCommands } from './vscode/keys/keyPairCommands.ts';
import { createKeyRing } from './vscode/keys/keyRing.ts';
import { KeyTree } from './vscode/keys/keyTree.ts';
import { createPendingKeys } from './vscode/keys/pendingKeys.ts';
import { createInspectingLinks } from './vscode/inspect/inspectingLinks.ts';
import { linkCommands } from './vscode/inspect/linkCommands.ts';
import { createLinkDocuments } from './vscode/inspect/linkDocuments.ts';
import { createLinkHover } from './vscode/inspect/linkHover.ts';
import { verifierOfCopied } from './vscode/inspect/verifyCopied.ts';
import { createLedger } from './vscode/ledger/ledger.ts';
import { isScriptedForAll } from './vscode/ledger/ledgerCommands.ts';
import { createLedgerView } from './vscode/ledger/ledgerView.ts';
import { createLinkMarks } from './vscode/ledger/linkMarks.ts';
import { createLog } from './vscode/log.ts';
import { loginTerminalCommands } from './vscode/loginTerminal.ts';
import { createProfiles } from './vscode/profiles.ts';
import { createKeyIndexes } from './vscode/search/keyIndexes.ts';
import { searchCommands } from './vscode/search/searchCommands.ts';
import { createSessions } from './vscode/sessions.ts';
import { createSettings } from './vscode/settings.ts';
import { signingCommands } from './vscode/signing/copySignedUrl.ts';
import { unsignedUrlCommands } from './vscode/signing/copyUnsignedUrl.ts';
import { createLinkForms } from './vscode/signing/linkForms.ts';
import { createOptionMemory } from './vscode/signing/options/optionMemory.ts';
import { manyCommands } from './vscode/signing/many/manyCommands.ts';
import { prefixCommands } from './vscode/signing/prefix/prefixCommands.ts';
import { presignedUrlCommands } from './vscode/signing/presignedUrls.ts';
import { createSetup } from './vscode/setup/checkSetup.ts';
import { exportSetupCommands, isScriptedExport } from './vscode/setup/exportSetup.ts';
import { registerTools } from './vscode/tools/registerTools.ts';
import { BucketTree } from './vscode/tree/bucketTree.ts';
import { copyNameCommands } from './vscode/tree/copyNames.ts';
import { navigationCommands, reveal } from './vscode/tree/navigation.ts';
import { consoleCommands } from './vscode/tree/openInConsole.ts';
import { pinnedBucketCommands } from './vscode/tree/pinnedBuckets.ts';
import { isScripted, readCall } from './vscode/tree/targets.ts';
import { createUriHandler } from './vscode/uriHandler.ts';
import { walkthroughCommands } from './vscode/walkthrough.ts';

/** In epoch seconds. */
function now(): number {
  return Math.floor(Date.now() / 1000);
}

/** The door: makes every piece once and connects them. The AWS SDK is loaded on first use. */
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
  const discovery = createDiscovery(() => sessions.current(false), log);
  const ledger = createLedger({
    folder: vscode.Uri.joinPath(context.globalStorageUri, 'ledger'),
    settings,
    log,
    now,
  });
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
  const pendingKeys = createPendingKeys(keys, () => sessions.current(false), log);
  const keyTree = new KeyTree(keys, () => pendingKeys.glance());
  let stopWatching: (() => void) | undefined;
  let signingPool: Promise<SigningPool> | undefined;

  async function loadAws(): Promise<Aws> {
    stopWatching ??= watchConfigFiles((change) => {
      // A login mends nothing but what lacked credentials: all else stays as it is.
      if (change === 'config' || tree.lacksCredentials) startOver();
    });
    return (await import('./aws/aws.ts')).aws;
  }

  async function loadSigningPool(): Promise<SigningPool> {
    signingPool ??= import('./aws/signingPool.ts').then(({ createSigningPool }) =>
      createSigningPool(new URL('./signingWorker.js', import.meta.url)),
    );
    return signingPool;
  }

  function startOver(): void {
    sessions.reset();
    tree.refresh();
  }

  const regionOf = (bucket: string) =>
    tree.regionOf(bucket) ?? sessions.open?.region ?? 'us-east-1';
  const call = (args: readonly unknown[]) => readCall(args, tree.roots, view.selection);
  const openAccount = keyAccountOpener((mayAsk) => sessions.current(mayAsk));
  const keeper = { keys, settings, discovery, openAccount, now };
  const trial = {
    settings,
    keys,
    discovery,
    probeLink,
    now,
    loadSignPolicy: async () => (await import('./aws/signPolicy.ts')).signPolicy,
    readCall: call,
  };
  const setup = createSetup({
    ...trial,
    session: (mayAsk) => sessions.current(mayAsk),
    loadCheckSetup: async () => (await import('./core/setup/checkSetup.ts')).checkSetup,
  });
  const openSession = () => sessions.open;
  const links = { ...trial, documents: createLinkDocuments(), openSession };
  const signing = {
    ...trial,
    log,
    forms: createLinkForms(settings, context.globalState),
    optionMemory: createOptionMemory(context.globalState),
    askAddress,
    openSession,
    session: (mayAsk?: boolean) => sessions.current(mayAsk),
    checkLink: setup.checkLink,
    verifyCopied: verifierOfCopied(links),
    loadSignBatch: async () => (await loadSigningPool()).signBatch,
    recordLinks: (issued: readonly Link[]) => ledger.record(issued),
    beginRecord: () => ledger.begin(),
  };
  const ledgerView = createLedgerView(ledger, signing, links);
  const knows = (bucket: string) => tree.knows(bucket);
  context.subscriptions.push(
    log,
    sessions,
    tree,
    view,
    keys,
    pendingKeys,
    keyTree,
    setup,
    links.documents,
    ledger,
    marks,
    ledgerView,
    createLinkHover(links),
    createInspectingLinks(settings),
    createCodeActions({ settings, discovery }),
    vscode.window.registerUriHandler(
      createUriHandler({ log, knows, reveal: (location) => reveal(location, tree, view) }),
    ),
    registerTools({
      ...signing,
      knows,
      session: () => sessions.current(false),
      pinned: () => settings.get('buckets'),
    }),
    vscode.window.registerTreeDataProvider('cloudfrontSigner.keys', keyTree),
    { dispose: () => stopWatching?.() },
    { dispose: () => void signingPool?.then((pool) => pool.dispose()) },
    registerCommands(
      {
        ...profiles.commands,
        ...navigationCommands(tree, view, () => sessions.reset()),
        ...pinnedBucketCommands(settings, view),
        ...copyNameCommands(call, regionOf),
        ...loginTerminalCommands,
        ...setup.reportCommands,
        ...walkthroughCommands(context.extension),
        showLog: async () => ok(log.show()),
      },
      log,
    ),
    registerCommands(keyCommands(keeper), log, isScriptedImport),
    registerCommands(keyPairCommands(keeper, pendingKeys), log, isScripted),
    registerCommands(
      {
        ...unsignedUrlCommands({ settings, keys, discovery, readCall: call }),
        ...consoleCommands({
          discovery,
          readCall: call,
          regionOf,
        }),
      },
      log,
      isScripted,
    ),
    registerCommands(
      {
        ...signingCommands(signing),
        ...presignedUrlCommands(signing),
        ...prefixCommands(signing),
        ...manyCommands(signing),
        ...setup.commands,
        ...linkCommands(links),
        ...ledgerView.linkCommands,
      },
      log,
      isScripted,
    ),
    registerCommands(ledgerView.listCommands, log, isScriptedForAll),
    registerCommands(editorCommands(signing), log, isScriptedInEditor),
    registerCommands(
      searchCommands({
        indexes: createKeyIndexes(
          vscode.Uri.joinPath(context.globalStorageUri, 'indexes').fsPath,
          () => JSON.stringify(profiles.connection()),
        ),
        session: (mayAsk) => sessions.current(mayAsk),
        readCall: call,
        now,
      }),
      log,
      isScripted,
    ),
    registerCommands(
      exportSetupCommands({
        keys,
        regionOf,
        readCall: call,
        loadExportSetup: async () =>
          (await import('./core/setup/export/exportSetup.ts')).exportSetup,
      }),
      log,
      isScriptedExport,
    ),
    vscode.workspace.onDidChangeConfiguration((change) => {
      const affects = (name: string) => change.affectsConfiguration(`cloudfrontSigner.${name}`);
      if (affects('aws') || affects('s3')) startOver();
      else if (affects('buckets')) tree.redraw();
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(startOver),
  );
  return createApi(signing);
}
