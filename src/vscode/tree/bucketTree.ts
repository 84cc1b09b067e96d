import * as vscode from 'vscode';
import type { Distribution } from '../../core/cloudfront/account.ts';
import { frontsOf, type BucketFront } from '../../core/cloudfront/bucketFront.ts';
import type { Session } from '../../core/credentials/session.ts';
import { cancelled, fail, ok, type Outcome } from '../../core/outcome.ts';
import type { Problem } from '../../core/problem.ts';
import { Listing } from '../../core/s3/listing.ts';
import { justBefore, type S3Location, type S3Place } from '../../core/s3/location.ts';
import type { BucketEntry } from '../../core/s3/objectStore.ts';
import { visibleText } from '../../core/s3/visibleText.ts';
import { Level } from './level.ts';
import {
  locationOf,
  makeRoot,
  type FolderNode,
  type ObjectNode,
  type Root,
  type TreeNode,
} from './nodes.ts';
import { headRows, tailRows } from './rows.ts';
import { folderItem, objectItem, rowItem, tooltipOf } from './treeItems.ts';

/** How long a level may take before a row says that it is loading, in milliseconds. */
const PATIENCE = 400;

/** ListBuckets gives at most this many a page. */
const BUCKETS_PER_PAGE = 1000;

/** Why the view may be empty, and what its welcome then offers. */
export type Welcome = 'profile' | 'bucket' | undefined;

/** What the tree is built from. */
export interface TreeSource {
  session(): Promise<Outcome<Session>>;
  /** Forgets the session, so that credentials are asked for anew. */
  resetSession(): void;
  pinned(): readonly S3Place[];
  pageSize(): number;
  onWelcome(welcome: Welcome): void;
  /** The account's distributions; none where they cannot be seen. */
  distributions(): Promise<readonly Distribution[]>;
  /** What else there is to say of a place, in a line. */
  noteOf(location: S3Location): Promise<string | undefined>;
}

/**
 * Buckets, and below them the keys by level, page by page. Every level is listed once and kept until
 * it is refreshed; opening and closing it asks S3 for nothing.
 */
