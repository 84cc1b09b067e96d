import * as vscode from 'vscode';
import { askAddress } from './aws/askAddress.ts';
import { probeLink } from './aws/probeLink.ts';
import { createSigningPool, type SigningPool } from './aws/signingPool.ts';
import type { Link } from './core/linkFormats/link.ts';
import { ok } from './core/outcome.ts';
import type { CommandGroup } from './vscode/commands.ts';
import type { Discovery } from './vscode/discovery.ts';
import { isScriptedInEditor } from './vscode/editor/editorCall.ts';
import { editorCommands } from './vscode/editor/editorCommands.ts';
import { linkCommands } from './vscode/inspect/linkCommands.ts';
import { createLinkDocuments } from './vscode/inspect/linkDocuments.ts';
import { verifierOfCopied } from './vscode/inspect/verifyCopied.ts';
import { keyAccountOpener } from './vscode/keys/keyAccount.ts';
import { isScriptedImport, keyCommands } from './vscode/keys/keyCommands.ts';
import { keyPairCommands } from './vscode/keys/keyPairCommands.ts';
import type { KeyRing } from './vscode/keys/keyRing.ts';
import type { PendingKeys } from './vscode/keys/pendingKeys.ts';
import type { Ledger } from './vscode/ledger/ledger.ts';
import {
  isScriptedForAll,
  issuedLinkCommands,
  ledgerCommands,
} from './vscode/ledger/ledgerCommands.ts';
import type { LedgerView } from './vscode/ledger/ledgerView.ts';
import type { Log } from './vscode/log.ts';
import { loginTerminalCommands } from './vscode/loginTerminal.ts';
import type { Profiles } from './vscode/profiles.ts';
import { createKeyIndexes } from './vscode/search/keyIndexes.ts';
import { searchCommands } from './vscode/search/searchCommands.ts';
import type { Sessions } from './vscode/sessions.ts';
import type { Settings } from './vscode/settings.ts';
import { createSetup } from './vscode/setup/checkSetup.ts';
import { exportSetupCommands, isScriptedExport } from './vscode/setup/exportSetup.ts';
import { signingCommands, type SigningSource } from './vscode/signing/copySignedUrl.ts';
import { unsignedUrlCommands } from './vscode/signing/copyUnsignedUrl.ts';
import { createLinkForms } from './vscode/signing/linkForms.ts';
import { signFolder } from './vscode/signing/many/signFolder.ts';
import { signList } from './vscode/signing/many/signList.ts';
import { createOptionMemory } from './vscode/signing/options/optionMemory.ts';
import { signPrefix } from './vscode/signing/prefix/signPrefix.ts';
import { presignedUrlCommands } from './vscode/signing/presignedUrls.ts';
import type { BucketTree } from './vscode/tree/bucketTree.ts';
import { copyNameCommands } from './vscode/tree/copyNames.ts';
import { navigationCommands } from './vscode/tree/navigation.ts';
import type { TreeNode } from './vscode/tree/nodes.ts';
import { consoleCommands } from './vscode/tree/openInConsole.ts';
import { pinnedBucketCommands } from './vscode/tree/pinnedBuckets.ts';
import { isScripted, readCall } from './vscode/tree/targets.ts';
import { walkthroughCommands } from './vscode/walkthrough.ts';

/** What the door has made by the time that something is to be done. */
export interface Household {
  readonly context: vscode.ExtensionContext;
  readonly log: Log;
  readonly settings: Settings;
  readonly profiles: Profiles;
  readonly sessions: Sessions;
  readonly discovery: Discovery;
  readonly tree: BucketTree;
  readonly view: vscode.TreeView<TreeNode>;
  readonly keys: KeyRing;
  readonly pendingKeys: PendingKeys;
  readonly ledger: Ledger;
  readonly ledgerView: LedgerView;
  /** In epoch seconds. */
  readonly now: () => number;
}

/** All that is done: by commands, and with what links are made by whoever else asks for them. */
export interface Actions extends vscode.Disposable {
  readonly groups: readonly CommandGroup[];
  readonly signing: SigningSource;
}

/** The door’s other half, which is loaded when the first thing is to be done. */
export function createActions(household: Household): Actions {
  const { context, log, settings, profiles, sessions, discovery, keys, now } = household;
  const { tree, view, ledger } = household;
  let pool: SigningPool | undefined;

  const regionOf = (bucket: string) =>
    tree.regionOf(bucket) ?? sessions.open?.region ?? 'us-east-1';
  const call = (args: readonly unknown[]) => readCall(args, tree.roots, view.selection);
  const openSession = () => sessions.open;
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
    async loadSignBatch() {
      pool ??= createSigningPool(new URL('./signingWorker.js', import.meta.url));
      return pool.signBatch;
    },
    recordLinks: (issued: readonly Link[]) => ledger.record(issued),
    beginRecord: () => ledger.begin(),
  };
  const { linkTree, linkView } = household.ledgerView;
  const issued = { ledger, tree: linkTree, view: linkView, signing, links };
  const openAccount = keyAccountOpener((mayAsk) => sessions.current(mayAsk));
  const keeper = { keys, settings, discovery, openAccount, now };
  const indexes = vscode.Uri.joinPath(context.globalStorageUri, 'indexes').fsPath;

  const groups: readonly CommandGroup[] = [
    {
      isScripted: () => false,
      commands: {
        ...profiles.commands,
        ...navigationCommands(tree, view, trial, () => sessions.reset()),
        ...pinnedBucketCommands(settings, view),
        ...copyNameCommands(call, regionOf),
        ...loginTerminalCommands,
        ...setup.reportCommands,
        ...walkthroughCommands(context.extension),
        showLog: async () => ok(log.show()),
      },
    },
    {
      isScripted,
      commands: {
        ...signingCommands(signing),
        ...presignedUrlCommands(signing),
        signPrefix: (...args) => signPrefix(args, signing),
        signFolder: (...args) => signFolder(args, signing),
        signList: (...args) => signList(args, signing),
        ...setup.commands,
        ...linkCommands(links),
        ...issuedLinkCommands(issued),
        ...unsignedUrlCommands(trial),
        ...consoleCommands({ settings, discovery, readCall: call, regionOf }),
        ...keyPairCommands(keeper, household.pendingKeys),
        ...searchCommands({
          indexes: createKeyIndexes(indexes, () => JSON.stringify(profiles.connection())),
          session: (mayAsk) => sessions.current(mayAsk),
          readCall: call,
          now,
        }),
      },
    },
    { isScripted: isScriptedImport, commands: keyCommands(keeper) },
    { isScripted: isScriptedForAll, commands: ledgerCommands(issued) },
    { isScripted: isScriptedInEditor, commands: editorCommands(signing) },
    {
      isScripted: isScriptedExport,
      commands: exportSetupCommands({
        keys,
        regionOf,
        readCall: call,
        loadExportSetup: async () =>
          (await import('./core/setup/export/exportSetup.ts')).exportSetup,
      }),
    },
  ];
  return {
    groups,
    signing,
    dispose() {
      setup.dispose();
      links.documents.dispose();
      pool?.dispose();
    },
  };
}
