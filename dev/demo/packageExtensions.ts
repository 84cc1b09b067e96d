import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { createVSIX } from '@vscode/vsce';

const root = path.resolve(import.meta.dirname, '../..');

/** An extension to run, packed and as it lies in the repository. Absolute paths. */
export interface PackedExtension {
  readonly vsix: string;
  readonly folder: string;
}

/** Builds and packs the extension, and the one that brings the demo's key in. */
export async function packageExtensions(): Promise<readonly PackedExtension[]> {
  console.log('Packing the extension…');
  await promisify(execFile)(process.execPath, [path.join(root, 'dev/build.mjs')], { cwd: root });
  const folders = [root, path.join(import.meta.dirname, 'keyImporter')];
  const packed: PackedExtension[] = [];
  await mkdir(path.join(root, '.cache'), { recursive: true });
  for (const [index, folder] of folders.entries()) {
    const vsix = path.join(root, `.cache/demo-${index}.vsix`);
    await createVSIX({
      cwd: folder,
      packagePath: vsix,
      dependencies: false,
      allowMissingRepository: true,
      rewriteRelativeLinks: false,
      skipLicense: true,
    });
    packed.push({ vsix, folder });
  }
  return packed;
}
