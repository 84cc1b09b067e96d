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
