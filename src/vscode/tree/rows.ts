import { problemWords, type Problem } from '../../core/problem.ts';
import { baseName } from '../../core/s3/baseName.ts';
import type { Listing } from '../../core/s3/listing.ts';
import { visibleText } from '../../core/s3/visibleText.ts';
import { locationOf, makeNode, type FolderNode, type ObjectNode, type RowNode } from './nodes.ts';

function idOf(kind: string, folder: FolderNode | undefined): string {
  return `row\n${kind}\n${folder?.id ?? ''}`;
}

/** What stands above a level's keys: a filter in force, and a beginning that was skipped. */
export function headRows(folder: FolderNode, filter: string, isWindow: boolean): RowNode[] {
  const rows: RowNode[] = [];
  if (filter !== '') {
    rows.push(
      makeNode({
        kind: 'row',
        id: idOf('filter', folder),
        label: `Filter: ${visibleText(filter)}`,
        description: 'click to clear',
        icon: 'filter-filled',
        contextValue: 'row.filter',
        command: { command: 'cloudfrontSigner.clearFilter', args: [folder] },
        parent: folder,
      }),
    );
  }
  if (isWindow) {
    rows.push(
      makeNode({
        kind: 'row',
        id: idOf('earlier', folder),
        label: 'Earlier…',
        description: 'list from the beginning',
        icon: 'fold-up',
        contextValue: 'row.earlier',
        command: { command: 'cloudfrontSigner.refresh', args: [folder] },
        parent: folder,
      }),
    );
  }
  return rows;
}

/** Many rows of a level in one, behind which they are out of sight until it is opened. */
export function groupRow(
  folder: FolderNode,
  number: number,
  members: readonly (FolderNode | ObjectNode)[],
): RowNode {
  const names = [members.at(0), members.at(-1)].map((node) =>
    node === undefined ? '' : visibleText(baseName(locationOf(node).key)),
  );
  return makeNode({
    kind: 'row',
    id: idOf(`group ${number}`, folder),
    label: names.join(' … '),
    description: members.length.toLocaleString('en-US'),
    icon: 'layers',
    contextValue: 'row.group',
    children: members,
    isClosed: true,
    parent: folder,
  });
}

/** What stands below a listing's items: that it loads, has more, failed, or came to nothing. */
export function tailRows(
  listing: Listing<unknown>,
  folder: FolderNode | undefined,
  emptyText: string,
): RowNode[] {
  if (listing.isLoading) return [loadingRow(folder)];
  if (listing.halt?.kind === 'problem') return [problemRow(listing.halt.problem, folder)];
  if (listing.halt?.kind === 'cancelled') {
    return [{ ...retryRow(folder, folder), label: 'Cancelled', description: 'click to retry' }].map(
      makeNode,
    );
  }
  if (!listing.isWhole) return [loadMoreRow(folder, listing.items.length)];
  return listing.items.length === 0 && emptyText !== '' ? [emptyRow(folder, emptyText)] : [];
}

function loadingRow(folder: FolderNode | undefined): RowNode {
  return makeNode({
    kind: 'row',
    id: idOf('loading', folder),
    label: 'Loading…',
    icon: 'loading~spin',
    contextValue: 'row.loading',
    parent: folder,
  });
}

function loadMoreRow(folder: FolderNode | undefined, count: number): RowNode {
  return makeNode({
    kind: 'row',
    id: idOf('loadMore', folder),
    label: 'Load more',
    description: `${count} so far`,
    icon: 'ellipsis',
    contextValue: 'row.loadMore',
    command: { command: 'cloudfrontSigner.loadMore', args: [folder] },
    parent: folder,
  });
}

function emptyRow(folder: FolderNode | undefined, label: string): RowNode {
  return makeNode({
    kind: 'row',
    id: idOf('empty', folder),
    label,
    icon: 'circle-slash',
    contextValue: 'row.empty',
    parent: folder,
  });
}

function retryRow(
  folder: FolderNode | undefined,
  parent: FolderNode | RowNode | undefined,
): RowNode {
  return makeNode({
    kind: 'row',
    id: idOf('retry', folder),
    label: 'Retry',
    icon: 'refresh',
    contextValue: 'row.action',
    command: { command: 'cloudfrontSigner.retry', args: [folder] },
    parent,
  });
}

/** A problem as a row with its remedy, and its cures and Retry as rows below it. */
function problemRow(problem: Problem, folder: FolderNode | undefined): RowNode {
  const { title, remedy, actions } = problemWords(problem);
  const children: RowNode[] = [];
  const row: RowNode = makeNode({
    kind: 'row',
    id: idOf(`problem ${problem.code}`, folder),
    label: visibleText(title),
    description: visibleText(remedy),
    tooltip: `${title}.\n\n${remedy}`,
    icon: 'warning',
    contextValue: 'row.problem',
    children,
    parent: folder,
  });
  for (const { title: label, command, args = [] } of actions) {
    children.push(
      makeNode({
        kind: 'row',
        id: idOf(`action ${command}`, folder),
        label,
        icon: 'lightbulb',
        contextValue: 'row.action',
        command: { command, args },
        parent: row,
      }),
    );
  }
  children.push(retryRow(folder, row));
  return row;
}
