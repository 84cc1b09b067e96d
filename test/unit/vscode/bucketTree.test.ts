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
