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

/** What fits into one line of a notification, in UTF-16 units. */
const LINE = 50;

/** Shows a message that needs no answer. */
export function tell(message: string): void {
  void ask('info', message);
}

/**
 * Shows a message with buttons, and gives the one that was clicked. Without buttons VS Code cuts a
 * message off after a line: a longer one gets one to close it with.
 */
export async function ask<B extends string>(
  kind: 'info' | 'warning' | 'error',
  message: string,
  ...buttons: readonly B[]
): Promise<B | undefined> {
  const text = messageText(message);
  const shown = buttons.length === 0 && text.length > LINE ? ['OK'] : buttons;
  const clicked = await show(kind, text, shown);
  return buttons.find((button) => button === clicked);
}

/** Asks in a dialog that has to be answered, with paragraphs below the message. */
export async function askInDialog<B extends string>(
  kind: 'info' | 'warning',
  message: string,
  detail: string,
  ...buttons: readonly B[]
): Promise<B | undefined> {
  const text = visibleText(message);
  const options = { modal: true, detail };
  const { window } = vscode;
  return kind === 'warning'
    ? window.showWarningMessage(text, options, ...buttons)
    : window.showInformationMessage(text, options, ...buttons);
}

function show(
  kind: 'info' | 'warning' | 'error',
  text: string,
  buttons: readonly string[],
): Thenable<string | undefined> {
  const { window } = vscode;
  if (kind === 'error') return window.showErrorMessage(text, ...buttons);
  return kind === 'warning'
    ? window.showWarningMessage(text, ...buttons)
    : window.showInformationMessage(text, ...buttons);
}
