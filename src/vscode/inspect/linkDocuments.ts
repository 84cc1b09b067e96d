import * as vscode from 'vscode';
import { pathText } from '../../core/inspect/pathText.ts';
import type { Inspection } from '../../core/inspect/inspection.ts';
import { baseName } from '../../core/s3/baseName.ts';
import { visibleText } from '../../core/s3/visibleText.ts';
import { createMarkdownDocuments } from '../markdownDocuments.ts';

const SCHEME = 'cloudfront-signer-link';

/** What is told of links, each in a document of its own. */
export interface LinkDocuments extends vscode.Disposable {
  /** Shows a document, in the place of the one about the same link. */
  show(inspection: Inspection, markdown: string): Promise<void>;
}

export function createLinkDocuments(): LinkDocuments {
  const documents = createMarkdownDocuments(
    SCHEME,
    'This is no longer kept. Run **CloudFront: Inspect Signed URL** again.\n',
  );
  return {
    async show(inspection, markdown) {
      const uri = uriOf(inspection);
      documents.keep(uri, markdown);
      await documents.open(uri);
    },
    dispose: () => documents.dispose(),
  };
}

const NAMES: Readonly<Record<Inspection['kind'], string>> = {
  'signed-url': 'signed URL',
  'signed-cookies': 'signed cookies',
  policy: 'policy',
  'presigned-url': 'presigned URL',
  'unsigned-url': 'URL',
};

/** VS Code keeps URIs in its history, so nothing that signs is in one. */
function uriOf({ kind, url = '' }: Inspection): vscode.Uri {
  const name = visibleText(baseName(pathText(url))).replaceAll('/', '');
  return vscode.Uri.from({
    scheme: SCHEME,
    path: `/${`${name} ${NAMES[kind]}`.trim()}.md`,
    query: url,
  });
}
