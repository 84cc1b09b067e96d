import * as vscode from 'vscode';
import { fail, ok } from '../core/outcome.ts';
import type { Commands } from './commands.ts';

/** How long a new terminal may take until its prompt, in milliseconds. */
const SHELL_PATIENCE = 2000;

/** The command that types a sign-in into a terminal, for the user to run. */
export const loginTerminalCommands: Commands = {
  async openLoginTerminal(login) {
    // Others can call this too: it types nothing but one line of the AWS CLI, and no control character,
    // of which some have a shell run the line.
    if (typeof login !== 'string' || !/^aws \P{Cc}+$/u.test(login)) {
      return fail({
        code: 'option-invalid',
        option: 'login',
        detail: 'Give one line that begins with “aws ”.',
      });
    }
    const terminal = vscode.window.createTerminal({ name: 'AWS Sign-In' });
    terminal.show();
    await shellReady(terminal);
    terminal.sendText(login, false);
    return ok(undefined);
  },
};

/** What is typed before the prompt is there shows twice; a shell that never tells is not waited for. */
async function shellReady(terminal: vscode.Terminal): Promise<void> {
  await new Promise<void>((resolve) => {
    const late = setTimeout(done, SHELL_PATIENCE);
    const watch = vscode.window.onDidChangeTerminalShellIntegration((change) => {
      if (change.terminal === terminal) done();
    });
    function done(): void {
      clearTimeout(late);
      watch.dispose();
      resolve();
    }
  });
}
