import assert from 'node:assert/strict';

import { describe, it } from 'mocha';
import * as vscode from 'vscode';

import { run } from './cloudfrontSigner.ts';

/** A key that any encoding would change. */
const KEY = 'a b/50% +#?é.txt';

describe('copying the names of an object', () => {
  const names: readonly (readonly [command: string, one: string, two: string])[] = [
    ['copyS3Uri', `s3://films/${KEY}`, `s3://other/x/`],
    ['copyKey', KEY, 'x/'],
    ['copyArn', `arn:aws:s3:::films/${KEY}`, 'arn:aws:s3:::other/x/'],
  ];
  for (const [command, one, two] of names) {
    describe(command, () => {
      it('takes bucket and key', async () => {
        await assertCopies(command, { bucket: 'films', key: KEY }, one);
      });

      it('takes an S3 URI', async () => {
        await assertCopies(command, `s3://films/${KEY}`, one);
      });

      it('gives a line for each of several, in their order', async () => {
        const objects = ['s3://other/x/', { bucket: 'films', key: KEY }];
        await assertCopies(command, objects, `${two}\n${one}`);
      });

      it('copies nothing where a name is bad', async () => {
        await vscode.env.clipboard.writeText('kept');
        assert.equal(await run(command, ['s3://films/x', { bucket: 'films' }]), undefined);
        assert.equal(await run(command, []), undefined);
        assert.equal(await vscode.env.clipboard.readText(), 'kept');
      });
    });
  }
});

async function assertCopies(command: string, objects: unknown, text: string): Promise<void> {
  assert.equal(await run(command, objects), text);
  assert.equal(await vscode.env.clipboard.readText(), text);
}
