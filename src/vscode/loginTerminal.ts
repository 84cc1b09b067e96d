import * as vscode from 'vscode';
import { fail, ok } from '../core/outcome.ts';
import type { Commands } from './commands.ts';

/** The command that types a sign-in into a terminal, for the user to run. */
export const loginTerminalCommands: Commands = {
  async openLoginTerminal(login) {
    // Others can call this too: it types nothing but one line of the AWS CLI, and runs nothing.
    if (typeof login !== 'string' || !/^aws [^\r\n]+$/.test(login)) {
      return fail({
        code: 'option-invalid',
        option: 'login',
        detail: 'Give one line that begins with “aws ”.',
      });
    }
    const terminal = vscode.window.createTerminal({ name: 'AWS Sign-In' });
    terminal.show();
    terminal.sendText(login, false);
    return ok(undefined);
  },
};
