import { Listing, type FetchPage } from '../../core/s3/listing.ts';
import type { ObjectEntry, PrefixEntry } from '../../core/s3/objectStore.ts';
import { makeFolder, makeObject, type FolderNode, type ObjectNode } from './nodes.ts';

/** What is known of the keys directly below a folder. A refresh puts a new one in its place. */
export class Level {
  readonly folder: FolderNode;
  readonly listing: Listing<PrefixEntry | ObjectEntry>;
  /** What the listed keys begin with beyond the folder's own prefix. */
  readonly filter: string;
  /** Where the listing begins, if not at the level's first key. */
  readonly startAfter: string | undefined;
  readonly #nodes: (FolderNode | ObjectNode)[] = [];

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
    for (const entry of this.listing.items.slice(this.#nodes.length)) {
      this.#nodes.push(
        entry.kind === 'prefix'
          ? makeFolder(this.folder, entry.prefix)
          : makeObject(this.folder, entry),
      );
    }
    return this.#nodes;
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
