import type * as vscode from 'vscode';
import type { Outcome } from '../../core/outcome.ts';

/**
 * What a language model can do with the extension. What it gives may be anything, and may come out of
 * any text that it has read.
 */
export interface Tool {
  /** What is shown before it runs, and whether a person has to confirm it; changes nothing. */
  prepare(input: unknown): Promise<vscode.PreparedToolInvocation>;
  /** @returns what the model is told */
  run(input: unknown, signal: AbortSignal): Promise<Outcome<string>>;
}
