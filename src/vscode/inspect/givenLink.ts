import * as vscode from 'vscode';
import { inspectText } from '../../core/inspect/inspectText.ts';
import { linkAt } from '../../core/inspect/linkAt.ts';
import { cancelled, fail, ok, type Outcome } from '../../core/outcome.ts';
import { problemWords } from '../../core/problem.ts';

/**
 * The text that a call is about: what it names, else what is selected in the editor or at its cursor,
 * else what is on the clipboard, as far as that opens something; else a person is asked.
 *
 * @param argument the first one of the call; a menu gives a file's URI there, which names nothing
 *
 * Errors: `link-unnamed` where a script calls.
 */
export async function givenLink(
  argument: unknown,
  title: string,
  isScripted: boolean,
): Promise<Outcome<string>> {
  if (typeof argument === 'string' && argument.trim() !== '') return ok(argument);
  const inEditor = textInEditor();
  if (inEditor !== undefined && kindIn(inEditor) !== undefined) return ok(inEditor);
  const copied = await vscode.env.clipboard.readText();
  if (isSigned(copied)) return ok(copied);
  if (isScripted) return fail({ code: 'link-unnamed' });
  const typed = await vscode.window.showInputBox({
    title,
    prompt: 'A signed URL or signed cookies of CloudFront, a policy, or a presigned URL of S3',
    placeHolder: 'https://d111111abcdef8.cloudfront.net/…?Expires=…&Signature=…&Key-Pair-Id=…',
    ignoreFocusOut: true,
    validateInput: (text) =>
      text === '' || kindIn(text) !== undefined
        ? undefined
        : problemWords({ code: 'link-unreadable' }).remedy,
  });
  return typed === undefined || typed === '' ? cancelled : ok(typed);
}

function kindIn(text: string): string | undefined {
  const inspected = inspectText(text, [], 0);
  return inspected.kind === 'ok' ? inspected.value.kind : undefined;
}

/** Any URL may be on a clipboard, and by chance. */
function isSigned(text: string): boolean {
  const kind = kindIn(text);
  return kind !== undefined && kind !== 'unsigned-url';
}

function textInEditor(): string | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return undefined;
  const { document, selection } = editor;
  if (!selection.isEmpty) return document.getText(selection);
  const line = document.lineAt(selection.active.line).text;
  const link = linkAt(line, selection.active.character);
  return link && line.slice(link.start, link.end);
}
