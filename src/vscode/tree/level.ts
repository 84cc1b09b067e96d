import { Listing, type FetchPage } from '../../core/s3/listing.ts';
import type { ObjectEntry, PrefixEntry } from '../../core/s3/objectStore.ts';
import { makeFolder, makeObject, type FolderNode, type ObjectNode, type RowNode } from './nodes.ts';
import { groupRow } from './rows.ts';

/**
 * How many nodes stand side by side before they become one row. VS Code takes all that do anew with
 * each page, so that without an end each page would take longer than the one before it.
 */
const GROUP = 5000;

/** What is known of the keys directly below a folder. A refresh puts a new one in its place. */
export class Level {
  readonly folder: FolderNode;
  readonly listing: Listing<PrefixEntry | ObjectEntry>;
  /** What the listed keys begin with beyond the folder's own prefix. */
  readonly filter: string;
  /** Where the listing begins, if not at the level's first key. */
  readonly startAfter: string | undefined;
  readonly #nodes: (FolderNode | ObjectNode)[] = [];
  readonly #groups: RowNode[] = [];
  readonly #groupOf = new Map<FolderNode | ObjectNode, RowNode>();

  constructor(
    folder: FolderNode,
    fetchPage: FetchPage<PrefixEntry | ObjectEntry>,
    filter: string,
    startAfter: string | undefined,
  ) {
    this.folder = folder;
    this.listing = new Listing(fetchPage);
    this.filter = filter;
    this.startAfter = startAfter;
  }

  /** The nodes of what has been listed: each made once, so that VS Code knows it again. */
  get nodes(): readonly (FolderNode | ObjectNode)[] {
    const added = this.listing.items.slice(this.#nodes.length);
    if (added.length > 0) this.#group();
    for (const entry of added) {
      this.#nodes.push(
        entry.kind === 'prefix'
          ? makeFolder(this.folder, entry.prefix)
          : makeObject(this.folder, entry),
      );
    }
    return this.#nodes;
  }

  /** What is shown of the nodes: rows for many of the first, then the others. */
  get rows(): readonly (RowNode | FolderNode | ObjectNode)[] {
    const { loose } = this;
    return [...this.#groups, ...loose];
  }

  /** The nodes that stand side by side. */
  get loose(): readonly (FolderNode | ObjectNode)[] {
    const { nodes } = this;
    return nodes.slice(this.#groupOf.size);
  }

  /** How many rows stand for many. */
  get groupCount(): number {
    return this.nodes.length === 0 ? 0 : this.#groups.length;
  }

  /** The row that a node is out of sight in. */
  groupOf(node: FolderNode | ObjectNode): RowNode | undefined {
    return this.#groupOf.get(node);
  }

  /** What has just come stays side by side: only what is before it becomes a row. */
  #group(): void {
    const loose = this.#nodes.slice(this.#groupOf.size);
    if (loose.length < GROUP) return;
    const row = groupRow(this.folder, this.#groups.length, loose);
    this.#groups.push(row);
    for (const node of loose) this.#groupOf.set(node, row);
  }

  /** The node of a key or a prefix, where it has been listed. */
  find(name: string, kind: 'folder' | 'object'): FolderNode | ObjectNode | undefined {
    return this.nodes.find((node) =>
      node.kind === 'folder'
        ? kind === 'folder' && node.prefix === name
        : kind === 'object' && node.entry.key === name,
    );
  }
}
