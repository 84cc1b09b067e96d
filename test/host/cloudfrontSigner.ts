import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';

import * as vscode from 'vscode';

import { eventually } from './eventually.ts';
import { readFixture } from './fixture.ts';

/** Runs a command of the extension by its ID below `cloudfrontSigner.`. */
export async function run(command: string, ...args: readonly unknown[]): Promise<unknown> {
  return vscode.commands.executeCommand(`cloudfrontSigner.${command}`, ...args);
}

/** Runs a command that gives a text. */
export async function runForText(command: string, ...args: readonly unknown[]): Promise<string> {
  const text = await run(command, ...args);
  assert.ok(typeof text === 'string', `${command} gave ${typeof text}, no text`);
  return text;
}

/** How a scripted command was refused. */
export interface Refusal {
  readonly code: unknown;
  readonly title: unknown;
  readonly message: string;
}

/** @throws AssertionError where the call is not refused */
export async function refusalOf(call: Promise<unknown>): Promise<Refusal> {
  const error: unknown = await call.then(
    () => assert.fail('It was not refused.'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof Error, 'The refusal is no Error.');
  if (error instanceof assert.AssertionError) throw error;
  return {
    code: 'code' in error ? error.code : undefined,
    title: 'title' in error ? error.title : undefined,
    message: error.message,
  };
}

/** Imports the key that the account's distribution trusts, where it is not there yet. */
export async function importAccountKey(): Promise<void> {
  const { keyPairId, privateKeyFile } = readFixture().account;
  await run('importPrivateKey', { file: privateKeyFile, keyPairId, name: 'Account key' });
}

/** Works with other user settings, named below `cloudfrontSigner.`, and puts them back. */
export async function withSettings<T>(
  settings: Readonly<Record<string, unknown>>,
  work: () => Promise<T>,
): Promise<T> {
  const before = new Map(Object.keys(settings).map((name) => [name, userSetting(name)]));
  try {
    for (const [name, value] of Object.entries(settings)) await setUserSetting(name, value);
    return await work();
  } finally {
    for (const [name, value] of before) await setUserSetting(name, value);
  }
}

/** The raw value in the user's settings, or `undefined`. */
export function userSetting(name: string): unknown {
  return vscode.workspace.getConfiguration('cloudfrontSigner').inspect<unknown>(name)?.globalValue;
}

/** In a host that has just started, one of two changes that follow each other can be lost. */
async function setUserSetting(name: string, value: unknown): Promise<void> {
  await eventually(`the setting ${name}`, async () => {
    await vscode.workspace
      .getConfiguration('cloudfrontSigner')
      .update(name, value, vscode.ConfigurationTarget.Global);
    return isDeepStrictEqual(userSetting(name), value) ? true : undefined;
  });
}
