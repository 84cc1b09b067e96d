import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

import { readFixture } from './fixture.ts';

/** The lines that the extension has written to its output channel. */
export async function readExtensionLog(): Promise<string> {
  const { dataDir } = readFixture();
  const files = await readdir(dataDir, { recursive: true });
  const logs = files.filter((file) => path.basename(file) === 'CloudFront URL Signer.log');
  const texts = await Promise.all(logs.map((file) => readFile(path.join(dataDir, file), 'utf8')));
  return texts.join('\n');
}
