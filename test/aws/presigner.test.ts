import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { startEmbeddedS3, type EmbeddedS3 } from '../../dev/s3/startEmbeddedS3.ts';
import { aws } from '../../src/aws/aws.ts';
import type { Session } from '../../src/core/credentials/session.ts';
import { awsEnvironment } from '../awsEnvironment.ts';

const KEY = 'reports/Q3 résumé (final) + 100%.txt';

let s3: EmbeddedS3;
let home: string;
let session: Session | undefined;
const now = Math.floor(Date.now() / 1000);

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'presigner-'));
  const keys = { accessKeyId: 'AKIAUSER000000000001', secretAccessKey: 'nobody-knows' };
  const temporary = { accessKeyId: 'ASIAUSER000000000001', secretAccessKey: 'nor-this' };
  s3 = await startEmbeddedS3({
    region: 'eu-central-1',
    identities: [
      { kind: 'user', name: 'ada', ...keys },
      { kind: 'user', name: 'session', ...temporary, sessionToken: 'a-token' },
      {
        kind: 'user',
        name: 'mallory',
        accessKeyId: 'AKIAMALLORY000000001',
        secretAccessKey: 'denied',
        denials: [{ action: 's3:GetObject' }],
      },
    ],
  });
  for (const [bucket, region] of [
    ['near', 'eu-central-1'],
    ['far', 'us-east-1'],
  ] as const) {
    s3.putBucket(bucket, { region });
    s3.putObject(bucket, KEY, `It is ${bucket}.`);
  }
  const processOutput = JSON.stringify({
    Version: 1,
    AccessKeyId: temporary.accessKeyId,
    SecretAccessKey: temporary.secretAccessKey,
    SessionToken: 'a-token',
    Expiration: new Date((now + 3600) * 1000).toISOString(),
  });
  const environment = await awsEnvironment(home, {
    config: `[profile keys]\nregion = eu-central-1\n[profile denied]\nregion = eu-central-1\n[profile tool]\nregion = eu-central-1\ncredential_process = echo '${processOutput}'\n`,
    credentials: `[keys]\naws_access_key_id = ${keys.accessKeyId}\naws_secret_access_key = ${keys.secretAccessKey}\n[denied]\naws_access_key_id = AKIAMALLORY000000001\naws_secret_access_key = denied\n`,
  });
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
});

afterEach(() => session?.close());

afterAll(async () => {
  vi.unstubAllEnvs();
  await s3.close();
  await rm(home, { recursive: true, force: true });
});

async function open(profile: string): Promise<Session> {
  const outcome = await aws.openSession(
    { profile, region: undefined, endpoint: s3.endpoint, forcePathStyle: true },
    async () => undefined,
  );
  if (outcome.kind !== 'ok') throw new Error(JSON.stringify(outcome));
  session = outcome.value;
  return session;
}

async function presign(profile: string, bucket: string, seconds: number): Promise<string> {
  const presigner = await (await open(profile)).presigner();
  const { signal } = new AbortController();
  const url = await presigner.presign({ bucket, key: KEY }, seconds, signal);
  if (url.kind !== 'ok') throw new Error(JSON.stringify(url));
  return url.value;
}

describe('a presigned URL', () => {
  it.each(['near', 'far'])('opens the object of a bucket that is %s', async (bucket) => {
    const url = await presign('keys', bucket, 600);
    expect(new URL(url).searchParams.get('X-Amz-Expires')).toBe('600');
    const answer = await fetch(url);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe(`It is ${bucket}.`);
  });

  it.each(['near', 'far'])('asks once where its bucket is: %s', async (bucket) => {
    const presigner = await (await open('keys')).presigner();
    const { signal } = new AbortController();
    await presigner.presign({ bucket, key: KEY }, 600, signal);
    const asked = s3.requests.length;
    for (const key of ['a', 'b']) {
      expect(await presigner.presign({ bucket, key }, 600, signal)).toMatchObject({ kind: 'ok' });
    }
    expect(s3.requests.length).toBe(asked);
  });

  it('opens nothing that its maker may not read', async () => {
    expect((await fetch(await presign('denied', 'near', 600))).status).toBe(403);
  });

  it('carries the token of temporary credentials', async () => {
    const url = await presign('tool', 'near', 600);
    expect(new URL(url).searchParams.get('X-Amz-Security-Token')).toBe('a-token');
    expect((await fetch(url)).status).toBe(200);
  });
});

describe('the credentials', () => {
  it.each([
    ['keys', { kind: 'keys', temporary: false, end: undefined }],
    ['tool', { kind: 'process', temporary: true, end: now + 3600 }],
  ])('of profile %s tell their kind and end', async (profile, expected) => {
    const presigner = await (await open(profile)).presigner();
    expect(await presigner.credentials()).toEqual({
      kind: 'ok',
      value: { profile, ...expected },
    });
  });
});
