import * as vscode from 'vscode';
import { fail, ok, type Result } from '../../core/outcome.ts';
import type { Spot, SpottedText } from './spots.ts';

/** A text to put in the place of a spot. */
export interface Replacement {
  readonly spot: Spot;
  readonly url: string;
}

/** Refuses what is known beforehand to be read-only. Errors: `editor-readonly`. */
export function mayReplaceIn({ editor }: SpottedText): Result<void> {
  const { scheme } = editor.document.uri;
  return vscode.workspace.fs.isWritableFileSystem(scheme) === false
    ? fail({ code: 'editor-readonly' })
    : ok(undefined);
}

/**
 * Replaces spots in one step, which one Undo takes back; but nothing in a text that has become
 * another one.
 *
 * Errors: `text-changed`, `editor-readonly`.
 */
export async function replaceSpots(
  { editor, version }: SpottedText,
  replacements: readonly Replacement[],
): Promise<Result<void>> {
  const { document } = editor;
  const isShown = vscode.window.visibleTextEditors.includes(editor);
  if (!isShown || document.version !== version) return fail({ code: 'text-changed' });
  const isDone = await editor.edit((edit) => {
    for (const { spot, url } of replacements) edit.replace(spot.range, spot.written(url));
  });
  if (!isDone) return fail({ code: 'text-changed' });
  // VS Code says that it has edited a read-only text, too.
  return document.version === version ? fail({ code: 'editor-readonly' }) : ok(undefined);
}
