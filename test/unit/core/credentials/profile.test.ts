import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fromIni } from '@aws-sdk/credential-providers';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  loginCommand,
  profileKind,
  type ProfileKind,
  type ProfileSection,
} from '../../../../src/core/credentials/profile.ts';

const SSO: ProfileSection = { sso_session: 'work', sso_account_id: '111122223333' };
const LOGIN: ProfileSection = { login_session: 'arn:aws:iam::111122223333:user/ada' };
const KEYS: ProfileSection = { aws_access_key_id: 'keys', aws_secret_access_key: 'x' };
const ROLE = 'arn:aws:iam::111122223333:role/reader';

function roleFrom(source: string): ProfileSection {
  return { role_arn: ROLE, source_profile: source };
}

async function credentialsOf(
  accessKeyId: string,
): Promise<{ readonly accessKeyId: string; readonly secretAccessKey: string }> {
  return { accessKeyId, secretAccessKey: 'x' };
}

describe('the kind of a profile', () => {
  let folder = '';
  let configFile = '';

  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'profiles-'));
    configFile = path.join(folder, 'config');
    writeFileSync(path.join(folder, 'token'), 'token');
    // Some of the SDK's providers read nothing but what the environment names.
    vi.stubEnv('AWS_CONFIG_FILE', configFile);
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', path.join(folder, 'credentials'));
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'environment');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'x');
    vi.stubEnv('HOME', folder);
  });

  afterAll(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  });

  /** What a profile can have, by the kind that it has with nothing else. */
  function ways(): Readonly<Record<Exclude<ProfileKind, 'empty'>, ProfileSection>> {
    const process = '{"Version":1,"AccessKeyId":"process","SecretAccessKey":"x"}';
    return {
      role: roleFrom('source'),
      keys: KEYS,
      'web identity': { role_arn: ROLE, web_identity_token_file: path.join(folder, 'token') },
      process: { credential_process: `echo '${process}'` },
      SSO: { ...SSO, sso_role_name: 'reader' },
      login: LOGIN,
    };
  }

  /** The kind that the SDK takes a profile for: what it gives, or what it lacks, tells. */
  async function kindToSdk(section: ProfileSection): Promise<string> {
    const lines = Object.entries(section).map(([name, value]) => `${name} = ${value}`);
    const others = [
      '[profile source]',
      'aws_access_key_id = source',
      'aws_secret_access_key = x',
      '[sso-session work]',
      'sso_region = eu-west-1',
      'sso_start_url = https://example.com/start',
    ];
    writeFileSync(configFile, ['[profile ada]', ...lines, ...others].join('\n'));
    try {
      const credentials = await fromIni({
        profile: 'ada',
        ignoreCache: true,
        roleAssumer: () => credentialsOf('role'),
        roleAssumerWithWebIdentity: () => credentialsOf('web identity'),
      })();
      return credentials.accessKeyId;
    } catch (error) {
      const message = String(error);
      if (message.includes('SSO session')) return 'SSO';
      if (message.includes('/login/cache/')) return 'login';
      return message.includes('Could not resolve credentials') ? 'empty' : message;
    }
  }

  it('is the one that the SDK takes it for, whatever else it has', async () => {
    for (let chosen = 0; chosen < 64; chosen++) {
      const sections = Object.values(ways()).filter((_way, bit) => (chosen >> bit) % 2 === 1);
      const section = sections.reduce((all, one) => ({ ...all, ...one }), {});
      const names = Object.keys(section).join(', ');
      expect([names, profileKind(section)]).toEqual([names, await kindToSdk(section)]);
    }
  });

  it.each([
    ['a role from the environment', { role_arn: ROLE, credential_source: 'Environment' }, 'role'],
    [
      'a role from two sources, which the SDK passes over',
      { ...roleFrom('source'), credential_source: 'Environment', ...KEYS },
      'keys',
    ],
    ['a role from nowhere', { role_arn: ROLE }, 'empty'],
    ['a source without a role', { source_profile: 'source', ...LOGIN }, 'login'],
    ['half a key', { aws_access_key_id: 'keys', ...LOGIN }, 'login'],
    ['temporary keys', { ...KEYS, aws_session_token: 'x' }, 'keys'],
    ['nothing but a region', { region: 'eu-west-1' }, 'empty'],
  ] as const)('is the one that the SDK takes it for: %s', async (_name, section, kind) => {
    expect(profileKind(section)).toBe(kind);
    expect(await kindToSdk(section)).toBe(kind);
  });

  it('is SSO too where the start page is in the profile itself', () => {
    expect(profileKind({ sso_start_url: 'https://example.com/start' })).toBe('SSO');
  });
});

