import { readdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { loadSharedConfigFiles } from '@smithy/core/config';
import { profileKind, type Profile, type ProfileSection } from '../core/credentials/profile.ts';
import { fail, ok, type Result } from '../core/outcome.ts';

/** The profiles of the shared config and credentials files, with all their settings. */
export type ProfileSections = Readonly<Record<string, ProfileSection>>;

/**
 * Reads the shared AWS files anew, which also renews the copies that the SDK's own providers read.
 *
 * Errors: `config-invalid` where a file is there and cannot be read.
 */
export async function loadProfileSections(): Promise<Result<ProfileSections>> {
  try {
    const { configFile, credentialsFile } = await loadSharedConfigFiles({ ignoreCache: true });
    const sections: Record<string, ProfileSection> = {};
    for (const [name, section] of [
      ...Object.entries(configFile),
      ...Object.entries(credentialsFile),
    ]) {
      // The loader keeps sections of other kinds as "sso-session.name" and "services.name".
      if (/^(?:sso-session|services)\./.test(name)) continue;
      sections[name] = { ...sections[name], ...section };
    }
    return ok(sections);
  } catch (error) {
    return fail({
      code: 'config-invalid',
      detail: error instanceof Error ? error.message : 'It cannot be read',
    });
  }
}

/** The profiles in words, by name. */
export function profilesOf(sections: ProfileSections): Profile[] {
  return Object.entries(sections)
    .map(([name, section]) => ({ name, kind: profileKind(section), region: section['region'] }))
    .toSorted((a, b) => a.name.localeCompare(b.name));
}

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
    config: () => [
      stamp(process.env['AWS_CONFIG_FILE'] ?? join(aws, 'config')),
      stamp(process.env['AWS_SHARED_CREDENTIALS_FILE'] ?? join(aws, 'credentials')),
    ],
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
