import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');

/** From which folder, importing what: each must be reported in every form an import can take. */
const forbidden: readonly (readonly [folder: string, specifier: string])[] = [
  ['src/core', 'vscode'],
  ['src/core', '@aws-sdk/client-s3'],
  ['src/core', '@smithy/core'],
  ['src/core', '../aws/signPolicy.ts'],
  ['src/core', '../vscode/log.ts'],
  ['src/core', '../extension.ts'],
  ['src/core', 'node:fs'],
  ['src/core/s3', 'vscode'],
  ['src/core/s3', '../../aws/signPolicy.ts'],
  ['src/core/s3', '../../vscode/log.ts'],
  ['src/aws', 'vscode'],
  ['src/aws', '../vscode/log.ts'],
  ['src/aws', '../extension.ts'],
  ['src/vscode', '@aws-sdk/client-s3'],
  ['src/vscode', '@smithy/core'],
  ['src/vscode', '../aws/signPolicy.ts'],
  ['src/vscode', '../extension.ts'],
  ['src/vscode/tree', '../../aws/signPolicy.ts'],
  ['dev/s3', '../../src/core/expiry.ts'],
  ['dev/edge', '../../src/core/expiry.ts'],
  ['dev/control', '../../src/core/expiry.ts'],
];

const allowed: readonly (readonly [folder: string, specifier: string])[] = [
  ['src/core', 'node:crypto'],
  ['src/core', './s3/location.ts'],
  ['src/aws', '@aws-sdk/client-s3'],
  ['src/aws', 'node:fs'],
  ['src/aws', '../core/expiry.ts'],
  ['src/vscode', 'vscode'],
  ['src/vscode', '../core/expiry.ts'],
  ['src', './core/expiry.ts'],
  ['src', './aws/aws.ts'],
  ['src', './vscode/log.ts'],
];

const forms: Readonly<Record<string, (specifier: string) => string>> = {
  value: (specifier) => `import * as seed from '${specifier}';\nvoid seed;\n`,
  type: (specifier) =>
    `import type * as seed from '${specifier}';\nexport type Seed = typeof seed;\n`,
  're-export': (specifier) => `export * from '${specifier}';\n`,
  dynamic: (specifier) => `export const seed = (): Promise<unknown> => import('${specifier}');\n`,
};

describe('the layering rules of .oxlintrc.json', () => {
  let seeded = '';
  let reported: ReadonlySet<string> = new Set();

  beforeAll(async () => {
    seeded = await mkdtemp(path.join(tmpdir(), 'layering-'));
    await copyFile(path.join(root, '.oxlintrc.json'), path.join(seeded, '.oxlintrc.json'));
    for (const [folder, specifier] of [...forbidden, ...allowed]) {
      for (const [form, text] of Object.entries(forms)) {
        const file = path.join(seeded, seedFile(folder, specifier, form));
        await mkdir(path.dirname(file), { recursive: true });
        await writeFile(file, text(specifier));
      }
    }
    reported = await filesWithForbiddenImports(seeded, ['src', 'dev']);
  });

  afterAll(() => rm(seeded, { recursive: true, force: true }));

  for (const [folder, specifier] of forbidden) {
    it.each(Object.keys(forms))(`report %s import of ${specifier} in ${folder}`, (form) => {
      expect(reported).toContain(seedFile(folder, specifier, form));
    });
  }

  it.each(allowed)('let %s import %s', (folder, specifier) => {
    for (const form of Object.keys(forms)) {
      expect(reported).not.toContain(seedFile(folder, specifier, form));
    }
  });

  it('find nothing in this repository', async () => {
    expect([...(await filesWithForbiddenImports(root, ['src', 'dev']))]).toEqual([]);
  });
});

function seedFile(folder: string, specifier: string, form: string): string {
  return `${folder}/${specifier.replaceAll(/[^a-z0-9]+/gi, '-')}.${form}.seed.ts`;
}

/** @returns paths from `cwd` of the files in which oxlint reports a restricted import */
function filesWithForbiddenImports(
  cwd: string,
  folders: readonly string[],
): Promise<ReadonlySet<string>> {
  const oxlint = path.join(root, 'node_modules/oxlint/bin/oxlint');
  const args = [oxlint, '--config', '.oxlintrc.json', '--format=unix', ...folders];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { cwd }, (error, stdout, stderr) => {
      // 1: it found something. Anything else: it did not look.
      if (error !== null && error.code !== 1) {
        reject(new Error(`oxlint: ${stderr}${stdout}`, { cause: error }));
        return;
      }
      const lines = stdout.split('\n').filter((line) => line.includes('no-restricted-imports'));
      resolve(new Set(lines.map((line) => line.slice(0, line.indexOf(':')))));
    });
  });
}