function commandFor(name: string, section = SSO): string | undefined {
  return loginCommand(name, { [name]: section });
}

describe('the command that signs in again', () => {
  it.each([
    ['SSO', { work: SSO }, 'work', 'aws sso login --profile work'],
    ['login', { work: LOGIN }, 'work', 'aws login --profile work'],
    [
      'no profile, which is the default one',
      { default: SSO },
      undefined,
      'aws sso login --profile default',
    ],
    ['a role', { admin: roleFrom('work'), work: SSO }, 'admin', 'aws sso login --profile work'],
    [
      'a role from a role',
      { deep: roleFrom('admin'), admin: roleFrom('work'), work: LOGIN },
      'deep',
      'aws login --profile work',
    ],
  ] as const)(
    'is of the profile that holds the session: %s',
    (_name, sections, profile, command) => {
      expect(loginCommand(profile, sections)).toBe(command);
    },
  );

  it.each([
    ['keys', { work: KEYS }],
    ['a process', { work: { credential_process: 'x' } }],
    ['nothing', { work: {} }],
    ['a profile that is not there', {}],
    ['a role whose source is not there', { work: roleFrom('gone') }],
    ['a role from the environment', { work: { role_arn: ROLE, credential_source: 'Environment' } }],
    ['a role from itself', { work: roleFrom('work') }],
    ['a circle', { work: roleFrom('one'), one: roleFrom('two'), two: roleFrom('one') }],
    // The SDK takes the keys of a source before the role of it.
    [
      'keys at the source',
      { work: roleFrom('one'), one: { ...roleFrom('two'), ...KEYS }, two: SSO },
    ],
  ] as const)(
    'does not exist for %s',
    (_name, sections: Readonly<Record<string, ProfileSection>>) => {
      expect(loginCommand('work', sections)).toBeUndefined();
    },
  );

  it('names the profile as the user has to type it', () => {
    expect(commandFor('ada@work-1.eu:a/b+c')).toBe('aws sso login --profile ada@work-1.eu:a/b+c');
    expect(commandFor('my work')).toBe("aws sso login --profile 'my work'");
    expect(commandFor('$(reboot)')).toBe("aws sso login --profile '$(reboot)'");
    expect(commandFor("o'brien")).toBe('aws sso login --profile "o\'brien"');
    // PowerShell takes these for quotes, and the first one for a variable.
    expect(commandFor('@work')).toBe("aws sso login --profile '@work'");
    expect(commandFor('o’brien')).toBe('aws sso login --profile "o’brien"');
    // No word of both shells reads as these, and control characters are not typed.
    expect(commandFor("o'brien $HOME")).toBeUndefined();
    expect(commandFor('a\u0003b')).toBeUndefined();
  });

  it('is to a shell four words and the name, or does not exist', () => {
    const anyName = fc
      .array(
        fc.oneof(
          fc.constantFrom(...'\'"`$\\!*?~#&|;<>(){}[] =%^@-'.split('')),
          fc.constantFrom('a', '$HOME', '$(echo x)', '`echo x`', '’', '“', '\n', '\t'),
          fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
        ),
        { minLength: 1, maxLength: 6 },
      )
      .map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(anyName, fc.constantFrom(SSO, LOGIN), (name, section) => {
        const command = commandFor(name, section);
        fc.pre(command !== undefined);
        const words = section === SSO ? ['sso', 'login', '--profile'] : ['login', '--profile'];
        const script = `aws() { printf '%s\\n' "$@"; }\n${command}`;
        const said = execFileSync('sh', ['-c', script], { encoding: 'utf8' });
        expect(said).toBe([...words, name, ''].join('\n'));
      }),
      { numRuns: 200 },
    );
  });
});
