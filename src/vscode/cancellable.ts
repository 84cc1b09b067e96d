import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { messageText } from './messages.ts';

/** How long work may take before a notification says that it goes on, in milliseconds. */
const QUIET = 1_000;

/** Work that tells how far it is, and ends early where its signal fires. */
export type Work<T> = (signal: AbortSignal, report: (message: string) => void) => Promise<T>;

/** Does work, with a notification to stop it by where it takes longer than a moment. */
export async function cancellable<T>(title: string, work: Work<T>): Promise<T> {
  const byUser = new AbortController();
  let latest = '';
  let show = (message: string): void => {
    latest = message;
  };
  const working = work(byUser.signal, (message) => show(message));
  void showWhile(title, working, byUser, (progress) => {
    show = (message) => progress.report({ message: messageText(message) });
    show(latest);
  });
  return working;
}

/** Shows that something is under way until it ends, with a button that stops it. */
export async function showWhile(
  title: string,
  working: Promise<unknown>,
  byUser: AbortController,
  onShow: (progress: vscode.Progress<{ message: string }>) => void = () => {},
): Promise<void> {
  const ended = working.then(
    () => false,
    () => false,
  );
  // A notification that is gone again at once only startles.
  const isLong = await Promise.race([ended, sleep(QUIET, true)]);
  if (!isLong) return;
  await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: messageText(title),
      cancellable: true,
    },
    async (progress, token) => {
      token.onCancellationRequested(() => byUser.abort());
      onShow(progress);
      await ended;
    },
  );
}
