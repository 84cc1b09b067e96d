import type * as vscode from 'vscode';
import { cancelled, ok } from '../../core/outcome.ts';
import { parseS3Place, type S3Place } from '../../core/s3/location.ts';
import type { Commands } from '../commands.ts';
import type { Settings } from '../settings.ts';
import { askPlace } from './navigation.ts';
import { isTreeNode, type TreeNode } from './nodes.ts';

/** Commands that pin a bucket, or a part of one, to the view, and take it off again. */
export function pinnedBucketCommands(
  settings: Settings,
  view: vscode.TreeView<TreeNode>,
): Commands {
  /** @returns what the settings call the place */
  async function pin({ bucket, prefix }: S3Place): Promise<string> {
    const isThere = settings
      .get('buckets')
      .some((pinned) => pinned.bucket === bucket && pinned.prefix === prefix);
    const name = prefix === '' ? bucket : `${bucket}/${prefix}`;
    if (!isThere) await settings.add('buckets', name);
    return name;
  }

  return {
    async addBucket(given) {
      const text =
        typeof given === 'string' ? given : await askPlace('Add a Bucket or a Part of One');
      if (text === undefined) return cancelled;
      const place = parseS3Place(text);
      return place.kind === 'ok' ? ok(await pin(place.value)) : place;
    },
    async pinBucket(node) {
      return isTreeNode(node) && node.kind === 'folder' ? ok(await pin(node)) : cancelled;
    },
    async removeBucket(given) {
      const node = isTreeNode(given) ? given : view.selection[0];
      if (node?.kind !== 'folder' || node.root?.origin !== 'pinned') return cancelled;
      const { bucket, prefix } = node;
      await settings.remove('buckets', (item) => {
        const place = typeof item === 'string' ? parseS3Place(item) : undefined;
        return (
          place?.kind === 'ok' && place.value.bucket === bucket && place.value.prefix === prefix
        );
      });
      return ok(undefined);
    },
  };
}
