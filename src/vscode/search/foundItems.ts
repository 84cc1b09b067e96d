import * as vscode from 'vscode';
import { localText } from '../../core/expiry.ts';
import { baseName } from '../../core/s3/baseName.ts';
import { sizeText } from '../../core/s3/sizeText.ts';
import { visibleText } from '../../core/s3/visibleText.ts';
import type { KeySearch } from '../../core/search/keySearch.ts';
import type { KeyRow } from '../../core/search/keySegment.ts';

/** A line of the search: an object, or something said about them. */
export interface FoundItem extends vscode.QuickPickItem {
  readonly row?: KeyRow;
}

const REVEAL: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('list-tree'),
  tooltip: 'Reveal in Buckets',
};

/**
 * What is shown of a search: how much it has found, then what was chosen before and is not among it,
 * then what it has found.
 */
export function foundItems(
  search: KeySearch,
  isListing: boolean,
  chosen: ReadonlyMap<string, KeyRow>,
): readonly FoundItem[] {
  const { rows } = search;
  const keys = new Set(rows.map(({ key }) => key));
  const others = [...chosen.values()].filter(({ key }) => !keys.has(key));
  const said = countText(search, isListing);
  return [...(said === '' ? [] : [saying(said)]), ...[...others, ...rows].map(objectItem)];
}

/** A line that cannot be chosen. */
export function saying(label: string): FoundItem {
  return { kind: vscode.QuickPickItemKind.Separator, label: visibleText(label) };
}

function countText({ count, rows, isFuzzy }: KeySearch, isListing: boolean): string {
  if (count === 0) return isListing ? '' : 'Nothing like it';
  const some = count > rows.length ? `, the first ${rows.length} shown` : '';
  return `${count.toLocaleString('en-US')} ${isFuzzy ? 'similar' : 'found'}${some}`;
}

function objectItem(row: KeyRow): FoundItem {
  const { key, size, modified } = row;
  const name = baseName(key);
  const folder = visibleText(key.slice(0, key.lastIndexOf(name)));
  const date = modified && localText(modified.getTime() / 1000);
  return {
    row,
    label: visibleText(name),
    description: [folder, sizeText(size), date].filter(Boolean).join(' · '),
    // It fits already, by rules that are not those of the list.
    alwaysShow: true,
    buttons: [REVEAL],
  };
}
