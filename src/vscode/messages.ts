import * as vscode from 'vscode';
import { visibleText } from '../core/s3/visibleText.ts';

/**
 * A text that VS Code shows as it is. In notifications and below input boxes it makes links of
 * `[text](command:…)`, and a click runs the command: what is in a key, or in a name of the account,
 * must be none. A word joiner, which nobody sees, keeps the two brackets apart.
 */
export function messageText(text: string): string {
  return visibleText(text).replaceAll('](', ']\u2060(');
}

/** Shows a message that needs no answer. */
export function tell(message: string): void {
  void ask('info', message);
}

/** Shows a message with buttons, and gives the one that was clicked. */
export async function ask<B extends string>(
  kind: 'info' | 'warning' | 'error',
  message: string,
  ...buttons: readonly B[]
): Promise<B | undefined> {
  const text = messageText(message);
  const { window } = vscode;
  if (kind === 'error') return window.showErrorMessage(text, ...buttons);
  return kind === 'warning'
    ? window.showWarningMessage(text, ...buttons)
    : window.showInformationMessage(text, ...buttons);
}
