import * as vscode from 'vscode';
import {
  escapeAmpersands,
  escapesAmpersands,
  hasEscapedAmpersand,
  unescapeAmpersands,
} from '../../core/references/markup.ts';
import { referenceAt, referencesSelected } from '../../core/references/referencesIn.ts';
import { fail, ok, type Result } from '../../core/outcome.ts';

/** A place in a document that names something. */
export interface Spot {
  readonly range: vscode.Range;
  /** What is named there, free of what the language of the document does to it. */
  readonly text: string;
  /** What stands there, or could: a URL as the language has it written. */
  written(url: string): string;
}

/** A document with its spots, at one moment. */
export interface SpottedText {
  readonly editor: vscode.TextEditor;
  readonly version: number;
  /** In the order of the document; none overlaps another. */
  readonly spots: readonly Spot[];
}

/**
 * What the editor in front names: in each selection, and at each cursor.
 *
 * Errors: `editor-missing`.
 */
export function spotText(): Result<SpottedText> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return fail({ code: 'editor-missing' });
  const { document, selections } = editor;
  const ranges = selections
    .flatMap((selection) => rangesIn(document, selection))
    .toSorted((a, b) => a.start.compareTo(b.start));
  const apart = ranges.filter(
    ({ start }, index) => ranges[index - 1]?.end.isBeforeOrEqual(start) ?? true,
  );
  const isEscapedAt = escapesAmpersands(document.languageId, document.getText());
  const spots = apart.map((range): Spot => {
    const text = document.getText(range);
    const isUrl = /^http/i.test(text);
    const isEscaped =
      isEscapedAt(document.offsetAt(range.start)) || (isUrl && hasEscapedAmpersand(text));
    return {
      range,
      text: isEscaped ? unescapeAmpersands(text) : text,
      written: isEscaped ? escapeAmpersands : (url) => url,
    };
  });
  return ok({ editor, version: document.version, spots });
}

/** The references in a range, or the one that an empty range, or a word that is selected, is in. */
export function rangesIn(
  document: vscode.TextDocument,
  { start, end, isEmpty, isSingleLine }: vscode.Range,
): readonly vscode.Range[] {
  const from = document.offsetAt(start);
  const selected = isEmpty
    ? []
    : referencesSelected(document.getText(new vscode.Range(start, end)));
  if (selected.length > 0) {
    return selected.map(
      (span) =>
        new vscode.Range(
          document.positionAt(from + span.start),
          document.positionAt(from + span.end),
        ),
    );
  }
  const { line, character } = start;
  const around = isSingleLine ? referenceAt(document.lineAt(line).text, character) : undefined;
  return around === undefined || around.end < end.character
    ? []
    : [new vscode.Range(line, around.start, line, around.end)];
}
