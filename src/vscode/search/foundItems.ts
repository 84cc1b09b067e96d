import * as vscode from 'vscode';
import { localText } from '../../core/expiry.ts';
import { baseName } from '../../core/s3/baseName.ts';
import { sizeText } from '../../core/s3/sizeText.ts';
import { visibleText } from '../../core/s3/visibleText.ts';
import type { KeyRow } from '../../core/search/keySegment.ts';

/** A line of the search: an object. */
export interface FoundItem extends vscode.QuickPickItem {
  readonly row: KeyRow;
}

const REVEAL: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('list-tree'),
  tooltip: 'Reveal in Buckets',
};

/** The objects that were chosen before and are not found now, then those that are. */
export function foundItems(
  rows: readonly KeyRow[],
  chosen: ReadonlyMap<string, KeyRow>,
): readonly FoundItem[] {
  const keys = new Set(rows.map(({ key }) => key));
  const others = [...chosen.values()].filter(({ key }) => !keys.has(key));
  return [...others, ...rows].map(objectItem);
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
