import * as vscode from 'vscode';
import { linkAt } from '../../core/inspect/linkAt.ts';
import type { LinkSource } from './linkCommands.ts';

/** What looks like CloudFront's own parameters; a look that costs nothing comes first. */
const SIGNED = /[?&;](?:Signature|Key-Pair-Id)=/;

/** Tells of the signed URL under the mouse when it ends and what it opens. */
export function createLinkHover({
  settings,
  keys,
  now,
}: Pick<LinkSource, 'settings' | 'keys' | 'now'>): vscode.Disposable {
  return vscode.languages.registerHoverProvider('*', {
    async provideHover(document, position) {
      if (!settings.get('editor.hover')) return undefined;
      const line = document.lineAt(position.line).text;
      const found = linkAt(line, position.character);
      if (found === undefined) return undefined;
      const text = line.slice(found.start, found.end);
      if (!SIGNED.test(text)) return undefined;
      const [{ inspectText }, { hoverText }] = await Promise.all([
        import('../../core/inspect/inspectText.ts'),
        import('../../core/inspect/hoverText.ts'),
      ]);
      const stored = await keys.list();
      const inspected = inspectText(text, stored.kind === 'ok' ? stored.value : [], now());
      if (inspected.kind !== 'ok' || inspected.value.kind !== 'signed-url') return undefined;
      const markdown = new vscode.MarkdownString(hoverText(inspected.value, text, now()));
      markdown.isTrusted = {
        enabledCommands: ['cloudfrontSigner.inspectUrl', 'cloudfrontSigner.verifyUrl'],
      };
      const { start, end } = found;
      return new vscode.Hover(markdown, new vscode.Range(position.line, start, position.line, end));
    },
  });
}
