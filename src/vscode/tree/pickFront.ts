import * as vscode from 'vscode';
import type { BucketFront } from '../../core/cloudfront/bucketFront.ts';
import { frontWords } from './treeItems.ts';

/** Asks under a title which of several distributions in front of a bucket is meant. */
export async function pickFront(
  fronts: readonly BucketFront[],
  title: string,
): Promise<BucketFront | undefined> {
  const picked = await vscode.window.showQuickPick(
    fronts.map((front) => ({
      label: front.domain ?? front.distribution.domainName,
      description: [front.distribution.id, ...frontWords(front)].join(' · '),
      front,
    })),
    { title, matchOnDescription: true, ignoreFocusOut: true },
  );
  return picked?.front;
}
