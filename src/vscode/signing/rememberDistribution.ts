import * as vscode from 'vscode';
import type { Endpoint } from '../../core/cloudfront/distribution.ts';
import type { Settings } from '../settings.ts';

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
  const { Global, Workspace } = vscode.ConfigurationTarget;
  const picked = await vscode.window.showQuickPick(
    [
      { label: '$(account) Remember in the User Settings', target: Global },
      ...(vscode.workspace.workspaceFolders === undefined
        ? []
        : [{ label: '$(folder) Remember in the Workspace Settings', target: Workspace }]),
      { label: '$(circle-slash) Only This Time', target: undefined },
    ],
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
