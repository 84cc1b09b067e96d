import * as vscode from 'vscode';
import type { Endpoint } from '../../core/cloudfront/distribution.ts';
import type { Settings } from '../settings.ts';

interface PlaceItem extends vscode.QuickPickItem {
  /** Undefined for nowhere. */
  readonly target: vscode.ConfigurationTarget | undefined;
}

/**
 * Offers to write down which distribution serves a bucket, or what its origin path leads to of it.
 *
 * @returns whether the user has decided, one way or the other
 */
export async function offerToRemember(
  bucket: string,
  { domain, protocol, originPath }: Endpoint,
  keyPairId: string | undefined,
  settings: Settings,
): Promise<boolean> {
  const picked = await vscode.window.showQuickPick(
    [...places(settings), { label: '$(circle-slash) Only This Time', target: undefined }],
    {
      title: `Links of “${bucket}” from ${domain}`,
      placeHolder: 'Remember this distribution for the bucket?',
      ignoreFocusOut: true,
    },
  );
  if (picked?.target !== undefined) {
    const mapping = {
      bucket,
      ...(originPath !== '' && { prefix: `${originPath.slice(1)}/`, originPath }),
      domain,
      ...(keyPairId !== undefined && { keyPairId }),
      ...(protocol === 'http' && { protocol }),
    };
    await settings.add('distributions', mapping, picked.target);
  }
  return picked !== undefined;
}

/** Where it can be written down; first where that has an effect here. */
function places(settings: Settings): readonly PlaceItem[] {
  const { Global, Workspace } = vscode.ConfigurationTarget;
  const user = { label: '$(account) Remember in the User Settings', target: Global };
  if (vscode.workspace.workspaceFolders === undefined) return [user];
  const workspace = { label: '$(folder) Remember in the Workspace Settings', target: Workspace };
  const isShadowed = settings.lists('distributions').some(({ target }) => target !== Global);
  if (!isShadowed) return [user, workspace];
  const detail = 'For other workspaces: this one has a list of distributions of its own';
  return [workspace, { ...user, detail }];
}
