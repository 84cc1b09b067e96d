import { readdir, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sharedFiles } from './sharedFiles.ts';

/** What changed among the files that credentials come from. */
export type ConfigChange = 'config' | 'login';

/**
 * Tells when the shared files change (`config`), or what `aws sso login` and `aws login` leave behind
 * (`login`). It compares times and sizes every so often, because that alone works for files that are
 * not there yet, are replaced by another, or lie on a network drive.
 *
 * @returns what ends the watch
 */
export function watchConfigFiles(
  onChange: (change: ConfigChange) => void,
  everyMs = 2000,
): () => void {
  const end = new AbortController();
  const { signal } = end;
  const seen = new Map<ConfigChange, string>();

  async function look(change: ConfigChange): Promise<void> {
    const stamps = await STAMPS[change]();
    const before = seen.get(change);
    seen.set(change, stamps);
    if (before !== undefined && before !== stamps && !signal.aborted) onChange(change);
  }

  async function watch(): Promise<void> {
    do {
      await look('config');
      await look('login');
    } while (await sleep(everyMs, true, { ref: false, signal }).catch(() => false));
  }

  void watch();
  return () => end.abort();
}

const STAMPS: { readonly [C in ConfigChange]: () => Promise<string> } = {
  config: () => joined(sharedFiles().map(stamp)),
  login: () => {
    const aws = join(homedir(), '.aws');
    return joined([
      folderStamp(join(aws, 'sso', 'cache')),
      folderStamp(process.env['AWS_LOGIN_CACHE_DIRECTORY'] || join(aws, 'login', 'cache')),
    ]);
  },
};

async function joined(stamps: readonly Promise<string>[]): Promise<string> {
  return (await Promise.all(stamps)).join();
}

async function stamp(file: string): Promise<string> {
  try {
    const { mtimeMs, size, ino } = await stat(file);
    return `${mtimeMs}:${size}:${ino}`;
  } catch {
    // A file that cannot be looked at is as good as none.
    return '';
  }
}

async function folderStamp(folder: string): Promise<string> {
  try {
    const names = await readdir(folder);
    return await joined(names.map(async (name) => `${name}:${await stamp(join(folder, name))}`));
  } catch {
    // A folder that is not there has nothing in it yet.
    return '';
  }
}
