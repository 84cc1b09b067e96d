import * as vscode from 'vscode';
import { gatherIssued, type Gathering } from '../../core/ledger/gatherIssued.ts';
import type { IssuedLink } from '../../core/ledger/issuedLink.ts';
import { isKept } from '../../core/ledger/livingLinks.ts';
import type { Link } from '../../core/linkFormats/link.ts';
import type { Result } from '../../core/outcome.ts';
import type { Log } from '../log.ts';
import { problemLine } from '../problems.ts';
import type { Settings } from '../settings.ts';
import { takingTurns } from '../takingTurns.ts';
import { createLinkFiles, type LinkFiles } from './linkFiles.ts';

/** How long after a change others may follow that are read with it, in milliseconds. */
const QUIET = 100;

/** What was issued here, by this window and by others. It is read when somebody asks for it first. */
export interface Ledger extends vscode.Disposable, Pick<LinkFiles, 'claimTelling'> {
  /** Told where what is kept has changed, here or in another window. */
  readonly onDidChange: vscode.Event<void>;
  /** Keeps what one act has issued, unless the settings say otherwise; nobody waits for it. */
  record(links: readonly Link[]): void;
  /** The same, for an act whose links are not there all at once. */
  begin(): Recording;
  /** What is kept, in no order. */
  list(): Promise<readonly IssuedLink[]>;
  /** Errors: `file-unwritable`. */
  forget(ids: readonly string[]): Promise<Result<void>>;
  /** Reads anew what other windows may have changed. */
  refresh(): Promise<void>;
}

/** What one act issues, which is kept once it is done. */
export interface Recording {
  add(link: Link): void;
  keep(): void;
}

/** What the ledger is kept with. */
export interface LedgerSource {
  /** Where its files are, shared by all windows. */
  readonly folder: vscode.Uri;
  readonly settings: Settings;
  readonly log: Log;
  /** In epoch seconds. */
  readonly now: () => number;
}

export function createLedger({ folder, settings, log, now }: LedgerSource): Ledger {
  const files = createLinkFiles(folder.fsPath, log);
  const changed = new vscode.EventEmitter<void>();
  const watches: vscode.Disposable[] = [];
  let timer: NodeJS.Timeout | undefined;
  let reading: Promise<readonly IssuedLink[]> | undefined;

  const isWanted = (link: IssuedLink): boolean =>
    isKept(link, settings.get('ledger.keepDays'), now());

  function soon(): void {
    clearTimeout(timer);
    timer = setTimeout(() => void refresh(), QUIET);
  }

  async function watch(): Promise<void> {
    // A watch may fail, and a folder on a network tells nothing: then it is the focus that tells.
    watches.push(
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (focused) soon();
      }),
    );
    await vscode.workspace.fs.createDirectory(folder);
    const pattern = new vscode.RelativePattern(folder, '*.{jsonl,forgotten}');
    const watcher = vscode.workspace.createFileSystemWatcher(pattern, false, true);
    watches.push(watcher, watcher.onDidCreate(soon), watcher.onDidDelete(soon));
  }

  async function first(): Promise<readonly IssuedLink[]> {
    await watch().then(undefined, (error: unknown) =>
      log.warn(`The folder of issued links is not watched: ${String(error)}`),
    );
    return files.read(isWanted);
  }

  async function refresh(): Promise<void> {
    if (reading === undefined) return;
    const before = await reading;
    reading = files.read(isWanted);
    const after = new Set((await reading).map(({ id }) => id));
    const isSame = before.length === after.size && before.every(({ id }) => after.has(id));
    if (!isSame) changed.fire();
  }

  async function keep(gathering: Gathering): Promise<void> {
    const issued = gathering.all();
    if (issued.length === 0 || !settings.get('ledger.enabled')) return;
    const kept = await files.add(issued);
    if (kept.kind === 'ok') await refresh();
    else log.warn(`Not in the list of issued links: ${problemLine(kept.problem)}`);
  }

  async function recordAll(links: readonly Link[]): Promise<void> {
    const gathering = gatherIssued(now());
    const giveTurn = takingTurns();
    for (const link of links) {
      gathering.add(link);
      await giveTurn();
    }
    await keep(gathering);
  }

  return {
    onDidChange: changed.event,
    record: (links) => void recordAll(links),
    begin() {
      const gathering = gatherIssued(now());
      return { add: (link) => gathering.add(link), keep: () => void keep(gathering) };
    },
    async list() {
      reading ??= first();
      return (await reading).filter(isWanted);
    },
    async forget(ids) {
      const forgotten = await files.forget(ids);
      await refresh();
      return forgotten;
    },
    refresh,
    claimTelling: (id) => files.claimTelling(id),
    dispose() {
      clearTimeout(timer);
      changed.dispose();
      for (const each of watches) each.dispose();
    },
  };
}
