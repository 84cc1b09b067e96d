import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Session } from '../../../src/core/credentials/session.ts';
import { cancelled, ok, type Outcome } from '../../../src/core/outcome.ts';
import type { ObjectStore } from '../../../src/core/s3/objectStore.ts';
import { BucketTree } from '../../../src/vscode/tree/bucketTree.ts';
import type { TreeNode } from '../../../src/vscode/tree/nodes.ts';

vi.mock('vscode', () => ({
  EventEmitter: class {
    event = (): void => undefined;
    fire(): void {}
    dispose(): void {}
  },
}));

/** Answers the last listing of objects that was asked for; resolves once the tree has taken it in. */
let answer: (page: Awaited<ReturnType<ObjectStore['listObjects']>>) => Promise<void>;
/** Whether the user gives the code that the session takes. */
let givesCode = true;
let opened: Outcome<Session> | undefined;

// @ts-expect-error Only what lists takes part here.
const session: Session = {
  store: {
    listBuckets: async () =>
      ok({ items: [{ kind: 'bucket', name: 'media', region: undefined, created: undefined }] }),
    listObjects: () =>
      new Promise((resolve) => {
        answer = async (page) => {
          resolve(page);
          await new Promise(setImmediate);
        };
      }),
    listKeys: async () => cancelled,
    headObject: async () => cancelled,
    listVersions: async () => cancelled,
  },
};

function makeTree(): BucketTree {
  return new BucketTree({
    session: async () => (opened ??= givesCode ? ok(session) : cancelled),
    resetSession: () => {
      opened = undefined;
    },
    pinned: () => [],
    pageSize: () => 300,
    onWelcome: () => undefined,
    distributions: async () => [],
    noteOf: async () => undefined,
  });
}

function labelsOf(nodes: readonly TreeNode[]): readonly string[] {
  return nodes.map((node) => (node.kind === 'row' ? node.label : node.id));
}

/** A page of objects, by their numbers. */
function pageFrom(first: number, count: number): Parameters<typeof answer>[0] {
  const items = Array.from({ length: count }, (_, index) => ({
    kind: 'object' as const,
    key: String(first + index).padStart(6, '0'),
    size: 0,
    modified: undefined,
    etag: undefined,
    storageClass: 'STANDARD',
    archived: false,
  }));
  return ok({ items, next: 'more' });
}

/** How much VS Code is given of a folder after each page. */
async function loadPages(tree: BucketTree, folder: TreeNode, pages: number): Promise<number[]> {
  const counts: number[] = [];
  const first = tree.getChildren(folder);
  for (let page = 0; page < pages; page++) {
    await new Promise(setImmediate);
    await answer(pageFrom(page * 1000, 1000));
    if (page === 0) await first;
    counts.push((await tree.getChildren(folder)).length);
    if (folder.kind === 'folder' && page < pages - 1) void tree.loadMore(folder);
  }
  return counts;
}

beforeEach(() => {
  givesCode = true;
  opened = undefined;
});

describe('a place that is being looked for', () => {
  it('is given up in silence where the view is refreshed meanwhile', async () => {
    const tree = makeTree();
    await tree.getChildren();
    const finding = tree.find({ bucket: 'media', key: 'films/a.mp4' });
    await new Promise(setImmediate);
    await answer(ok({ items: [{ kind: 'prefix', prefix: 'a/' }], next: 'more' }));
    tree.refresh();
    await answer(ok({ items: [{ kind: 'prefix', prefix: 'films/' }] }));
    expect(await finding).toEqual(cancelled);
  });
});

describe('a listing that stands still for want of a code', () => {
  it('is listed once the user tries again and gives it', async () => {
    const tree = makeTree();
    givesCode = false;
    expect(labelsOf(await tree.getChildren())).toEqual(['Cancelled']);
    givesCode = true;
    tree.retry();
    expect(labelsOf(await tree.getChildren())).toEqual(['media/']);
  });
});

describe('a level of many rows', () => {
  it('becomes rows of rows, so that no page gives more than some thousand', async () => {
    const tree = makeTree();
    const [folder] = await tree.getChildren();
    if (folder === undefined) throw new Error('There is no bucket.');
    const counts = await loadPages(tree, folder, 40);
    expect(Math.max(...counts)).toBeLessThanOrEqual(5000 + 8);

    const children = await tree.getChildren(folder);
    const groups = children.filter((node) => node.kind === 'row' && node.children !== undefined);
    expect(labelsOf(groups).slice(0, 2)).toEqual(['000000 … 004999', '005000 … 009999']);
    const all = await Promise.all(
      children.map(async (node) => (groups.includes(node) ? tree.getChildren(node) : [node])),
    );
    const objects = all.flat().filter((node) => node.kind === 'object');
    expect(objects.map(({ entry }) => Number(entry.key))).toEqual(
      Array.from({ length: 40_000 }, (_, index) => index),
    );
    // VS Code opens what an object is in, by its parents, to show it.
    for (const index of [0, 4999, 5000, 39_999]) {
      const object = objects[index];
      const parent = object && tree.getParent(object);
      expect(parent && (await tree.getChildren(parent))).toContain(object);
    }
  });
});

describe('a bucket', () => {
  it('is known once the buckets are listed, and an unknown one is not', async () => {
    const tree = makeTree();
    expect(await tree.knows('media')).toBe(true);
    expect(await tree.knows('others')).toBe(false);
  });

  it('is shown by a view that opens while they are listed', async () => {
    const tree = makeTree();
    void tree.knows('media');
    expect(labelsOf(await tree.getChildren())).toEqual(['media/']);
  });
});
