import type { S3Location } from '../../core/s3/location.ts';
import type { ObjectEntry } from '../../core/s3/objectStore.ts';

/** A bucket, a pinned part of one, or a prefix: what has a level of keys below it. */
export interface FolderNode {
  readonly kind: 'folder';
  readonly id: string;
  readonly bucket: string;
  /** What the keys below begin with; empty for a whole bucket. */
  readonly prefix: string;
  readonly parent: FolderNode | undefined;
  /** What brought it into the view, where it is at the top. */
  readonly root: Root | undefined;
}

export interface Root {
  readonly origin: 'pinned' | 'opened' | 'listed';
  readonly region: string | undefined;
}

export interface ObjectNode {
  readonly kind: 'object';
  readonly id: string;
  readonly bucket: string;
  readonly entry: ObjectEntry;
  readonly parent: FolderNode;
}

/** A row that is neither: it says something about the level it is in, and a click may act on it. */
export interface RowNode {
  readonly kind: 'row';
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly tooltip?: string;
  /** The name of a codicon. */
  readonly icon: string;
  readonly contextValue: string;
  readonly command?: { readonly command: string; readonly args: readonly unknown[] };
  readonly children?: readonly TreeNode[];
  /** Whether what is below it is out of sight at first. */
  readonly isClosed?: boolean;
  readonly parent: FolderNode | RowNode | undefined;
}

export type TreeNode = FolderNode | ObjectNode | RowNode;

/** Nodes made here, so that a command can tell one from whatever else it may be called with. */
const made = new WeakSet<object>();

export function makeNode<N extends TreeNode>(node: N): N {
  made.add(node);
  return node;
}

export function isTreeNode(value: unknown): value is TreeNode {
  return typeof value === 'object' && value !== null && made.has(value);
}

/** A root is named after its place, what is below it after root and key. */
export function makeRoot(bucket: string, prefix: string, root: Root): FolderNode {
  return makeNode({
    kind: 'folder',
    id: `${bucket}/${prefix}`,
    bucket,
    prefix,
    parent: undefined,
    root,
  });
}

export function rootOf(folder: FolderNode): FolderNode {
  return folder.parent === undefined ? folder : rootOf(folder.parent);
}

export function makeFolder(parent: FolderNode, prefix: string): FolderNode {
  return makeNode({
    kind: 'folder',
    id: `prefix\n${rootOf(parent).id}\n${prefix}`,
    bucket: parent.bucket,
    prefix,
    parent,
    root: undefined,
  });
}

export function makeObject(parent: FolderNode, entry: ObjectEntry): ObjectNode {
  return makeNode({
    kind: 'object',
    id: `object\n${rootOf(parent).id}\n${entry.key}`,
    bucket: parent.bucket,
    entry,
    parent,
  });
}

/** The place in S3 that a node stands for; a folder's key is its prefix. */
export function locationOf(node: FolderNode | ObjectNode): S3Location {
  return { bucket: node.bucket, key: node.kind === 'object' ? node.entry.key : node.prefix };
}
