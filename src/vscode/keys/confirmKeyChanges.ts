import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { keyChangeWords, type KeyChange } from '../../core/keys/keyChange.ts';
import { askInDialog } from '../messages.ts';
import { seen, type KeyAccount } from './keyAccount.ts';

/** What is to be confirmed before an account is changed. */
export interface KeyQuestion {
  /** What is done, as a question. */
  readonly message: string;
  readonly changes: readonly KeyChange[];
  readonly account: KeyAccount;
  /** What else there is to know, in paragraphs. */
  readonly notes: readonly string[];
  /** The button that has it done. */
  readonly button: string;
}

/**
 * Shows exactly what changes, in which account, and for whom, and lets the user have it done or take
 * the commands that do it.
 *
 * @returns undefined where she wants neither
 */
export async function confirmKeyChanges({
  message,
  changes,
  account,
  notes,
  button,
}: KeyQuestion): Promise<'done here' | 'by commands' | undefined> {
  const { accountId, arn } = account.caller;
  const distributions = seen(account.distributions);
  const detail = [
    `In account ${accountId}, as ${arn}:`,
    changes.map((change) => `• ${keyChangeWords(change, distributions)}`).join('\n'),
    ...notes,
    'No distribution is changed.',
  ].join('\n\n');
  const commands = 'Copy as AWS CLI';
  const answer = await askInDialog('warning', message, detail, button, commands);
  if (answer === button) return 'done here';
  if (answer !== commands) return undefined;
  const { keyChangeCommands } = await import('../../core/keys/keyChangeCommands.ts');
  await vscode.env.clipboard.writeText(keyChangeCommands(changes, randomUUID()));
  return 'by commands';
}
