import type * as vscode from 'vscode';
import { cancelled, ok } from '../../core/outcome.ts';
import { parseS3Place } from '../../core/s3/location.ts';
import type { Commands } from '../commands.ts';
import type { Settings } from '../settings.ts';
import { askLocation } from './navigation.ts';
import { isTreeNode, type TreeNode } from './nodes.ts';

/** Commands that pin a bucket, or a part of one, to the view, and take it off again. */
export function pinnedBucketCommands(
  settings: Settings,
  view: vscode.TreeView<TreeNode>,
): Commands {
  return {
    async addBucket(given) {
      const ofNode =
        isTreeNode(given) && given.kind === 'folder' ? `${given.bucket}/${given.prefix}` : given;
      const text =
        typeof ofNode === 'string' ? ofNode : await askLocation('Add a Bucket or a Part of One');
      if (text === undefined) return cancelled;
      const place = parseS3Place(text);
      if (place.kind !== 'ok') return place;
      const { bucket, prefix } = place.value;
      const isThere = settings
        .get('buckets')
        .some((pinned) => pinned.bucket === bucket && pinned.prefix === prefix);
      const pin = prefix === '' ? bucket : `${bucket}/${prefix}`;
      if (!isThere) await settings.add('buckets', pin);
      return ok(pin);
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
