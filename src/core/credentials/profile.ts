/** How a profile of the shared AWS files comes by its credentials. */
export type ProfileKind = 'keys' | 'role' | 'web identity' | 'process' | 'SSO' | 'login' | 'empty';

/** A profile of the shared AWS config and credentials files. */
export interface Profile {
  readonly name: string;
  readonly kind: ProfileKind;
  readonly region: string | undefined;
}

/** The settings of one profile, as the files have them. */
export type ProfileSection = Readonly<Record<string, string | undefined>>;

/**
 * How the SDK will get a profile's credentials: the first way that its settings allow, in the SDK's
 * own order.
 * https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html
 */
export function profileKind(section: ProfileSection): ProfileKind {
  if (section['role_arn'] && (section['source_profile'] || section['credential_source'])) {
    return 'role';
  }
  if (section['aws_access_key_id'] && section['aws_secret_access_key']) return 'keys';
  if (section['role_arn'] && section['web_identity_token_file']) return 'web identity';
  if (section['credential_process']) return 'process';
  if (section['sso_session'] || section['sso_start_url']) return 'SSO';
  if (section['login_session']) return 'login';
  return 'empty';
}

/**
 * The shell command that signs a profile in again, following `source_profile`, since a role's session
 * is only as fresh as the one it is assumed from. Undefined where no command does.
 */
export function loginCommand(
  profile: string | undefined,
  sections: Readonly<Record<string, ProfileSection>>,
): string | undefined {
  const seen = new Set<string>();
  for (let name = profile ?? 'default'; !seen.has(name);) {
    seen.add(name);
    const section = sections[name];
    if (section === undefined) return undefined;
    const kind = profileKind(section);
    if (kind === 'SSO') return `aws sso login --profile ${shellWord(name)}`;
    if (kind === 'login') return `aws login --profile ${shellWord(name)}`;
    if (kind !== 'role' || section['source_profile'] === undefined) return undefined;
    name = section['source_profile'];
  }
  return undefined;
}

/** A word that POSIX shells and PowerShell both read as it is. */
function shellWord(text: string): string {
  return /^[\w.@:/+-]+$/.test(text) ? text : `'${text.replaceAll("'", '')}'`;
}
