import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';

import { describe, it } from 'mocha';
import * as vscode from 'vscode';

import { refusalOf, run, runForText, userSetting } from './cloudfrontSigner.ts';
import { eventually } from './eventually.ts';

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const publicKeyPem = publicKey.export({ type: 'spki', format: 'pem' }).toString();

describe('exportSetup by a script', () => {
  const forms: readonly (readonly [form: string, begin: RegExp])[] = [
    ['cloudformation', /^AWSTemplateFormatVersion: '2010-09-09'$/m],
    ['terraform', /^resource "aws_cloudfront_distribution" "files" \{$/m],
    ['cdk', /^export class SignedFilesStack extends Stack \{$/m],
    ['cli', /^#!\/usr\/bin\/env bash\n/],
  ];
  for (const [form, begin] of forms) {
    it(`gives the text for ${form}, and opens nothing`, async () => {
      const before = vscode.window.activeTextEditor;
      const text = await runForText('exportSetup', { bucket: 'my-files', form });
      assert.match(text, begin);
      assert.ok(text.includes('my-files'));
      assert.equal(vscode.window.activeTextEditor, before);
    });
  }

  it('does all that is wished', async () => {
    const text = await runForText('exportSetup', {
      bucket: 'films',
      form: 'cloudformation',
      name: 'signed-films',
      bucketExists: true,
      region: 'ap-south-1',
      originPath: 'media',
      alias: 'films.example.com',
      certificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/1a2b',
      publicKeyPem,
      responseOverrides: true,
      listBucket: true,
    });
    for (const said of [
      'Name: signed-films',
      'DomainName: films.s3.ap-south-1.amazonaws.com',
      "OriginPath: '/media'",
      '- films.example.com',
      'certificate/1a2b',
      publicKeyPem.split('\n')[1] ?? '?',
      'response-content-disposition',
      's3:ListBucket',
    ]) {
      assert.ok(text.includes(said), `It does not say ${said}`);
    }
  });

  it('is the same each time', async () => {
    const options = { bucket: 'my-files', form: 'cdk', publicKeyPem };
    assert.equal(await run('exportSetup', options), await run('exportSetup', options));
  });

  it('takes the region that is worked in where none is given', async () => {
    const text = await runForText('exportSetup', { bucket: 'my-files', form: 'terraform' });
    const region = /region = "(.*)"/.exec(text)?.[1];
    assert.ok(region === 'eu-central-1' || region === 'us-east-1', `It is ${String(region)}`);
    assert.equal(userSetting('aws.region'), undefined);
  });

  it('refuses what cannot be used, and no option is dropped', async () => {
    const refusals: readonly (readonly [options: object, code: string, words: RegExp])[] = [
      [{ form: 'cli' }, 'option-invalid', /“bucket”/],
      [{ bucket: 'my-files' }, 'option-invalid', /“form”/],
      [{ bucket: 'my-files', form: 'pulumi' }, 'option-invalid', /“form”/],
      [{ bucket: 'my-files', form: 'cli', colour: 'red' }, 'option-invalid', /“colour”/],
      [{ bucket: 'no bucket', form: 'cli' }, 'location-invalid', /“no bucket”/],
    ];
    for (const [options, code, words] of refusals) {
      const refusal = await refusalOf(run('exportSetup', options));
      assert.equal(refusal.code, code);
      assert.match(refusal.message, words);
    }
  });

  it('refuses a private key, and repeats nothing of it', async () => {
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const options = { bucket: 'my-files', form: 'cli', publicKeyPem: pem };
    const refusal = await refusalOf(run('exportSetup', options));
    assert.equal(refusal.code, 'option-invalid');
    assert.match(refusal.message, /private key/);
    assert.ok(!refusal.message.includes(pem.slice(40, 60)));
  });
});

describe('exportSetup for a person', () => {
  it('asks, and opens the text in an editor of its language', async () => {
    const exported = runForText('exportSetup', 's3://films');
    // Whatever is asked, what is offered first is taken.
    const document = await eventually('an editor of YAML', async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      const open = vscode.window.activeTextEditor?.document;
      return open?.languageId === 'yaml' ? open : undefined;
    });
    assert.equal(document.getText(), await exported);
    assert.ok(document.isUntitled);
    assert.match(document.getText(), /DomainName: films\.s3\./);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });
});
