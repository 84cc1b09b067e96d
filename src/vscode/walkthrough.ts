import * as vscode from 'vscode';
import { ok } from '../core/outcome.ts';
import type { Commands } from './commands.ts';

/** The command that opens the walkthrough of this extension. */
export function walkthroughCommands({ id }: vscode.Extension<unknown>): Commands {
  return {
    async openWalkthrough() {
      await vscode.commands.executeCommand('workbench.action.openWalkthrough', `${id}#firstLink`);
      return ok(undefined);
    },
  };
}
