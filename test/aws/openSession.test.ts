import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { startEmbeddedS3, type EmbeddedS3 } from '../../dev/s3/startEmbeddedS3.ts';
import { aws } from '../../src/aws/aws.ts';
import { openSession } from '../../src/aws/openSession.ts';
import type { Connection, Session } from '../../src/core/credentials/session.ts';
import type { Outcome } from '../../src/core/outcome.ts';
import { awsEnvironment } from '../awsEnvironment.ts';
import { startCredentialServices, type CredentialServices } from './credentialServices.ts';

const USER = { accessKeyId: 'AKIAUSER000000000001', secretAccessKey: 'a-secret-that-nobody-knows' };
const ROLE = {
  accessKeyId: 'ASIAROLE000000000001',
  secretAccessKey: 'another-secret-that-nobody-knows',
  sessionToken: 'a-session-token-that-nobody-knows',
};
const MFA_CODE = '123456';
const PORTAL_TOKEN = 'a-portal-token-that-nobody-knows';
const ROLE_ARN = 'arn:aws:iam::111122223333:role/reader';

let s3: EmbeddedS3;
let services: CredentialServices;
let home: string;
const sessions: Session[] = [];

beforeAll(async () => {
  s3 = await startEmbeddedS3({
    region: 'eu-central-1',
    identities: [
      { kind: 'user', name: 'developer', ...USER },
      { kind: 'user', name: 'role', ...ROLE },
    ],
  });
  s3.putBucket('acme-media');
  services = await startCredentialServices(ROLE, { mfaCode: MFA_CODE, portalToken: PORTAL_TOKEN });
});

afterAll(async () => {
  await services.close();
  await s3.close();
});

beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'session-'));
});

afterEach(async () => {
  for (const session of sessions.splice(0)) session.close();
  vi.unstubAllEnvs();
  await rm(home, { recursive: true, force: true });
});

