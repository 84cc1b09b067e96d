import assert from 'node:assert/strict';

import { before, describe, it } from 'mocha';
import * as vscode from 'vscode';

describe('activation', () => {
  let extension: vscode.Extension<unknown>;

  before(async () => {
    const found = vscode.extensions.getExtension('cloudfront-url-signer.cloudfront-url-signer');
    assert.ok(found, 'VS Code does not know the extension');
    extension = found;
    await extension.activate();
  });

  it('succeeds', () => {
    assert.equal(extension.isActive, true);
  });

  it('registers every command of the manifest, and no other of its own', async () => {
    const contributed = contributedCommands(extension.packageJSON);
    assert.notEqual(contributed.length, 0);
    const registered = await vscode.commands.getCommands(true);
    assert.deepEqual(
      registered.filter((command) => /^cloudfrontSigner\.\w+$/.test(command)).toSorted(),
      contributed.toSorted(),
    );
  });

  it('opens the view of buckets', async () => {
    // VS Code makes this command up for every view there is; it throws where there is none.
    await vscode.commands.executeCommand('cloudfrontSigner.buckets.focus');
  });
});

/** @returns ids of the commands in a manifest */
function contributedCommands(manifest: unknown): readonly string[] {
  const commands = member(member(manifest, 'contributes'), 'commands');
  assert.ok(Array.isArray(commands), 'the manifest contributes no commands');
  return commands.map((command: unknown) => String(member(command, 'command')));
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.getOwnPropertyDescriptor(value, name)?.value
    : undefined;
}
