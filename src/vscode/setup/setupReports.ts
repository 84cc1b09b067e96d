import * as vscode from 'vscode';
import { baseName } from '../../core/s3/baseName.ts';
import { visibleText } from '../../core/s3/visibleText.ts';
import type { SetupReport } from '../../core/setup/checkSetup.ts';
import { createMarkdownDocuments } from '../markdownDocuments.ts';
import type { LinksQuestion } from './setupQuestion.ts';

const SCHEME = 'cloudfront-signer-report';

/** A report with the question that it answers. */
export interface AnsweredReport {
  readonly question: LinksQuestion;
  readonly report: SetupReport;
}

/** The reports of this window, each a read-only document of Markdown. */
export interface SetupReports extends vscode.Disposable {
  /** Keeps a report, in the place of the one about the same links. */
  keep(answered: AnsweredReport): vscode.Uri;
  open(uri: vscode.Uri): Promise<void>;
  /** The report that a command's argument names, else the one in front, else the last one. */
  find(uri: unknown): AnsweredReport | undefined;
}

export function createSetupReports(): SetupReports {
  const documents = createMarkdownDocuments(
    SCHEME,
    'This report is no longer kept. Run **CloudFront: Check Set-Up** again.\n',
  );
  const kept = new Map<string, AnsweredReport>();
  let last: AnsweredReport | undefined;

  return {
    keep(answered) {
      const uri = uriOf(answered.question);
      last = answered;
      kept.set(uri.toString(), answered);
      documents.keep(uri, answered.report.markdown);
      void vscode.commands.executeCommand('setContext', 'cloudfrontSigner.hasReport', true);
      return uri;
    },
    open: (uri) => documents.open(uri),
    find: (uri) =>
      (uri instanceof vscode.Uri ? kept.get(uri.toString()) : kept.get(uriInFront())) ?? last,
    dispose: () => documents.dispose(),
  };
}

/** Built, never parsed: a key may hold anything. */
function uriOf({ bucket, key, prefix = '', distributionId = '' }: LinksQuestion): vscode.Uri {
  const place = `${bucket}/${key ?? prefix}`;
  return vscode.Uri.from({
    scheme: SCHEME,
    path: `/${visibleText(place)}/${visibleText(baseName(place))} set-up.md`,
    query: `${place}\n${distributionId}`,
  });
}

function uriInFront(): string {
  const input: unknown = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputCustom || input instanceof vscode.TabInputText
    ? input.uri.toString()
    : '';
}