/** Has AWS find these files, and nothing of whoever runs the tests. */
async function useFiles(config: string, credentials = ''): Promise<void> {
  const environment = {
    ...(await awsEnvironment(path.join(home, '.aws'), { config, credentials })),
    HOME: home,
    AWS_ENDPOINT_URL_STS: services.endpoint,
    AWS_ENDPOINT_URL_SSO: services.endpoint,
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
}

const noMfa = async (): Promise<undefined> => undefined;

async function open(
  connection: Partial<Connection> = {},
  askMfaCode: (device: string) => Promise<string | undefined> = noMfa,
): Promise<Outcome<Session>> {
  const outcome = await aws.openSession(
    {
      profile: undefined,
      region: undefined,
      endpoint: s3.endpoint,
      forcePathStyle: true,
      ...connection,
    },
    askMfaCode,
  );
  if (outcome.kind === 'ok') sessions.push(outcome.value);
  return outcome;
}

async function opened(...args: Parameters<typeof open>): Promise<Session> {
  const outcome = await open(...args);
  if (outcome.kind !== 'ok') throw new Error(JSON.stringify(outcome));
  return outcome.value;
}

/** Asks S3 something, and tells whose access key it was asked with. */
async function whoAsks({ store }: Session): Promise<string | undefined> {
  const buckets = await store.listBuckets({ pageSize: 10 }, new AbortController().signal);
  expect(buckets).toMatchObject({ kind: 'ok', value: { items: [{ name: 'acme-media' }] } });
  return s3.requests.at(-1)?.accessKeyId;
}

const USER_CREDENTIALS = `[base]\naws_access_key_id = ${USER.accessKeyId}\naws_secret_access_key = ${USER.secretAccessKey}\n`;

describe('a profile', () => {
  it('with keys signs with them', async () => {
    await useFiles('[profile base]\nregion = eu-central-1\n', USER_CREDENTIALS);
    const session = await opened({ profile: 'base' });
    expect(session).toMatchObject({ profile: 'base', region: 'eu-central-1' });
    expect(await whoAsks(session)).toBe(USER.accessKeyId);
  });

  it('with a role assumes it, and asks for the MFA code once', async () => {
    await useFiles(
      `[profile work]\nrole_arn = ${ROLE_ARN}\nsource_profile = base\nmfa_serial = arn:aws:iam::111122223333:mfa/me\nregion = eu-central-1\n`,
      USER_CREDENTIALS,
    );
    const asked: string[] = [];
    const session = await opened({ profile: 'work' }, async (device) => {
      asked.push(device);
      return MFA_CODE;
    });
    expect(await whoAsks(session)).toBe(ROLE.accessKeyId);
    expect(await whoAsks(session)).toBe(ROLE.accessKeyId);
    expect(asked).toEqual(['arn:aws:iam::111122223333:mfa/me']);
    expect(services.requests.at(-1)).toMatchObject({ action: 'AssumeRole' });
  });

  it('is given up in silence where the MFA prompt is', async () => {
    await useFiles(
      `[profile work]\nrole_arn = ${ROLE_ARN}\nsource_profile = base\nmfa_serial = arn:aws:iam::111122223333:mfa/me\n`,
      USER_CREDENTIALS,
    );
    expect(await open({ profile: 'work' }, noMfa)).toEqual({ kind: 'cancelled' });
  });

  it('is given up in silence where that is when its session is renewed', async () => {
    await useFiles(
      `[profile work]\nrole_arn = ${ROLE_ARN}\nsource_profile = base\nmfa_serial = arn:aws:iam::111122223333:mfa/me\nregion = eu-central-1\n`,
      USER_CREDENTIALS,
    );
    let code: string | undefined = MFA_CODE;
    const session = await opened({ profile: 'work' }, async () => code);
    code = undefined;
    vi.useFakeTimers({ now: Date.now() + 3_600_000, toFake: ['Date'] });
    try {
      const { signal } = new AbortController();
      expect(await session.store.listBuckets({ pageSize: 10 }, signal)).toEqual({
        kind: 'cancelled',
      });
      expect(await (await session.presigner()).credentials()).toEqual({ kind: 'cancelled' });
    } finally {
      vi.useRealTimers();
    }
  });

  it('says why where the MFA code is wrong', async () => {
    await useFiles(
      `[profile work]\nrole_arn = ${ROLE_ARN}\nsource_profile = base\nmfa_serial = arn:aws:iam::111122223333:mfa/me\n`,
      USER_CREDENTIALS,
    );
    expect(await open({ profile: 'work' }, async () => '000000')).toMatchObject({
      problem: { code: 'credentials-failed', detail: expect.stringContaining('invalid MFA') },
    });
  });

  it('with a process runs it', async () => {
    const file = path.join(home, 'credentials.json');
    await writeFile(
      file,
      JSON.stringify({
        Version: 1,
        AccessKeyId: ROLE.accessKeyId,
        SecretAccessKey: ROLE.secretAccessKey,
        SessionToken: ROLE.sessionToken,
        Expiration: new Date(Date.now() + 3_600_000).toISOString(),
      }),
    );
    await useFiles(`[profile tool]\ncredential_process = cat ${file}\nregion = eu-central-1\n`);
    expect(await whoAsks(await opened({ profile: 'tool' }))).toBe(ROLE.accessKeyId);
  });

  it('whose credentials end while it is in use says so, as where it is opened', async () => {
    const file = path.join(home, 'credentials.json');
    const write = (expiration: number): Promise<void> =>
      writeFile(
        file,
        JSON.stringify({
          Version: 1,
          AccessKeyId: ROLE.accessKeyId,
          SecretAccessKey: ROLE.secretAccessKey,
          SessionToken: ROLE.sessionToken,
          Expiration: new Date(expiration).toISOString(),
        }),
      );
    // So near its end, it is had anew for each request.
    await write(Date.now() + 60_000);
    await useFiles(`[profile tool]\ncredential_process = cat ${file}\nregion = eu-central-1\n`);
    const { store } = await opened({ profile: 'tool' });
    await write(Date.now() - 60_000);
    expect(await store.listBuckets({ pageSize: 10 }, new AbortController().signal)).toMatchObject({
      problem: { code: 'credentials-expired', profile: 'tool' },
    });
  });

  it('tells what its process said, and not how it was called', async () => {
    await useFiles(
      '[profile tool]\ncredential_process = sh -c "echo vault is sealed >&2; exit 1; : --token-of-mine"\n',
    );
    const outcome = await open({ profile: 'tool' });
    expect(outcome).toMatchObject({
      problem: { code: 'credentials-failed', detail: expect.stringContaining('vault is sealed') },
    });
    expect(JSON.stringify(outcome)).not.toContain('--token-of-mine');
  });

  it('with a web identity trades its token for a role', async () => {
    const file = path.join(home, 'token');
    await writeFile(file, 'a-web-identity-token');
    await useFiles(
      `[profile web]\nrole_arn = ${ROLE_ARN}\nweb_identity_token_file = ${file}\nregion = eu-central-1\n`,
    );
    expect(await whoAsks(await opened({ profile: 'web' }))).toBe(ROLE.accessKeyId);
    expect(services.requests.at(-1)).toMatchObject({ action: 'AssumeRoleWithWebIdentity' });
  });

  it('of “aws login” uses the session that it left', async () => {
    await useFiles('[profile console]\nlogin_session = arn:aws:iam::111122223333:user/me\n');
    const cache = path.join(home, 'login-cache');
    vi.stubEnv('AWS_LOGIN_CACHE_DIRECTORY', cache);
    await mkdir(cache);
    const name = createHash('sha256').update('arn:aws:iam::111122223333:user/me').digest('hex');
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    await writeFile(
      path.join(cache, `${name}.json`),
      JSON.stringify({
        accessToken: { ...ROLE, accountId: '111122223333', expiresAt },
        tokenType: 'aws_sigv4',
        clientId: 'arn:aws:signin:::devtools/same-device',
        refreshToken: 'a-refresh-token',
        dpopKey: 'not needed while the session lives',
        idToken: 'an-id-token',
      }),
    );
    expect(await whoAsks(await opened({ profile: 'console' }))).toBe(ROLE.accessKeyId);
  });

  it('of “aws login” without a session names the command that signs in', async () => {
    await useFiles('[profile console]\nlogin_session = arn:aws:iam::111122223333:user/me\n');
    expect(await open({ profile: 'console' })).toMatchObject({
      problem: {
        code: 'credentials-expired',
        profile: 'console',
        login: 'aws login --profile console',
      },
    });
  });

  it('that does not exist is named', async () => {
    await useFiles('[profile base]\nregion = eu-central-1\n');
    expect(await open({ profile: 'bse' })).toMatchObject({
      problem: { code: 'profile-missing', profile: 'bse' },
    });
  });

  it('with nothing in it lacks credentials', async () => {
    await useFiles('[profile empty]\nregion = eu-central-1\n');
    expect(await open({ profile: 'empty' })).toMatchObject({
      problem: { code: 'credentials-missing', profile: 'empty' },
    });
  });
});

/** Leaves what `aws sso login` leaves. */
async function signIn(accessToken: string, lastsSeconds: number): Promise<void> {
  const cache = path.join(home, '.aws/sso/cache');
  await mkdir(cache, { recursive: true });
  const name = createHash('sha1').update('corp').digest('hex');
  await writeFile(
    path.join(cache, `${name}.json`),
    JSON.stringify({
      startUrl: 'https://corp.example.com/start',
      region: 'eu-central-1',
      accessToken,
      expiresAt: new Date(Date.now() + lastsSeconds * 1000).toISOString(),
    }),
  );
}

describe('a profile of IAM Identity Center', () => {
  const CONFIG =
    '[profile sso]\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = reader\nregion = eu-central-1\n\n[sso-session corp]\nsso_region = eu-central-1\nsso_start_url = https://corp.example.com/start\nsso_registration_scopes = sso:account:access\n';

  it('uses the session that “aws sso login” left', async () => {
    await useFiles(CONFIG);
    await signIn(PORTAL_TOKEN, 3600);
    expect(await whoAsks(await opened({ profile: 'sso' }))).toBe(ROLE.accessKeyId);
  });

  it.each([
    ['is over', PORTAL_TOKEN, -60],
    ['was ended elsewhere', 'a-token-that-was-revoked', 3600],
  ])('names the command that signs in where the session %s', async (_how, token, lasts) => {
    await useFiles(CONFIG);
    await signIn(token, lasts);
    expect(await open({ profile: 'sso' })).toEqual({
      kind: 'problem',
      problem: {
        code: 'credentials-expired',
        profile: 'sso',
        login: 'aws sso login --profile sso',
      },
    });
  });
});

describe('without a chosen profile', () => {
  it('the environment’s keys are used', async () => {
    await useFiles('');
    vi.stubEnv('AWS_ACCESS_KEY_ID', USER.accessKeyId);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', USER.secretAccessKey);
    vi.stubEnv('AWS_REGION', 'eu-central-1');
    const session = await opened();
    expect(session).toMatchObject({ profile: undefined, region: 'eu-central-1' });
    expect(await whoAsks(session)).toBe(USER.accessKeyId);
  });

  it('AWS_PROFILE names one', async () => {
    await useFiles('[profile base]\nregion = eu-central-1\n', USER_CREDENTIALS);
    vi.stubEnv('AWS_PROFILE', 'base');
    const session = await opened();
    expect(session).toMatchObject({ profile: 'base', region: 'eu-central-1' });
    expect(await whoAsks(session)).toBe(USER.accessKeyId);
  });

  it('variables of the environment that are empty name nothing', async () => {
    await useFiles(
      '[default]\nregion = eu-central-1\n',
      USER_CREDENTIALS.replace('base', 'default'),
    );
    for (const name of ['AWS_PROFILE', 'AWS_REGION', 'AWS_DEFAULT_REGION']) vi.stubEnv(name, '');
    const session = await opened();
    expect(session).toMatchObject({ profile: undefined, region: 'eu-central-1' });
    expect(await whoAsks(session)).toBe(USER.accessKeyId);
  });

  it('nothing at all is a problem of credentials', async () => {
    await useFiles('');
    expect(await open()).toMatchObject({
      problem: { code: 'credentials-missing', profile: undefined },
    });
  });
});

describe('the region', () => {
  it.each([
    ['of the setting', { region: 'ap-south-1' }, 'ap-south-1'],
    ['of the chosen profile, where no setting says one', {}, 'eu-central-1'],
  ])('is that %s', async (_whose, connection, region) => {
    await useFiles('[profile base]\nregion = eu-central-1\n', USER_CREDENTIALS);
    vi.stubEnv('AWS_REGION', 'sa-east-1');
    expect(await opened({ profile: 'base', ...connection })).toMatchObject({ region });
  });

  it('is us-east-1 where nothing says one', async () => {
    await useFiles('[profile base]\n', USER_CREDENTIALS);
    expect(await opened({ profile: 'base' })).toMatchObject({ region: 'us-east-1' });
  });
});

describe('the endpoint', () => {
  it.each([
    ['endpoint_url of the profile', (url: string) => `endpoint_url = ${url}\n`],
    [
      'a services section',
      (url: string) => `services = local\n\n[services local]\ns3 =\n  endpoint_url = ${url}\n`,
    ],
  ])('may stand in %s', async (_where, lines) => {
    await useFiles(
      `[profile base]\nregion = eu-central-1\n${lines(s3.endpoint)}`,
      USER_CREDENTIALS,
    );
    const session = await opened({ profile: 'base', endpoint: undefined });
    expect(await whoAsks(session)).toBe(USER.accessKeyId);
  });

  it('in a services section that is not there is told', async () => {
    await useFiles('[profile base]\nservices = local\n', USER_CREDENTIALS);
    expect(await open({ profile: 'base', endpoint: undefined })).toMatchObject({
      problem: { code: 'config-invalid', detail: expect.stringContaining('[services local]') },
    });
  });
});

describe('the profiles of both files', () => {
  it('are told with their kind and region', async () => {
    await useFiles(
      `[default]\nregion = us-west-2\n[profile sso]\nsso_session = corp\n[sso-session corp]\nsso_region = eu-central-1\n[profile work]\nrole_arn = ${ROLE_ARN}\nsource_profile = base\n[profile tool]\ncredential_process = true\n[profile web]\nrole_arn = ${ROLE_ARN}\nweb_identity_token_file = /t\n[profile console]\nlogin_session = x\n[services local]\ns3 =\n  endpoint_url = http://localhost\n`,
      USER_CREDENTIALS,
    );
    expect(await aws.listProfiles()).toEqual({
      kind: 'ok',
      value: [
        { name: 'base', kind: 'keys', region: undefined },
        { name: 'console', kind: 'login', region: undefined },
        { name: 'default', kind: 'empty', region: 'us-west-2' },
        { name: 'sso', kind: 'SSO', region: undefined },
        { name: 'tool', kind: 'process', region: undefined },
        { name: 'web', kind: 'web identity', region: undefined },
        { name: 'work', kind: 'role', region: undefined },
      ],
    });
  });

  it('are a problem where a file cannot be read', async () => {
    await useFiles('');
    vi.stubEnv('AWS_CONFIG_FILE', home);
    expect(await aws.listProfiles()).toMatchObject({ problem: { code: 'config-invalid' } });
  });
});

it('a session asks for a level again where S3 throttles, and leaves that to who lists keys', async () => {
  await useFiles('[profile base]\nregion = eu-central-1\n', USER_CREDENTIALS);
  const { store } = await opened({ profile: 'base' });
  const request = { bucket: 'acme-media', prefix: '', pageSize: 10 };
  const { signal } = new AbortController();
  s3.injectFault({ kind: 'slow-down', times: 1 });
  expect(await store.listObjects(request, signal)).toMatchObject({ kind: 'ok' });
  s3.injectFault({ kind: 'slow-down', times: 1 });
  expect(await store.listKeys(request, signal)).toEqual({
    kind: 'problem',
    problem: { code: 'throttled' },
  });
  expect(await store.listKeys(request, signal)).toMatchObject({ kind: 'ok' });
});

it('an answer that stops in the middle is waited for no longer than one that does not come', async () => {
  await useFiles('', USER_CREDENTIALS);
  const silent = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/xml' }).write('<ListBucketResult>');
  });
  silent.listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const address = silent.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  try {
    const session = await openSession(
      {
        profile: 'base',
        region: undefined,
        endpoint: `http://127.0.0.1:${port}`,
        forcePathStyle: true,
      },
      noMfa,
      100,
    );
    if (session.kind !== 'ok') throw new Error('No session');
    sessions.push(session.value);
    const page = await session.value.store.listKeys(
      { bucket: 'acme-media', prefix: '', pageSize: 10 },
      AbortSignal.timeout(5_000),
    );
    expect(page).toMatchObject({ problem: { code: 'network-unreachable' } });
  } finally {
    silent.closeAllConnections();
    silent.close();
  }
});
