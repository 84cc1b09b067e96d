import * as vscode from 'vscode';
import type { BucketFront } from '../../core/cloudfront/bucketFront.ts';
import { s3Uri } from '../../core/s3/location.ts';
import { sizeText } from '../../core/s3/sizeText.ts';
import { visibleText } from '../../core/s3/visibleText.ts';
import { placeUri } from '../rowUris.ts';
import { locationOf, type FolderNode, type ObjectNode, type RowNode } from './nodes.ts';

/** Made for the first row: the first one of a process takes 10 ms, which activation does not have. */
let date: Intl.DateTimeFormat | undefined;

function dateText(modified: Date): string {
  date ??= new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short' });
  return date.format(modified);
}

/** What the level above does not say already; a lone slash stays, for it is a name of no letters. */
function nameIn(parent: FolderNode, key: string): string {
  const name = key.slice(parent.prefix.length);
  return visibleText(name.length > 1 && name.endsWith('/') ? name.slice(0, -1) : name);
}

function joined(words: readonly (string | undefined)[]): string {
  return words.filter((word) => word !== undefined && word !== '').join(' · ');
}

/** What is to be known of a distribution in front of a bucket, where it is not as it should be. */
export function frontWords({ distribution, restricted }: BucketFront): readonly string[] {
  return [
    ...(distribution.enabled ? [] : ['disabled']),
    ...(restricted === 'none' ? ['unrestricted'] : []),
    ...(restricted === 'some' ? ['partly unrestricted'] : []),
  ];
}

function nameOf({ distribution, domain }: BucketFront): string {
  return domain ?? distribution.domainName;
}

function frontText([first, ...others]: readonly BucketFront[]): string | undefined {
  if (first === undefined) return undefined;
  const more = others.length === 0 ? '' : ` +${others.length}`;
  return joined([`${nameOf(first)}${more}`, ...frontWords(first)]);
}

/** @param fronts the distributions in front of a bucket, as far as they are known */
export function folderItem(
  node: FolderNode,
  filter: string,
  fronts: readonly BucketFront[] = [],
): vscode.TreeItem {
  const { bucket, prefix, parent, root } = node;
  const item = new vscode.TreeItem(
    parent === undefined
      ? visibleText(prefix === '' ? bucket : `${bucket}/${prefix}`)
      : nameIn(parent, prefix),
    vscode.TreeItemCollapsibleState.Collapsed,
  );
  const served = fronts.length === 0 ? '' : '.served';
  const filtered = filter === '' ? '' : '.filtered';
  item.id = node.id;
  item.description = joined([
    frontText(fronts),
    root?.region,
    root?.origin === 'pinned' ? 'pinned' : undefined,
    filter === '' ? undefined : `filter: ${visibleText(filter)}`,
  ]);
  if (root === undefined) {
    item.iconPath = vscode.ThemeIcon.Folder;
    item.resourceUri = placeUri(locationOf(node));
  } else item.iconPath = new vscode.ThemeIcon(prefix === '' ? 'database' : 'folder-library');
  item.contextValue = `${root === undefined ? 'prefix' : `bucket.${root.origin}`}${served}${filtered}`;
  return item;
}

export function objectItem(node: ObjectNode): vscode.TreeItem {
  const { entry, parent } = node;
  const { key, size, modified, archived, storageClass } = entry;
  const isMarker = key === parent.prefix;
  const label = isMarker ? '(folder marker)' : nameIn(parent, key);
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.None);
  const words = joined([
    archived ? `archived: ${storageClass}` : undefined,
    sizeText(size),
    modified && dateText(modified),
  ]);
  item.id = node.id;
  item.description = words;
  item.resourceUri = placeUri(locationOf(node));
  item.iconPath = archived ? new vscode.ThemeIcon('archive') : vscode.ThemeIcon.File;
  item.contextValue = archived ? 'object.archived' : 'object';
  item.accessibilityInformation = { label: `${label}, ${words}` };
  return item;
}

/** All that is known of a node, as plain text: a key is data and may hold Markdown. */
export function tooltipOf(
  node: FolderNode | ObjectNode,
  fronts: readonly BucketFront[] = [],
): string {
  const uri = visibleText(s3Uri(locationOf(node)));
  if (node.kind === 'folder') {
    const lines = fronts.map((front) => {
      const words = [nameOf(front), front.distribution.id, ...frontWords(front)];
      return `Distribution: ${joined(words)}`;
    });
    return [joined([uri, node.root?.region]), ...lines].join('\n');
  }
  const { size, modified, etag, storageClass, archived } = node.entry;
  return [
    uri,
    `Size: ${size.toLocaleString('en-US')} bytes`,
    modified &&
      `Modified: ${modified.toLocaleString('en-GB', { dateStyle: 'full', timeStyle: 'long' })}`,
    `Storage class: ${storageClass}${archived ? ', archived: no link can serve it before it is restored' : ''}`,
    etag && `ETag: ${etag}`,
  ]
    .filter((line) => line !== undefined && line !== '')
    .join('\n');
}

export function rowItem(row: RowNode): vscode.TreeItem {
  const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;
  const opening = row.isClosed === true ? Collapsed : Expanded;
  const item = new vscode.TreeItem(row.label, row.children === undefined ? None : opening);
  item.id = row.id;
  item.iconPath = new vscode.ThemeIcon(row.icon);
  item.contextValue = row.contextValue;
  if (row.description !== undefined) item.description = row.description;
  item.tooltip = row.tooltip ?? row.label;
  if (row.command) {
    const { command, args } = row.command;
    item.command = { title: row.label, command, arguments: [...args] };
  }
  return item;
}
