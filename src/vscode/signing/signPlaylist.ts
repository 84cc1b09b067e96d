import * as vscode from 'vscode';
import { prefixName } from '../../core/cloudfront/prefixText.ts';
import type { Outcome } from '../../core/outcome.ts';
import { baseName } from '../../core/s3/baseName.ts';
import type { S3Location, S3Place } from '../../core/s3/location.ts';
import { folderPrefix } from '../../core/s3/playlist.ts';
import { visibleText } from '../../core/s3/visibleText.ts';
import type { SigningSource } from './copySignedUrl.ts';
import { signFolder } from './signPrefix.ts';

/** Asks whether a playlist is wanted with what it lists; undefined where the user gives up. */
export async function askForSegments(playlist: S3Location): Promise<'folder' | 'file' | undefined> {
  const picked = await vscode.window.showQuickPick(
    [
      {
        label: `$(folder) Sign ${visibleText(prefixName(folderOf(playlist)))}`,
        detail: 'One signature for all of it, in URLs or in cookies.',
        answer: 'folder' as const,
      },
      {
        label: '$(file) Only This File',
        detail: 'Players are refused what it lists.',
        answer: 'file' as const,
      },
    ],
    {
      title: `Signed URL for ${visibleText(baseName(playlist.key))}`,
      placeHolder: 'This playlist needs its segments, too: sign all of its folder?',
      ignoreFocusOut: true,
    },
  );
  return picked?.answer;
}

/** Copies what opens a playlist and all that is in its folder. */
export function signWithSegments(
  playlist: S3Location,
  source: SigningSource,
): Promise<Outcome<string | undefined>> {
  return signFolder(folderOf(playlist), source, playlist);
}

function folderOf({ bucket, key }: S3Location): S3Place {
  return { bucket, prefix: folderPrefix(key) };
}
