import { readdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
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
  const aws = join(homedir(), '.aws');
  const watched = {
    config: () => sharedFiles().map(stamp),
    login: () => [
      ...folderStamps(join(aws, 'sso', 'cache')),
      ...folderStamps(process.env['AWS_LOGIN_CACHE_DIRECTORY'] ?? join(aws, 'login', 'cache')),
    ],
  };
  const seen = { config: watched.config().join(), login: watched.login().join() };
  const timer = setInterval(() => {
    for (const change of ['config', 'login'] as const) {
      const current = watched[change]().join();
      if (current === seen[change]) continue;
      seen[change] = current;
      onChange(change);
    }
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}

function stamp(file: string): string {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats === undefined ? '' : `${stats.mtimeMs}:${stats.size}:${stats.ino}`;
}

function folderStamps(folder: string): string[] {
  try {
    return readdirSync(folder).map((name) => `${name}:${stamp(join(folder, name))}`);
  } catch {
    // A folder that is not there has nothing in it yet.
    return [];
  }
}