export class BucketTree implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
  readonly #source: TreeSource;
  readonly #changed = new vscode.EventEmitter<TreeNode | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #levels = new Map<string, Level>();
  readonly #filters = new Map<string, string>();
  /** Buckets that were asked for by name, and that are neither listed nor pinned. */
  #opened: S3Place[] = [];
  #buckets: Listing<BucketEntry>;
  #roots: readonly FolderNode[] = [];
  /** The listing of the buckets that the distributions below were asked for after. */
  #askedAfter: Listing<BucketEntry> | undefined;
  #distributions: readonly Distribution[] = [];
  /** What stands in front of a root, by its ID. */
  readonly #fronts = new Map<string, readonly BucketFront[]>();

  constructor(source: TreeSource) {
    this.#source = source;
    this.#buckets = this.#listBuckets();
  }

  /** The nodes at the top, in the order they are shown. */
  get roots(): readonly FolderNode[] {
    return this.#roots;
  }

  /** Whether the top or a level stands still for want of credentials. */
  get lacksCredentials(): boolean {
    const listings = [this.#buckets, ...[...this.#levels.values()].map(({ listing }) => listing)];
    return listings.some(({ halt }) => halt?.kind === 'problem' && isOfCredentials(halt.problem));
  }

  /** Undefined where the listing of the buckets does not tell it. */
  regionOf(bucket: string): string | undefined {
    return this.#buckets.items.find(({ name }) => name === bucket)?.region;
  }

  /** Whether a bucket is in the view, once the account's own buckets are listed there. */
  async knows(bucket: string): Promise<boolean> {
    await this.#topListed();
    return this.#makeRoots(this.#buckets.items).some((root) => root.bucket === bucket);
  }

  filterOf(folder: FolderNode): string {
    return this.#filters.get(folder.id) ?? '';
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    if (node.kind === 'folder') {
      return folderItem(node, this.filterOf(node), this.#frontsOf(node));
    }
    return node.kind === 'object' ? objectItem(node) : rowItem(node);
  }

  async resolveTreeItem(item: vscode.TreeItem, node: TreeNode): Promise<vscode.TreeItem> {
    if (node.kind === 'row') return item;
    const fronts = node.kind === 'folder' ? this.#frontsOf(node) : [];
    const note = await this.#source.noteOf(locationOf(node));
    item.tooltip = [tooltipOf(node, fronts), ...(note === undefined ? [] : [note])].join('\n');
    return item;
  }

  getParent(node: TreeNode): TreeNode | undefined {
    if (node.kind === 'row' || node.parent === undefined) return node.parent;
    return this.#levels.get(node.parent.id)?.groupOf(node) ?? node.parent;
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    if (node === undefined) return this.#topNodes();
    if (node.kind === 'row') return [...(node.children ?? [])];
    if (node.kind === 'object') return [];
    const level = this.#level(node);
    await this.#beginLoading(level.listing, node);
    const emptyText =
      level.filter === ''
        ? 'No objects'
        : `Nothing begins with “${visibleText(level.filter)}” here`;
    return [
      ...headRows(node, level.filter, level.startAfter !== undefined),
      ...level.rows,
      ...tailRows(level.listing, node, emptyText),
    ];
  }

  /** Lists a folder and all below it anew, or everything. */
  refresh(folder?: FolderNode): void {
    for (const level of this.#levels.values()) {
      if (folder === undefined || isWithin(level.folder, folder)) this.#drop(level);
    }
    if (folder === undefined) {
      this.#buckets.cancel();
      this.#buckets = this.#listBuckets();
      this.#learn([]);
    }
    this.#changed.fire(folder);
  }

  /** Shows the top anew without asking S3, after the pinned places have changed. */
  redraw(): void {
    this.#changed.fire(undefined);
  }

  /** Tries again what stands still; where credentials or a code were the matter, everything. */
  retry(folder?: FolderNode): void {
    if (this.lacksCredentials || this.#listing(folder).halt?.kind === 'cancelled') {
      this.#source.resetSession();
      this.refresh();
    } else void this.loadMore(folder);
  }

  /**
   * Asks for the next page of a folder, or of the buckets.
   *
   * @returns the first that is new, where those before it have become one row and left its place
   */
  async loadMore(folder?: FolderNode): Promise<TreeNode | undefined> {
    const level = folder && this.#level(folder);
    const loading = this.#listing(folder).load();
    this.#changed.fire(folder);
    const groups = level?.groupCount;
    await loading;
    this.#changed.fire(folder);
    return groups === level?.groupCount ? undefined : level?.loose[0];
  }

  /** Narrows a folder to the names that begin with a text; empty for all of them. */
  filter(folder: FolderNode, text: string): void {
    if (text === '') this.#filters.delete(folder.id);
    else this.#filters.set(folder.id, text);
    this.refresh(folder);
  }

  /**
   * Finds the node of an object, a prefix or a bucket, in a number of requests that grows only with
   * the depth: a level in which the name is not on the first page is listed from just before it.
   *
   * Errors: those of S3; `object-missing`.
   */
  async find(location: S3Location): Promise<Outcome<FolderNode | ObjectNode>> {
    // A top that is drawn anew later would lose what is selected below it.
    await this.#topListed();
    let folder = this.#rootFor(location);
    const { key } = location;
    if (key === '' || key === folder.prefix) return ok(folder);
    for (;;) {
      const slash = key.indexOf('/', folder.prefix.length);
      const isLast = slash < 0 || slash === key.length - 1;
      const name = slash < 0 ? key : key.slice(0, slash + 1);
      let found = await this.#findIn(folder, name, slash < 0 ? 'object' : 'folder');
      // What is pasted without its last slash may be meant as a prefix.
      if (found.kind === 'ok' && found.value === undefined && slash < 0) {
        found = await this.#findIn(folder, `${name}/`, 'folder');
      }
      if (found.kind !== 'ok') return found;
      if (found.value === undefined) return fail({ code: 'object-missing', location });
      if (isLast || found.value.kind === 'object') return ok(found.value);
      folder = found.value;
    }
  }

  dispose(): void {
    this.#buckets.cancel();
    for (const level of this.#levels.values()) this.#drop(level);
    this.#changed.dispose();
  }

  async #topListed(): Promise<void> {
    const buckets = this.#buckets;
    if (buckets.isUntouched || buckets.isLoading) await buckets.load();
  }

  async #topNodes(): Promise<TreeNode[]> {
    const buckets = this.#buckets;
    await this.#beginLoading(buckets, undefined);
    this.#roots = this.#makeRoots(buckets.items);
    const problem = buckets.halt?.kind === 'problem' ? buckets.halt.problem : undefined;
    const welcome = this.#welcome(problem);
    this.#source.onWelcome(welcome);
    if (welcome !== undefined) return [];
    this.#askForDistributions(buckets);
    // Who has pinned buckets may well not be allowed to list them, and knows it.
    const isExpected = problem?.code === 'access-denied' && this.#roots.length > 0;
    return [...this.#roots, ...(isExpected ? [] : tailRows(buckets, undefined, ''))];
  }

  /** Once the buckets are listed, and never in their way: rows tell more when it comes. */
  #askForDistributions(buckets: Listing<BucketEntry>): void {
    const isDone = !buckets.isLoading && !buckets.isUntouched && this.#roots.length > 0;
    if (!isDone || this.#askedAfter === buckets) return;
    this.#askedAfter = buckets;
    void this.#source.distributions().then((distributions) => {
      if (this.#buckets !== buckets) return;
      this.#learn(distributions);
      for (const root of this.#roots) {
        if (this.#frontsOf(root).length > 0) this.#changed.fire(root);
      }
    });
  }

  #learn(distributions: readonly Distribution[]): void {
    this.#distributions = distributions;
    this.#fronts.clear();
  }

  #frontsOf({ id, bucket, prefix, root }: FolderNode): readonly BucketFront[] {
    if (root === undefined) return [];
    const fronts = this.#fronts.get(id) ?? frontsOf({ bucket, prefix }, this.#distributions);
    this.#fronts.set(id, fronts);
    return fronts;
  }

  #welcome(problem: Problem | undefined): Welcome {
    if (this.#roots.length > 0) return undefined;
    if (problem?.code === 'credentials-missing' && problem.profile === undefined) return 'profile';
    return this.#buckets.isWhole ? 'bucket' : undefined;
  }

  #makeRoots(listed: readonly BucketEntry[]): FolderNode[] {
    const regions = new Map(listed.map(({ name, region }) => [name, region]));
    const known = new Map(this.#roots.map((root) => [root.id, root]));
    const roots = new Map<string, FolderNode>();
    const add = (bucket: string, prefix: string, origin: Root['origin']): void => {
      const root = makeRoot(bucket, prefix, { origin, region: regions.get(bucket) });
      const before = known.get(root.id);
      const isSame = before?.root?.origin === origin && before.root.region === regions.get(bucket);
      if (!roots.has(root.id)) roots.set(root.id, before !== undefined && isSame ? before : root);
    };
    for (const { bucket, prefix } of this.#source.pinned()) add(bucket, prefix, 'pinned');
    for (const { bucket, prefix } of this.#opened) {
      if (!regions.has(bucket)) add(bucket, prefix, 'opened');
    }
    for (const { name } of listed) add(name, '', 'listed');
    return [...roots.values()];
  }

  /** The root that leads to a place most directly; a bucket that has none gets one. */
  #rootFor({ bucket, key }: S3Location): FolderNode {
    const best = this.#roots
      .filter((root) => root.bucket === bucket && key.startsWith(root.prefix))
      .toSorted((a, b) => b.prefix.length - a.prefix.length)[0];
    if (best) return best;
    this.#opened.push({ bucket, prefix: '' });
    this.#roots = this.#makeRoots(this.#buckets.items);
    this.#changed.fire(undefined);
    const added = this.#roots.find((root) => root.bucket === bucket && root.prefix === '');
    return added ?? makeRoot(bucket, '', { origin: 'opened', region: undefined });
  }

  async #findIn(
    folder: FolderNode,
    name: string,
    kind: 'folder' | 'object',
  ): Promise<Outcome<FolderNode | ObjectNode | undefined>> {
    if (!name.startsWith(folder.prefix + this.filterOf(folder))) this.filter(folder, '');
    let level = this.#level(folder);
    if (level.listing.isUntouched) await level.listing.load();
    let found = level.find(name, kind);
    if (found === undefined && !level.listing.isWhole && level.listing.halt === undefined) {
      level = this.#newLevel(folder, justBefore(name));
      await level.listing.load();
      found = level.find(name, kind);
    }
    this.#changed.fire(folder);
    const isThrownAway = this.#levels.get(folder.id) !== level;
    if (found === undefined && isThrownAway) return cancelled;
    const { halt } = level.listing;
    if (found !== undefined || halt === undefined) return ok(found);
    return halt.kind === 'problem' ? fail(halt.problem) : cancelled;
  }

  /** Begins the first load, and waits for it as long as a level without a row is bearable. */
  async #beginLoading(listing: Listing<unknown>, folder: FolderNode | undefined): Promise<void> {
    const isFirstPage = listing.isUntouched || (listing.isLoading && listing.items.length === 0);
    if (!isFirstPage) return;
    const loading = listing.load();
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<'late'>((resolve) => {
      timer = setTimeout(() => resolve('late'), PATIENCE);
    });
    if ((await Promise.race([loading, patience])) === 'late') {
      void loading.then(() => this.#changed.fire(folder));
    }
    clearTimeout(timer);
  }

  #listing(folder: FolderNode | undefined): Listing<unknown> {
    return folder === undefined ? this.#buckets : this.#level(folder).listing;
  }

  #level(folder: FolderNode): Level {
    return this.#levels.get(folder.id) ?? this.#newLevel(folder, undefined);
  }

  /** Begins a level anew, in the place of what there is of it. */
  #newLevel(folder: FolderNode, startAfter: string | undefined): Level {
    this.#levels.get(folder.id)?.listing.cancel();
    const { bucket } = folder;
    const filter = this.filterOf(folder);
    const level = new Level(
      folder,
      async (after, signal) => {
        const session = await this.#source.session();
        if (session.kind !== 'ok') return session;
        return session.value.store.listObjects(
          {
            bucket,
            prefix: folder.prefix + filter,
            pageSize: this.#source.pageSize(),
            ...(after !== undefined && { after }),
            ...(startAfter !== undefined && { startAfter }),
          },
          signal,
        );
      },
      filter,
      startAfter,
    );
    this.#levels.set(folder.id, level);
    return level;
  }

  #drop(level: Level): void {
    level.listing.cancel();
    this.#levels.delete(level.folder.id);
  }

  #listBuckets(): Listing<BucketEntry> {
    return new Listing(async (after, signal) => {
      const session = await this.#source.session();
      if (session.kind !== 'ok') return session;
      return session.value.store.listBuckets(
        { pageSize: BUCKETS_PER_PAGE, ...(after !== undefined && { after }) },
        signal,
      );
    });
  }
}

function isWithin(folder: FolderNode, ancestor: FolderNode): boolean {
  for (let at: FolderNode | undefined = folder; at !== undefined; at = at.parent) {
    if (at.id === ancestor.id) return true;
  }
  return false;
}

function isOfCredentials({ code }: Problem): boolean {
  return code.startsWith('credentials-') || code === 'profile-missing' || code === 'config-invalid';
}
