import * as vscode from 'vscode';

/** Shows that work goes on, with a button that fires its signal. */
export async function cancellable<T>(
  title: string,
  work: (signal: AbortSignal, report: (message: string) => void) => Promise<T>,
): Promise<T> {
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    async (progress, token) => {
      const byUser = new AbortController();
      token.onCancellationRequested(() => byUser.abort());
      return work(byUser.signal, (message) => progress.report({ message }));
    },
  );
}
