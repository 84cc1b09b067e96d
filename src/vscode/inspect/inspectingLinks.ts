import * as vscode from 'vscode';
import { unescapeAmpersands } from '../../core/references/markup.ts';
import { referencesIn } from '../../core/references/referencesIn.ts';
import { isSigned } from '../../core/references/signature.ts';
import type { Settings } from '../settings.ts';

/** A link of a document, with the URL that it stands on. */
class InspectingLink extends vscode.DocumentLink {
  readonly url: string;

  constructor(range: vscode.Range, url: string) {
    super(range);
    this.url = url;
    this.tooltip = 'Inspect CloudFront Signed URL';
  }
}

/**
 * Makes CloudFront signed URLs in documents links that inspect them: a click takes the URL apart here,
 * and nothing opens or sends it.
 */
export function createInspectingLinks(settings: Settings): vscode.Disposable {
  return vscode.languages.registerDocumentLinkProvider('*', {
    provideDocumentLinks(document) {
      if (!settings.get('editor.documentLinks')) return [];
      const text = document.getText();
      // The parameter that each has to have: most documents have none.
      if (!text.includes('Key-Pair-Id=')) return [];
      return referencesIn(text).flatMap(({ start, end }) => {
        const url = unescapeAmpersands(text.slice(start, end));
        if (!isSigned(url)) return [];
        const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
        return [new InspectingLink(range, url)];
      });
    },
    resolveDocumentLink(link) {
      if (link instanceof InspectingLink) {
        link.target = vscode.Uri.from({
          scheme: 'command',
          path: 'cloudfrontSigner.inspectUrl',
          // VS Code decodes it once more than a URI asks for.
          query: encodeURIComponent(JSON.stringify([link.url])),
        });
      }
      return link;
    },
  });
}
