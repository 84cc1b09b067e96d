import * as vscode from 'vscode';
import { prefixName } from '../../../core/cloudfront/prefix/prefixText.ts';
import { ok, type Outcome } from '../../../core/outcome.ts';
import { baseName } from '../../../core/s3/baseName.ts';
import type { S3Location, S3Place } from '../../../core/s3/location.ts';
import { folderPrefix } from '../../../core/s3/playlist.ts';
import { visibleText } from '../../../core/s3/visibleText.ts';
import type { SigningSource } from '../copySignedUrl.ts';
import { signPlace } from './signPrefix.ts';

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

/**
 * Hands out what opens a playlist and all that is in its folder.
 *
 * @returns what is on the clipboard
 *
 * Errors: those of `signPlace`.
 */
export async function signWithSegments(
  playlist: S3Location,
  source: SigningSource,
): Promise<Outcome<string | undefined>> {
  const given = await signPlace(folderOf(playlist), source, playlist);
  if (given.kind !== 'ok') return given;
  return ok(typeof given.value === 'string' ? given.value : undefined);
}

function folderOf({ bucket, key }: S3Location): S3Place {
  return { bucket, prefix: folderPrefix(key) };
}
