import assert from 'node:assert/strict';

import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';

import { run } from './cloudfrontSigner.ts';

describe('openLoginTerminal', () => {
  afterEach(() => {
    for (const terminal of vscode.window.terminals) terminal.dispose();
  });

  const refused: readonly (readonly [what: string, login: unknown])[] = [
    ['nothing', undefined],
    ['another program', 'rm -rf /'],
    ['a program whose name only begins with aws', 'awsome sso login'],
    ['a second line', 'aws sso login\nrm -rf /'],
    ['a carriage return', 'aws sso login\rrm -rf /'],
    ['Ctrl+O, at which bash runs the line', 'aws sso login; rm -rf /\x0f'],
    ['a line before it', '\naws sso login'],
    ['a list', ['aws sso login']],
  ];
  for (const [what, login] of refused) {
    it(`opens none for ${what}`, async () => {
      assert.equal(await run('openLoginTerminal', login), undefined);
      assert.deepEqual(vscode.window.terminals, []);
    });
  }

  it('opens one for a line of the AWS CLI', async () => {
    await run('openLoginTerminal', 'aws sso login --profile demo');
    assert.deepEqual(
      vscode.window.terminals.map(({ name }) => name),
      ['AWS Sign-In'],
    );
  });
});
