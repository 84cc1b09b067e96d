import * as vscode from 'vscode';
import { unescapeAmpersands } from '../../core/references/markup.ts';
import type { Discovery } from '../discovery.ts';
import type { Settings } from '../settings.ts';
import { rangesIn } from './spots.ts';

/** How much of a selection is looked at, in UTF-16 code units: a light bulb is for what is at hand. */
const LOOKED_AT = 16_384;

const KIND = vscode.CodeActionKind.RefactorRewrite;

/** What a light bulb depends on. */
export interface CodeActionSource {
  readonly settings: Settings;
  readonly discovery: Discovery;
}

/**
 * Offers to sign what names an object, and to take a signature off, at the cursor or in what is
 * selected. Nothing is asked for: a distribution of the account is known once it has been seen.
 */
export function createCodeActions({ settings, discovery }: CodeActionSource): vscode.Disposable {
  return vscode.languages.registerCodeActionsProvider(
    '*',
    {
      async provideCodeActions(document, range) {
        if (document.uri.scheme === 'output' || !settings.get('editor.codeActions')) return [];
        const texts = rangesIn(document, beginningOf(range, document)).map((found) =>
          unescapeAmpersands(document.getText(found)),
        );
        if (texts.length === 0) return [];
        const [{ readObjectReference }, { isSigned }] = await Promise.all([
          import('../../core/references/objectReference.ts'),
          import('../../core/references/signature.ts'),
        ]);
        const known = {
          mappings: settings.get('distributions'),
          distributions: discovery.seen(),
        };
        const namesObject = texts.some((text) => readObjectReference(text, known).kind === 'ok');
        return [
          ...(namesObject
            ? [
                action('Replace with CloudFront Signed URL…', 'replaceWithSignedUrl'),
                action('Copy CloudFront Signed URL…', 'copySignedUrlFromEditor'),
              ]
            : []),
          ...(texts.some(isSigned) ? [action('Strip CloudFront Signature', 'stripSignature')] : []),
        ];
      },
    },
    { providedCodeActionKinds: [KIND] },
  );
}

function beginningOf(range: vscode.Range, document: vscode.TextDocument): vscode.Range {
  const end = document.positionAt(document.offsetAt(range.start) + LOOKED_AT);
  return end.isBefore(range.end) ? new vscode.Range(range.start, end) : range;
}

function action(title: string, name: string): vscode.CodeAction {
  const offered = new vscode.CodeAction(title, KIND);
  offered.command = { title, command: `cloudfrontSigner.${name}` };
  return offered;
}
