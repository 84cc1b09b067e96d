import * as vscode from 'vscode';
import { problemWords, type Problem } from '../core/problem.ts';
import { visibleText } from '../core/s3/visibleText.ts';
import { ask } from './messages.ts';

/** Shows a problem with its remedy and its cures as buttons; does not wait for a click. */
export function showProblem(problem: Problem): void {
  const { title, remedy, actions } = problemWords(problem);
  const titles = actions.map((action) => action.title);
  void ask('error', `${title}. ${remedy}`, ...titles).then(async (clicked) => {
    const action = actions.find(({ title: candidate }) => candidate === clicked);
    if (action) await vscode.commands.executeCommand(action.command, ...(action.args ?? []));
  });
}

/** A problem as a line of the log: its code, for who looks one up, and all that is said of it. */
export function problemLine(problem: Problem): string {
  const { title, remedy } = problemWords(problem);
  return visibleText(`${problem.code}: ${title}. ${remedy}`);
}

/** What a scripted command rejects with: the problem's code, and its title and remedy as message. */
export class ProblemError extends Error {
  readonly code: string;
  readonly title: string;

  constructor(problem: Problem) {
    const { title, remedy } = problemWords(problem);
    super(`${title}. ${remedy}`);
    this.name = 'ProblemError';
    this.code = problem.code;
    this.title = title;
  }
}
