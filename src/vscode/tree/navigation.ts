import * as vscode from 'vscode';
import type { KnownFronts } from '../../core/cloudfront/objectAt.ts';
import { cancelled, ok, type Outcome, type Result } from '../../core/outcome.ts';
import { parseS3Location, s3Uri, type S3Location } from '../../core/s3/location.ts';
import { parsePastedLocation } from '../../core/s3/pastedLocation.ts';
import { problemWords } from '../../core/problem.ts';
import { visibleText } from '../../core/s3/visibleText.ts';
import type { Commands } from '../commands.ts';
import type { Discovery } from '../discovery.ts';
import { messageText } from '../messages.ts';
import type { Settings } from '../settings.ts';
import type { BucketTree } from './bucketTree.ts';
import { isTreeNode, type FolderNode, type TreeNode } from './nodes.ts';
import { reveal } from './reveal.ts';

/** Where it is known from who serves which bucket. */
export interface FrontsSource {
  readonly settings: Settings;
  readonly discovery: Discovery;
}

/** Commands that move through the tree, and that list parts of it anew. */
export function navigationCommands(
  tree: BucketTree,
  view: vscode.TreeView<TreeNode>,
  source: FrontsSource,
  forget: () => void,
): Commands {
  return {
    async refresh(node) {
      const folder = folderOf(node);
      // The whole view begins again from the config files, so that it heals whatever was wrong.
      if (folder === undefined) forget();
      tree.refresh(folder);
      return ok(undefined);
    },
    async retry(node) {
      tree.retry(folderOf(node));
      return ok(undefined);
    },
    async loadMore(node) {
      const next = await tree.loadMore(folderOf(node));
      if (next !== undefined) await view.reveal(next, { select: false });
      return ok(undefined);
    },
    async filterPrefix(node) {
      const folder = folderOf(node) ?? folderOf(view.selection[0]) ?? (await pickRoot(tree));
      if (folder === undefined) return cancelled;
      const text = await vscode.window.showInputBox({
        title: `Filter ${visibleText(`${folder.bucket}/${folder.prefix}`)}`,
        prompt: 'Show only names that begin with this. S3 does the filtering, capitals matter.',
        placeHolder: 'Empty shows all',
        value: tree.filterOf(folder),
      });
      if (text === undefined) return cancelled;
      tree.filter(folder, text);
      await view.reveal(folder, { expand: true });
      return ok(text);
    },
    async clearFilter(node) {
      const folder = folderOf(node) ?? folderOf(view.selection[0]);
      if (folder !== undefined) tree.filter(folder, '');
      return ok(undefined);
    },
    async openLocation(given) {
      const location =
        typeof given === 'string'
          ? parsePastedLocation(given, knownFronts(source))
          : await askLocation('Open S3 Location', source);
      if (location.kind !== 'ok') return location;
      const shown = await reveal(location.value, tree, view);
      if (shown.kind !== 'ok') return shown;
      return ok(typeof given === 'string' ? given : s3Uri(location.value));
    },
  };
}

function folderOf(node: unknown): FolderNode | undefined {
  if (!isTreeNode(node)) return undefined;
  if (node.kind === 'folder') return node;
  return folderOf(node.parent);
}

async function pickRoot({ roots }: BucketTree): Promise<FolderNode | undefined> {
  if (roots.length < 2) return roots[0];
  const items = roots.map((root) => ({
    label: visibleText(`${root.bucket}/${root.prefix}`),
    root,
  }));
  return (await vscode.window.showQuickPick(items, { title: 'Filter Which Bucket?' }))?.root;
}

/** Asks for an object or a place in S3, checked as it is typed. */
export async function askLocation(
  title: string,
  source: FrontsSource,
): Promise<Outcome<S3Location>> {
  const parse = (text: string) => parsePastedLocation(text, knownFronts(source));
  const text = await askChecked(title, parse, {
    prompt:
      'An S3 URI, an ARN or bucket/key, with the key as it is; or a web address of S3 or of a distribution that the settings or the account name, which is percent-decoded.',
    placeHolder: 's3://bucket/path/to/object',
  });
  return text === undefined ? cancelled : parse(text);
}

/** What is known of distributions without asking anybody: what is typed is checked at each letter. */
function knownFronts({ settings, discovery }: FrontsSource): KnownFronts {
  return { mappings: settings.get('distributions'), distributions: discovery.seen() };
}

/** Asks for a bucket or a part of one, checked as it is typed. */
export async function askPlace(title: string): Promise<string | undefined> {
  return askChecked(title, parseS3Location, {
    prompt: 'A name, an S3 URI or an ARN, alone or with the prefix that all keys shown begin with.',
    placeHolder: 'bucket or bucket/prefix/',
  });
}

async function askChecked(
  title: string,
  parse: (text: string) => Result<S3Location>,
  words: Pick<vscode.InputBoxOptions, 'prompt' | 'placeHolder'>,
): Promise<string | undefined> {
  return vscode.window.showInputBox({
    title,
    ...words,
    ignoreFocusOut: true,
    validateInput: (text) => {
      const location = parse(text);
      if (text === '' || location.kind === 'ok') return undefined;
      const { title: wrong, remedy } = problemWords(location.problem);
      return messageText(`${wrong}. ${remedy}`);
    },
  });
}
