import * as vscode from 'vscode';
import { ok, type Outcome } from '../../core/outcome.ts';
import type { S3Location } from '../../core/s3/location.ts';
import type { BucketTree } from './bucketTree.ts';
import type { TreeNode } from './nodes.ts';

/** Shows a place in the tree. Errors: those of `BucketTree.find`. */
export async function reveal(
  location: S3Location,
  tree: BucketTree,
  view: vscode.TreeView<TreeNode>,
): Promise<Outcome<void>> {
  // A view that was not shown yet would lose the selection when it lists its top.
  if (!view.visible) await vscode.commands.executeCommand('cloudfrontSigner.buckets.focus');
  return vscode.window.withProgress(
    { location: { viewId: 'cloudfrontSigner.buckets' } },
    async (): Promise<Outcome<void>> => {
      const found = await tree.find(location);
      if (found.kind !== 'ok') return found;
      const isFolder = found.value.kind === 'folder';
      await view.reveal(found.value, { select: true, focus: true, expand: isFolder });
      return ok(undefined);
    },
  );
}
