import { readFile } from 'node:fs/promises';
import { loadSharedConfigFiles } from '@smithy/core/config';
import { profileKind, type Profile, type ProfileSection } from '../core/credentials/profile.ts';
import { errorText } from '../core/errorText.ts';
import { fail, ok, type Result } from '../core/outcome.ts';
import { sharedFiles } from './sharedFiles.ts';

type Sections = Readonly<Record<string, ProfileSection>>;

/** What the shared config and credentials files say, by name. */
export interface ConfigFiles {
  readonly profiles: Sections;
  /** The `services` sections; a setting of a service is named `s3.endpoint_url`. */
  readonly services: Sections;
}

/**
 * Reads the shared AWS files anew, which also renews the copies that the SDK's own providers read.
 *
 * Errors: `config-invalid` where a file is there and cannot be read.
 */
export async function loadConfigFiles(): Promise<Result<ConfigFiles>> {
  try {
    await Promise.all(sharedFiles().map(refuseUnreadable));
    const { configFile, credentialsFile } = await loadSharedConfigFiles({ ignoreCache: true });
    const profiles: Record<string, ProfileSection> = {};
    const services: Record<string, ProfileSection> = {};
    for (const [name, section] of [
      ...Object.entries(configFile),
      ...Object.entries(credentialsFile),
    ]) {
      // The loader names sections of other kinds "sso-session.name" and "services.name".
      if (name.startsWith('services.')) services[name.slice('services.'.length)] = section;
      else if (!name.startsWith('sso-session.')) profiles[name] = { ...profiles[name], ...section };
    }
    return ok({ profiles, services });
  } catch (error) {
    return fail({ code: 'config-invalid', detail: errorText(error) });
  }
}

/** The loader takes a file that it may not read for one that is not there. */
async function refuseUnreadable(file: string): Promise<void> {
  try {
    await readFile(file);
  } catch (error) {
    const isAbsent = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (!isAbsent) throw error;
  }
}

/** The profiles in words, by name. */
export function profilesOf({ profiles }: ConfigFiles): Profile[] {
  return Object.entries(profiles)
    .map(([name, section]) => ({ name, kind: profileKind(section), region: section['region'] }))
    .toSorted((a, b) => a.name.localeCompare(b.name));
}

/** A service by its name in the config file and in the environment. */
type ServiceId = 's3' | 'cloudfront' | 'kms' | 'sts';

/**
 * The endpoint that the environment or a profile sets for a service. The SDK's client looks for it
 * too, but never in a profile that it was handed by name.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 *
 * @returns undefined where none is set
 *
 * Errors: `config-invalid` where the profile names a `services` section that is not there.
 */
export function endpointOf(
  service: ServiceId,
  section: ProfileSection,
  { services }: ConfigFiles,
): Result<string | undefined> {
  const { env } = process;
  const isIgnored = section['ignore_configured_endpoint_urls'] === 'true';
  if (isIgnored || env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'] === 'true') return ok(undefined);
  const ofEnvironment = env[`AWS_ENDPOINT_URL_${service.toUpperCase()}`] || env['AWS_ENDPOINT_URL'];
  if (ofEnvironment) return ok(ofEnvironment);
  const name = section['services'];
  const ofServices = name === undefined ? undefined : services[name];
  if (name !== undefined && ofServices === undefined) {
    return fail({ code: 'config-invalid', detail: `It has no section [services ${name}].` });
  }
  return ok(ofServices?.[`${service}.endpoint_url`] ?? section['endpoint_url']);
}
