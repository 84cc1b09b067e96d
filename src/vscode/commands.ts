import * as vscode from 'vscode';
import type { Outcome } from '../core/outcome.ts';
import type { Log } from './log.ts';
import { ProblemError, problemLine, showProblem } from './problems.ts';

/** A command by what it is called with, which comes from menus, keybindings and other extensions. */
export type Command = (...args: readonly unknown[]) => Promise<Outcome<unknown>>;

/** Commands by their ID below `cloudfrontSigner.`. */
export type Commands = Readonly<Record<string, Command>>;

/** Says of a call whether a script made it: then nothing is asked or shown. */
export type IsScripted = (args: readonly unknown[]) => boolean;

/**
 * Registers commands. A problem is shown and the call gives undefined; a scripted call rejects with
 * a {@link ProblemError}. Cancelling is silent for both.
 */
export function registerCommands(
  commands: Commands,
  log: Log,
  isScripted: IsScripted = () => false,
): vscode.Disposable {
  const registered = Object.entries(commands).map(([name, command]) =>
    vscode.commands.registerCommand(
      `cloudfrontSigner.${name}`,
      async (...args: unknown[]): Promise<unknown> => {
        const outcome = await command(...args);
        if (outcome.kind === 'ok') return outcome.value;
        if (outcome.kind === 'cancelled') return undefined;
        log.warn(`${name}: ${problemLine(outcome.problem)}`);
        if (isScripted(args)) throw new ProblemError(outcome.problem);
        showProblem(outcome.problem);
        return undefined;
      },
    ),
  );
  return vscode.Disposable.from(...registered);
}
