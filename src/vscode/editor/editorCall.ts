import * as vscode from 'vscode';

/**
 * The options of a script's call, which are all that it names: what it is about is in the editor.
 * Undefined where a person calls.
 */
export function optionsOf([first]: readonly unknown[]): object | undefined {
  // VS Code's menus give the URI of the file there.
  return typeof first === 'object' && first !== null && !(first instanceof vscode.Uri)
    ? first
    : undefined;
}

export function isScriptedInEditor(args: readonly unknown[]): boolean {
  return optionsOf(args) !== undefined;
}
