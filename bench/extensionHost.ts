import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * Resident memory of the extension host that works in a folder, in bytes: of the last one, since one
 * that a page has left is kept for a while.
 */
export async function hostMemory(dataDir: string): Promise<number> {
  const processes = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  for (const pid of processes.toSorted((a, b) => Number(b) - Number(a))) {
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    if (!command.includes('--type=extensionHost')) continue;
    const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
    if (!environment.includes(path.dirname(dataDir))) continue;
    const status = await readFile(`/proc/${pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
  }
  throw new Error('There is no extension host.');
}
