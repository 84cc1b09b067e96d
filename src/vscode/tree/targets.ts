import { fail, ok, type Result } from '../../core/outcome.ts';
import { compareKeys } from '../../core/s3/keyOrder.ts';
import { parseS3Location, type S3Location } from '../../core/s3/location.ts';
import {
  isTreeNode,
  locationOf,
  rootOf,
  type FolderNode,
  type ObjectNode,
  type TreeNode,
} from './nodes.ts';

/** What a command was called with: what to act on, and the options of a script. */
export interface Call {
  /** Nodes of the tree, in its order; undefined where the caller named something else, or nothing. */
  readonly nodes: readonly (FolderNode | ObjectNode)[] | undefined;
  /** What the caller named, or what the nodes stand for; undefined where it named nothing. */
  readonly locations: readonly S3Location[] | undefined;
  /** Undefined where a person called. */
  readonly options: object | undefined;
}

/** Whether a script calls: whoever gives options is asked nothing. */
export function isScripted([, options]: readonly unknown[]): boolean {
  return optionsIn(options) !== undefined;
}

function optionsIn(second: unknown): object | undefined {
  // The tree's menus give the whole selection as second argument.
  return typeof second === 'object' && second !== null && !Array.isArray(second)
    ? second
    : undefined;
}

/**
 * Reads a command's arguments: `(node, selected nodes)` from a menu, nothing from a key or the
 * palette, and from a script one object or several, by URI or as `{ bucket, key }`, with options.
 *
 * Errors: `location-invalid`.
 */
export function readCall(
  [first, second]: readonly unknown[],
  roots: readonly FolderNode[],
  selection: readonly TreeNode[],
): Result<Call> {
  const options = optionsIn(second);
  const given = Array.isArray(second) && second.length > 0 ? second : first;
  const list: readonly unknown[] =
    given === undefined || given === null ? selection : Array.isArray(given) ? given : [given];
  if (list.every(isTreeNode)) {
    const nodes = inTreeOrder(
      list.filter((node) => node.kind !== 'row'),
      roots,
    );
    const isNamed = list.length > 0 || Array.isArray(given);
    return ok({ nodes, locations: isNamed ? nodes.map(locationOf) : undefined, options });
  }
  const locations = readLocations(list);
  return locations.kind === 'ok'
    ? ok({ nodes: undefined, locations: locations.value, options })
    : locations;
}

/** Reads places as a script names them. Errors: `location-invalid`. */
export function readLocations(list: readonly unknown[]): Result<readonly S3Location[]> {
  const locations: S3Location[] = [];
  for (const item of list) {
    const location = readLocation(item);
    if (location.kind !== 'ok') return location;
    locations.push(location.value);
  }
  return ok(locations);
}

function readLocation(raw: unknown): Result<S3Location> {
  if (isTreeNode(raw) && raw.kind !== 'row') return ok(locationOf(raw));
  if (typeof raw === 'string') return parseS3Location(raw);
  if (typeof raw === 'object' && raw !== null && 'bucket' in raw && 'key' in raw) {
    const { bucket, key } = raw;
    if (typeof bucket === 'string' && typeof key === 'string') {
      // The bucket alone is parsed, so that the key cannot be taken for part of a name.
      const named = parseS3Location(bucket);
      if (named.kind !== 'ok') return named;
      if (named.value.key === '') return ok({ bucket: named.value.bucket, key });
    }
  }
  return fail({ code: 'location-invalid', text: typeof raw });
}

function inTreeOrder(
  nodes: readonly (FolderNode | ObjectNode)[],
  roots: readonly FolderNode[],
): (FolderNode | ObjectNode)[] {
  const rank = new Map(roots.map((root, index) => [root.id, index]));
  const placed = nodes.map((node) => ({
    node,
    rank: rank.get(rootOf(node.kind === 'object' ? node.parent : node).id) ?? roots.length,
    key: locationOf(node).key,
  }));
  return placed
    .toSorted((a, b) => a.rank - b.rank || compareKeys(a.key, b.key))
    .map(({ node }) => node);
}
