import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * Runs npm in a folder.
 *
 * @param step what is installed, as in "Installing VS Code server…"
 * @throws Error that names the step, and has the end of npm's output
 */
export async function npm(
  step: string,
  cwd: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  const started = Date.now();
  console.log(`Installing ${step}…`);
  const child = spawn('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) {
    throw new Error(
      `${step}: npm ${args.join(' ')} in ${cwd} ended with ${String(code)}:\n${output.slice(-4000)}`,
    );
  }
  console.log(`  ${((Date.now() - started) / 1000).toFixed(0)} s`);
}

/**
 * Installs what the lock file of a folder names, where that is not there yet.
 *
 * @param install fills `node_modules`; a cut installation starts anew
 */
export async function installOnce(dir: string, install: () => Promise<void>): Promise<void> {
  const marker = path.join(dir, 'node_modules/.installed');
  const wanted = createHash('sha256')
    .update(await readFile(path.join(dir, 'package-lock.json')))
    .digest('hex');
  if ((await readFile(marker, 'utf8').catch(() => '')) === wanted) return;
  await install();
  await writeFile(marker, wanted);
}
