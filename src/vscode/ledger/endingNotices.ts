import * as vscode from 'vscode';
import { endingSoon } from '../../core/ledger/endingSoon.ts';
import type { IssuedLink } from '../../core/ledger/issuedLink.ts';
import { kindOf, linkCountdown, linkLabel } from '../../core/ledger/linkWords.ts';
import { ask } from '../messages.ts';
import type { Settings } from '../settings.ts';
import type { Ledger } from './ledger.ts';

/** How long after the start nothing is read, in seconds. */
const REST = 5;

/** A timer takes no longer time than this, in seconds. */
const LONGEST = 86_400;

/** Tells of links in pinned places before they end, where the settings wish it; one window does. */
export function createEndingNotices(
  ledger: Ledger,
  settings: Settings,
  now: () => number,
): vscode.Disposable {
  let timer: NodeJS.Timeout | undefined;

  function lookIn(seconds: number): void {
    clearTimeout(timer);
    if (settings.get('ledger.notifyBefore') === undefined) return;
    timer = setTimeout(() => void look(), seconds * 1000);
  }

  async function look(): Promise<void> {
    const before = settings.get('ledger.notifyBefore');
    if (before === undefined) return;
    const links = await ledger.list();
    const { due, nextAt } = endingSoon(links, settings.get('buckets'), before, now());
    const ours: IssuedLink[] = [];
    for (const link of due) if (await ledger.claimTelling(link.id)) ours.push(link);
    void tell(ours, now());
    if (nextAt !== undefined) lookIn(Math.min(LONGEST, Math.max(1, nextAt - now())));
  }

  lookIn(REST);
  const watches = [
    ledger.onDidChange(() => lookIn(0)),
    vscode.workspace.onDidChangeConfiguration((change) => {
      const names = ['cloudfrontSigner.ledger', 'cloudfrontSigner.buckets'];
      if (names.some((name) => change.affectsConfiguration(name))) lookIn(0);
    }),
  ];
  return vscode.Disposable.from(...watches, { dispose: () => clearTimeout(timer) });
}

async function tell(ending: readonly IssuedLink[], now: number): Promise<void> {
  const [first] = ending;
  if (first === undefined) return;
  const renew = 'Renew';
  const show = 'Show Issued Links';
  const when = linkCountdown(first, now).text;
  const isOne = ending.length === 1;
  const message = isOne
    ? `The link of ${linkLabel(first)} ends ${when}.`
    : `${ending.length} links end soon, that of ${linkLabel(first)} ${when}.`;
  const buttons = isOne && kindOf(first) === 'object' ? [renew, show] : [show];
  const clicked = await ask('info', message, ...buttons);
  if (clicked === renew) {
    await vscode.commands.executeCommand('cloudfrontSigner.renewLink', first.id);
  } else if (clicked === show) {
    await vscode.commands.executeCommand('cloudfrontSigner.links.focus');
  }
}
