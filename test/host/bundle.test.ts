import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

import type { Metafile } from 'esbuild';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';

describe('the bundle that was built', () => {
  it('loads nothing of the AWS SDK with its entry', async () => {
    const loaded = await modulesLoadedWith('dist/extension.js');
    assert.ok(loaded.includes('src/extension.ts'), 'the entry is not in the metafile');
    assert.deepEqual(
      loaded.filter((module) => /node_modules\/@(aws-sdk|smithy|aws-crypto)\//.test(module)),
      [],
    );
  });

  it('loads what draws QR codes when one is drawn', async () => {
    assert.ok(
      (await modulesLoadedWith(await outputOf('src/core/linkFormats/qrCodePage.ts'))).some(
        isDrawing,
      ),
    );
    assert.deepEqual((await modulesLoadedWith('dist/extension.js')).filter(isDrawing), []);
  });

  it('loads nothing of CloudFront’s client with what lists buckets and objects', async () => {
    const loaded = await modulesLoadedWith(await outputOf('src/aws/openSession.ts'));
    assert.ok(
      loaded.some((module) => module.includes('/@aws-sdk/client-s3/')),
      'S3’s client is not there',
    );
    assert.deepEqual(
      loaded.filter((module) => module.includes('/@aws-sdk/client-cloudfront/')),
      [],
    );
  });
});

/** Whether a source module is of what draws QR codes. */
function isDrawing(module: string): boolean {
  return /node_modules\/uqr\//.test(module);
}

/** @returns the bundled file that a source module is in */
async function outputOf(module: string): Promise<string> {
  const { outputs } = await metafile();
  const [file] =
    Object.entries(outputs).find(([, { inputs }]) => Object.hasOwn(inputs, module)) ?? [];
  assert.ok(file !== undefined, `${module} is not in the metafile`);
  return file;
}

async function metafile(): Promise<Metafile> {
  const extension = vscode.extensions.getExtension('cloudfront-url-signer.cloudfront-url-signer');
  assert.ok(extension);
  const meta: unknown = JSON.parse(
    await readFile(path.join(extension.extensionPath, 'dist/meta.json'), 'utf8'),
  );
  assert.ok(isMetafile(meta));
  return meta;
}

/** @returns source modules in a bundled file and in all that it imports statically */
async function modulesLoadedWith(entry: string): Promise<readonly string[]> {
  const { outputs } = await metafile();
  const files = new Set([entry]);
  // A set visits what is added to it while it is walked.
  for (const file of files) {
    const output = outputs[file];
    assert.ok(output, `${file} is not in the metafile`);
    for (const imported of output.imports) {
      if (imported.kind === 'import-statement' && imported.external !== true) {
        files.add(imported.path);
      }
    }
  }
  return [...files].flatMap((file) => Object.keys(outputs[file]?.inputs ?? {}));
}

function isMetafile(value: unknown): value is Metafile {
  return typeof value === 'object' && value !== null && 'outputs' in value;
}
