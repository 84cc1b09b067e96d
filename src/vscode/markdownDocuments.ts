import * as vscode from 'vscode';

/** Read-only documents of Markdown, which this window keeps. */
export interface MarkdownDocuments extends vscode.Disposable {
  /** Keeps a text, in the place of the one that was there. */
  keep(uri: vscode.Uri, markdown: string): void;
  /** Shows a document the way it is read best, and by its source where the user changes to that. */
  open(uri: vscode.Uri): Promise<void>;
}

/**
 * @param scheme of their URIs
 * @param gone what stands for a document that was kept by another window
 */
export function createMarkdownDocuments(scheme: string, gone: string): MarkdownDocuments {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const texts = new Map<string, string>();
  const registration = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    onDidChange: changed.event,
    provideTextDocumentContent: (uri) => texts.get(uri.toString()) ?? gone,
  });
  return {
    keep(uri, markdown) {
      texts.set(uri.toString(), markdown);
      changed.fire(uri);
    },
    async open(uri) {
      // Headings, lists and folded parts are there for the keyboard and for screen readers alike.
      await vscode.commands.executeCommand(
        'vscode.openWith',
        uri,
        'vscode.markdown.preview.editor',
      );
    },
    dispose() {
      registration.dispose();
      changed.dispose();
    },
  };
}
