import * as vscode from 'vscode';
import { cancelled, ok, type Outcome } from '../../core/outcome.ts';
import { problemWords } from '../../core/problem.ts';
import { s3Uri, type S3Location, type S3Place } from '../../core/s3/location.ts';
import { visibleText } from '../../core/s3/visibleText.ts';
import { searchFor, searchLike, type KeySearch } from '../../core/search/keySearch.ts';
import type { KeyRow } from '../../core/search/keySegment.ts';
import type { KeyTable } from '../../core/search/keyTable.ts';
import { inTime, TOO_SLOW } from '../inTime.ts';
import { takingTurns } from '../takingTurns.ts';
import { foundItems, type FoundItem } from './foundItems.ts';
import type { SearchSource } from './searchCommands.ts';
import { SearchedKeys } from './searchedKeys.ts';

/** How many of the objects that fit are shown: nobody reads more, and the list stays quick. */
const SHOWN = 200;

/** How long what has come waits to be shown together, in milliseconds. */
const REDRAW = 100;

const LIST_ANEW: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('refresh'),
  tooltip: 'List Anew',
};

/**
 * Searches a place as one types, in its index where there is one, else while it is being listed. What
 * is chosen is signed; a button of each object reveals it instead.
 *
 * @returns what was chosen
 */
export async function searchObjects(
  place: S3Place,
  source: SearchSource,
): Promise<Outcome<readonly S3Location[]>> {
  const pick = vscode.window.createQuickPick<FoundItem>();
  const title = `Search ${visibleText(`${place.bucket}/${place.prefix}`)}`;
  const closing = new AbortController();
  const keys = new SearchedKeys(place, source, closing.signal, () => void look());
  const chosen = new Map<string, KeyRow>();
  let search: KeySearch | undefined;
  let searched: KeyTable | undefined;
  let complaint: string | undefined;
  let turn = 0;
  let drawing: NodeJS.Timeout | undefined;

  /** Looks for what is typed, from the beginning. */
  function begin(): void {
    const begun = searchFor(pick.value, place.prefix, SHOWN);
    complaint = begun.kind === 'ok' ? undefined : problemWords(begun.problem).remedy;
    search = begun.kind === 'ok' ? begun.value : undefined;
    searched = keys.table;
    void look();
  }

  /** Looks at the keys that it has not seen. Who begins later takes over. */
  async function look(): Promise<void> {
    if (searched !== keys.table) return begin();
    const mine = ++turn;
    const giveTurn = takingTurns();
    drawing ??= setTimeout(draw, REDRAW);
    const steps = search?.steps(keys.table);
    for (;;) {
      const step = inTime(() => steps?.next());
      if (step === undefined) {
        search = undefined;
        complaint = TOO_SLOW;
        return;
      }
      if (step.value?.done !== false) break;
      await giveTurn();
      if (mine !== turn || closing.signal.aborted) return;
      drawing ??= setTimeout(draw, REDRAW);
    }
    if (search?.count !== 0 || search.isFuzzy || keys.isListing) return;
    search = searchLike(pick.value, place.prefix, SHOWN) ?? search;
    if (search.isFuzzy) await look();
  }

  function draw(): void {
    drawing = undefined;
    if (closing.signal.aborted) return;
    // Within the list, nothing but items stays to be seen while one types.
    pick.title = `${title}: ${complaint ?? countText()}`;
    pick.busy = keys.isListing;
    pick.buttons = keys.isFromIndex ? [LIST_ANEW] : [];
    const items = foundItems(search?.rows ?? [], chosen);
    const active = pick.activeItems[0]?.row.key;
    pick.items = items;
    pick.selectedItems = items.filter(({ row }) => chosen.has(row.key));
    // What Enter will take is seen before.
    const [first] = items;
    const next = items.find(({ row }) => row.key === active) ?? first;
    if (next !== undefined) pick.activeItems = [next];
  }

  /** How many fit, how many of them are shown, and of how many they are. */
  function countText(): string {
    if (search === undefined || pick.value.trim() === '' || keys.isBroken) return keys.text;
    const { count, rows, isFuzzy } = search;
    const some = count > rows.length ? ` (${rows.length} shown)` : '';
    return `${count.toLocaleString('en-US')}${isFuzzy ? ' similar' : ''}${some} of ${keys.text}`;
  }

  function choose(items: readonly FoundItem[]): void {
    // Only what is shown can have been given up.
    for (const { row } of pick.items) chosen.delete(row.key);
    for (const { row } of items) chosen.set(row.key, row);
  }

  pick.title = title;
  pick.placeholder = 'Words, a pattern such as *.mp4, or a /regular expression/';
  pick.canSelectMany = true;
  pick.ignoreFocusOut = true;
  pick.keepScrollPosition = true;
  pick.busy = true;
  pick.onDidChangeValue(begin);
  pick.onDidChangeSelection(choose);
  pick.onDidTriggerButton(() => void keys.listAnew());
  const accepted = new Promise<readonly S3Location[]>((resolve) => {
    const { bucket } = place;
    pick.onDidTriggerItemButton(({ item: { row } }) => {
      const uri = s3Uri({ bucket, key: row.key });
      void vscode.commands.executeCommand('cloudfrontSigner.openLocation', uri);
      pick.hide();
    });
    pick.onDidAccept(() => {
      const active = pick.activeItems.slice(0, 1).map(({ row }) => row);
      const rows = chosen.size > 0 ? [...chosen.values()] : active;
      if (rows.length === 0) return;
      resolve(rows.map(({ key }) => ({ bucket, key })));
      pick.hide();
    });
    pick.onDidHide(() => resolve([]));
  });
  pick.show();
  void keys.begin();
  const locations = await accepted;
  closing.abort();
  clearTimeout(drawing);
  pick.dispose();
  if (locations.length === 0) return cancelled;
  await vscode.commands.executeCommand('cloudfrontSigner.copySignedUrl', locations);
  return ok(locations);
}
