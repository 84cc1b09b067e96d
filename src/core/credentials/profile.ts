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
  const sources = [section['source_profile'], section['credential_source']].filter(Boolean);
  if (section['role_arn'] && sources.length === 1) return 'role';
  if (hasKeys(section)) return 'keys';
  if (section['role_arn'] && section['web_identity_token_file']) return 'web identity';
  if (section['credential_process']) return 'process';
  if (section['sso_session'] || section['sso_start_url']) return 'SSO';
  if (section['login_session']) return 'login';
  return 'empty';
}

function hasKeys(section: ProfileSection): boolean {
  return Boolean(section['aws_access_key_id'] && section['aws_secret_access_key']);
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
    const section = sections[name];
    if (section === undefined) return undefined;
    // A source that has keys is asked for no role, even where it has one.
    if (seen.size > 0 && hasKeys(section)) return undefined;
    seen.add(name);
    const kind = profileKind(section);
    if (kind === 'SSO' || kind === 'login') {
      const word = shellWord(name);
      return word && `aws ${kind === 'SSO' ? 'sso login' : 'login'} --profile ${word}`;
    }
    if (kind !== 'role' || section['source_profile'] === undefined) return undefined;
    name = section['source_profile'];
  }
  return undefined;
}

/**
 * A word that POSIX shells and PowerShell both read as it is; undefined where there is none. To
 * PowerShell curly quotes are quotes, too.
 */
function shellWord(text: string): string | undefined {
  if (/^[\w.:/+-][\w.@:/+-]*$/.test(text)) return text;
  if (/\p{Cc}/u.test(text)) return undefined;
  if (!/['‘’‚‛]/.test(text)) return `'${text}'`;
  return /["“”„$`\\!]/.test(text) ? undefined : `"${text}"`;
}
