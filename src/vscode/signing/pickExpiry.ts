import * as vscode from 'vscode';
import { durationText, expiresAt, momentText, parseExpiry } from '../../core/expiry.ts';
import type { Result } from '../../core/outcome.ts';
import { problemWords } from '../../core/problem.ts';
import type { ExpiryPreset } from '../../core/settings.ts';

/** What the pick offers, and what bounds it. */
export interface ExpiryChoices {
  readonly standard: ExpiryPreset;
  readonly presets: readonly ExpiryPreset[];
  /** The longest life allowed, in seconds. */
  readonly maximum: number | undefined;
}

interface ExpiryItem extends vscode.QuickPickItem {
  /** In epoch seconds; undefined for what cannot be chosen. */
  readonly end: number | undefined;
}

/**
 * Asks when the link shall end. The default comes first, so that Enter is enough; what is typed is
 * read with every letter, and Enter does nothing while it is wrong.
 *
 * @param now the clock, in epoch seconds
 * @returns the end in epoch seconds; undefined where the user gives up
 */
export async function pickExpiry(
  { standard, presets, maximum }: ExpiryChoices,
  title: string,
  now: () => number,
): Promise<number | undefined> {
  const item = ({ text, expiry }: ExpiryPreset, words: string): ExpiryItem =>
    expiryItem(text, words, expiresAt(expiry, now(), maximum));
  const others = presets.filter(({ text }) => text !== standard.text);
  const offered = (): ExpiryItem[] => [
    item(standard, [lengthOf(standard), 'default'].filter((word) => word !== '').join(' · ')),
    // A preset over the maximum would be an offer that is refused.
    ...others
      .map((preset) => item(preset, lengthOf(preset)))
      .filter(({ end }) => end !== undefined),
  ];

  function typed(text: string): ExpiryItem[] {
    const expiry = parseExpiry(text);
    const read =
      expiry.kind === 'ok'
        ? item({ text, expiry: expiry.value }, lengthOf({ text, expiry: expiry.value }))
        : expiryItem(text, '', expiry);
    const alike = offered().filter(({ label }) => label !== text && label.startsWith(text));
    return read.end === undefined && alike.length > 0 ? alike : [read, ...alike];
  }

  const pick = vscode.window.createQuickPick<ExpiryItem>();
  pick.title = title;
  pick.placeholder = 'When shall the link end? 15m, 12h, 7d, 1d12h, 2026-12-24 18:00 …';
  pick.ignoreFocusOut = true;
  pick.items = offered();
  return new Promise<number | undefined>((resolve) => {
    pick.onDidChangeValue((value) => {
      const text = value.trim();
      pick.items = text === '' ? offered() : typed(text);
    });
    pick.onDidAccept(() => {
      const [active] = pick.activeItems;
      // Enter that comes right after a letter meets what was offered before it.
      const isStale = active === undefined || !pick.items.includes(active);
      const end = (isStale ? pick.items[0] : active)?.end;
      if (end === undefined) return;
      resolve(end);
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}

/** How long a preset lasts, where its own text does not say it in full. */
function lengthOf({ text, expiry }: ExpiryPreset): string {
  const words = expiry.kind === 'duration' ? durationText(expiry.seconds) : '';
  return words === text ? '' : words;
}

function expiryItem(text: string, words: string, end: Result<number>): ExpiryItem {
  if (end.kind === 'ok') {
    const detail = `ends ${momentText(end.value)}`;
    return { label: text, description: words, detail, alwaysShow: true, end: end.value };
  }
  const { title, remedy } = problemWords(end.problem);
  // What was typed is in the label, or the pick would sort the item away.
  const label = title.includes(text) ? title : `${text}: ${title}`;
  return { label: `$(error) ${label}`, detail: remedy, alwaysShow: true, end: undefined };
}
