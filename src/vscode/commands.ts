import * as vscode from 'vscode';
import { isJsonObject } from '../core/json.ts';
import type { Outcome } from '../core/outcome.ts';
import type { Log } from './log.ts';
import { ProblemError, problemLine, showProblem } from './problems.ts';

/** A command by what it is called with, which comes from menus, keybindings and other extensions. */
export type Command = (...args: readonly unknown[]) => Promise<Outcome<unknown>>;

/** Commands by their ID below `cloudfrontSigner.`. */
export type Commands = Readonly<Record<string, Command>>;

/** Says of a call whether a script made it: then nothing is asked or shown. */
export type IsScripted = (args: readonly unknown[]) => boolean;

/** Commands that scripts call in the same way. */
export interface CommandGroup {
  readonly commands: Commands;
  readonly isScripted: IsScripted;
}

/** The IDs below `cloudfrontSigner.` of the commands that a manifest contributes. */
export function contributedCommands(manifest: unknown): readonly string[] {
  const contributes = isJsonObject(manifest) ? manifest['contributes'] : undefined;
  const commands = isJsonObject(contributes) ? contributes['commands'] : undefined;
  const ids = Array.isArray(commands)
    ? commands.map((item: unknown) => (isJsonObject(item) ? String(item['command']) : ''))
    : [];
  return ids.map((id) => id.replace('cloudfrontSigner.', ''));
}

/**
 * Registers commands. A problem is shown and the call gives undefined; a scripted call rejects with
 * a {@link ProblemError}. Cancelling is silent for both.
 *
 * @param names of all commands that are loaded, and of no other
 * @param load is called with each call of a command
 */
export function registerCommands(
  names: readonly string[],
  load: () => Promise<readonly CommandGroup[]>,
  log: Log,
): vscode.Disposable {
  async function run(name: string, args: readonly unknown[]): Promise<unknown> {
    const groups = await load();
    const group = groups.find(({ commands }) => Object.hasOwn(commands, name));
    const command = group?.commands[name];
    if (group === undefined || command === undefined) throw new Error(`No command is ${name}.`);
    const outcome = await command(...args);
    if (outcome.kind === 'ok') return outcome.value;
    if (outcome.kind === 'cancelled') return undefined;
    log.warn(`${name}: ${problemLine(outcome.problem)}`);
    if (group.isScripted(args)) throw new ProblemError(outcome.problem);
    showProblem(outcome.problem);
    return undefined;
  }

  const registered = names.map((name) =>
    vscode.commands.registerCommand(`cloudfrontSigner.${name}`, (...args: unknown[]) =>
      run(name, args),
    ),
  );
  return vscode.Disposable.from(...registered);
}
