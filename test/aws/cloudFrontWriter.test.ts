import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type ControlApi, startControlApi } from '../../dev/control/startControlApi.ts';
import { addDemoDistribution } from '../../dev/edge/demoDistribution.ts';
import {
  createDistributionStore,
  type DistributionStore,
  type KeyGroup,
} from '../../dev/edge/distributionStore.ts';
import type { AccountUser } from '../../dev/s3/identity.ts';
import { aws } from '../../src/aws/aws.ts';
import type { CloudFrontWriter } from '../../src/core/cloudfront/cloudFrontWriter.ts';
import type { Session } from '../../src/core/credentials/session.ts';
import { carryOut, uploadChanges, type KeyChange } from '../../src/core/keys/keyChange.ts';
import { keyChangeCommands } from '../../src/core/keys/keyChangeCommands.ts';
import { newKeyPair } from '../../src/core/keys/newKeyPair.ts';
import { ok, type Outcome } from '../../src/core/outcome.ts';
import type { Problem } from '../../src/core/problem.ts';
import { awsEnvironment } from '../awsEnvironment.ts';
import { present } from './controlStage.ts';
import { startAwsShell } from './setupTexts/awsShell.ts';

const ADA: AccountUser = {
  kind: 'user',
  name: 'ada',
  accessKeyId: 'AKIAADA0000000000001',
  secretAccessKey: 'a-secret-that-nobody-knows',
};

const OLD = 'K1OLD000000001';

const { signal } = new AbortController();

let store: DistributionStore;
let api: ControlApi;
let home: string;
let pem: string;
const sessions: Session[] = [];

beforeEach(async () => {
  pem = (await newKeyPair('ECDSA P-256')).publicKeyPem;
  store = createDistributionStore();
  const publicKey = { id: OLD, pem: (await newKeyPair('ECDSA P-256')).publicKeyPem };
  addDemoDistribution(store, {
    bucket: 'films',
    region: 'eu-west-1',
    publicKey,
    aliases: [],
  });
  api = await startControlApi({ store, identities: [ADA] });
  home = await mkdtemp(path.join(tmpdir(), 'writer-'));
});

afterEach(async () => {
  for (const session of sessions.splice(0)) session.close();
  vi.unstubAllEnvs();
  await api.close();
  await rm(home, { recursive: true, force: true });
});

/** Opens a session of Ada's, whose services are at an address. */
async function open(endpoint = api.endpoint, attempts = 1): Promise<Session> {
  const environment = await awsEnvironment(path.join(home, '.aws'), {
    config: `[profile ada]\nregion = eu-central-1\nmax_attempts = ${attempts}\nservices = local\n[services local]\n${['cloudfront', 'sts'].map((service) => `${service} =\n  endpoint_url = ${endpoint}\n`).join('')}`,
    credentials: `[ada]\naws_access_key_id = ${ADA.accessKeyId}\naws_secret_access_key = ${ADA.secretAccessKey}\n`,
  });
  for (const [name, value] of Object.entries({ ...environment, HOME: home })) {
    vi.stubEnv(name, value);
  }
  const opened = await aws.openSession(
    { profile: 'ada', region: undefined, endpoint: undefined, forcePathStyle: false },
    async () => undefined,
  );
  const session = valueOf(opened);
  sessions.push(session);
  return session;
}

async function openWriter(endpoint?: string): Promise<CloudFrontWriter> {
  return valueOf(await (await open(endpoint)).cloudFrontWriter());
}

function valueOf<T>(outcome: Outcome<T>): T {
  if (outcome.kind !== 'ok') throw new Error(JSON.stringify(outcome));
  return outcome.value;
}

function problemOf(outcome: Outcome<unknown>): Problem {
  if (outcome.kind !== 'problem') throw new Error(JSON.stringify(outcome));
  return outcome.problem;
}

/** The key group that the distribution trusts, as the account has it. */
function trusted(): KeyGroup {
  return present(store.KeyGroups[0]);
}

function trustedKeyGroup() {
  const { Id: id, KeyGroupConfig: config } = trusted();
  return { id, name: config.Name, publicKeyIds: config.Items };
}

/** How often Ada was let do something. */
function count(action: string): number {
  return api.requests.filter((request) => request.action === `cloudfront:${action}`).length;
}

describe('a writer', () => {
  it('says who asks, and in which account', async () => {
    const writer = await openWriter();
    expect(valueOf(await writer.whoAmI(signal))).toEqual({
      accountId: '111122223333',
      arn: 'arn:aws:iam::111122223333:user/ada',
    });
  });

  it('makes public keys and key groups', async () => {
    const writer = await openWriter();
    const key = valueOf(await writer.createPublicKey('next', pem, signal));
    expect(key).toEqual({ id: store.PublicKeys[1]?.Id, name: 'next', encodedKey: pem });
    expect(store.PublicKeys[1]?.PublicKeyConfig).toMatchObject({ Name: 'next', EncodedKey: pem });
    const group = valueOf(await writer.createKeyGroup('mine', [key.id], signal));
    expect(group).toEqual({ id: store.KeyGroups[1]?.Id, name: 'mine', publicKeyIds: [key.id] });
    expect(store.KeyGroups[1]?.KeyGroupConfig).toMatchObject({ Name: 'mine', Items: [key.id] });
  });

  it.each([1, 3])('has the key whose answer is lost, with %i attempts', async (attempts) => {
    const session = await open(api.endpoint, attempts);
    const writer = valueOf(await session.cloudFrontWriter());
    api.losesAnswerOf = 'cloudfront:CreatePublicKey';
    const key = valueOf(await writer.createPublicKey('next', pem, signal));
    expect(store.PublicKeys.map(({ Id }) => Id)).toEqual([OLD, key.id]);
    expect(count('CreatePublicKey')).toBe(attempts === 1 ? 1 : 2);
  });

  it('has the key that was made before, whose answer and whose list were lost', async () => {
    const writer = await openWriter();
    api.losesAnswerOf = 'cloudfront:CreatePublicKey';
    api.addIdentity({ ...ADA, denials: [{ action: 'cloudfront:ListPublicKeys' }] });
    const lost = problemOf(await writer.createPublicKey('next', pem, signal));
    expect(lost.code).toBe('network-unreachable');
    api.addIdentity(ADA);
    const again = valueOf(await writer.createPublicKey('next', pem, signal));
    expect(store.PublicKeys.map(({ Id }) => Id)).toEqual([OLD, again.id]);
  });

  it('changes the keys of a key group, and nothing else of it', async () => {
    trusted().KeyGroupConfig.Comment = 'of the films';
    const writer = await openWriter();
    const { id } = valueOf(await writer.createPublicKey('next', pem, signal));
    const changed = await writer.changeKeyGroup(trusted().Id, (ids) => [...ids, id], signal);
    expect(valueOf(changed).publicKeyIds).toEqual([OLD, id]);
    expect(trusted().KeyGroupConfig).toEqual({
      Name: 'films-signers',
      Items: [OLD, id],
      Comment: 'of the films',
    });
  });

  it('writes no key group that stays as it is', async () => {
    const writer = await openWriter();
    const same = await writer.changeKeyGroup(trusted().Id, (ids) => [...ids], signal);
    expect(valueOf(same).publicKeyIds).toEqual([OLD]);
    expect(count('UpdateKeyGroup')).toBe(0);
  });

  it('overwrites nothing that others have changed meanwhile', async () => {
    const writer = await openWriter();
    const [mine, theirs] = await Promise.all(
      ['mine', 'theirs'].map(async (name) =>
        valueOf(await writer.createPublicKey(name, pem, signal)),
      ),
    );
    let edits = 0;
    const changed = await writer.changeKeyGroup(
      trusted().Id,
      (ids) => {
        edits++;
        if (edits === 1) trusted().KeyGroupConfig.Items = [OLD, theirs?.id ?? ''];
        return [...ids, mine?.id ?? ''];
      },
      signal,
    );
    expect(valueOf(changed).publicKeyIds).toEqual([OLD, theirs?.id, mine?.id]);
    expect(edits).toBe(2);
  });

  it('gives a key group up that others change again and again', async () => {
    const writer = await openWriter();
    const { id } = valueOf(await writer.createPublicKey('next', pem, signal));
    let edits = 0;
    const changed = await writer.changeKeyGroup(
      trusted().Id,
      (ids) => {
        trusted().KeyGroupConfig.Comment = String(edits++);
        return [...ids, id];
      },
      signal,
    );
    expect(problemOf(changed)).toEqual({ code: 'change-overtaken', resource: 'films-signers' });
    expect(edits).toBe(5);
    expect(trusted().KeyGroupConfig.Items).toEqual([OLD]);
  });

  it('deletes a public key, and is content where it is gone', async () => {
    const writer = await openWriter();
    const { id } = valueOf(await writer.createPublicKey('spare', pem, signal));
    for (let times = 0; times < 2; times++) {
      expect(await writer.deletePublicKey(id, signal)).toEqual(ok(undefined));
      expect(store.PublicKeys.map(({ Id }) => Id)).toEqual([OLD]);
    }
  });

  it('has the reader see what it has changed', async () => {
    const session = await open();
    const names = async (): Promise<readonly string[]> =>
      valueOf(await session.cloudFront.listPublicKeys(signal)).map(({ name }) => name);
    expect(await names()).toEqual(['films-signer']);
    const writer = valueOf(await session.cloudFrontWriter());
    valueOf(await writer.createPublicKey('next', pem, signal));
    expect(await names()).toEqual(['films-signer', 'next']);
  });

  it('has the reader see what kept it from a change', async () => {
    const session = await open();
    const names = async (): Promise<readonly string[]> =>
      valueOf(await session.cloudFront.listPublicKeys(signal)).map(({ name }) => name);
    expect(await names()).toEqual(['films-signer']);
    const theirs = (await newKeyPair('ECDSA P-256')).publicKeyPem;
    valueOf(await (await openWriter()).createPublicKey('next', theirs, signal));
    const writer = valueOf(await session.cloudFrontWriter());
    expect(problemOf(await writer.createPublicKey('next', pem, signal)).code).toBe('name-taken');
    expect(await names()).toEqual(['films-signer', 'next']);
  });

  it('is not there where S3 is not AWS’s', async () => {
    const environment = await awsEnvironment(path.join(home, '.aws'), {
      config: '[profile ada]\nregion = eu-central-1\n',
      credentials: '[ada]\naws_access_key_id = a\naws_secret_access_key = b\n',
    });
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    const opened = await aws.openSession(
      { profile: 'ada', region: undefined, endpoint: api.endpoint, forcePathStyle: true },
      async () => undefined,
    );
    const session = valueOf(opened);
    sessions.push(session);
    expect(problemOf(await session.cloudFrontWriter())).toEqual({ code: 'cloudfront-absent' });
  });

  it('stops before a change when it is told to', async () => {
    const writer = await openWriter();
    const stopped = AbortSignal.abort();
    for (const outcome of [
      await writer.createPublicKey('next', pem, stopped),
      await writer.createKeyGroup('mine', [OLD], stopped),
      await writer.changeKeyGroup(trusted().Id, () => [], stopped),
      await writer.deletePublicKey(OLD, stopped),
      await writer.whoAmI(stopped),
    ]) {
      expect(outcome.kind).toBe('cancelled');
    }
    expect(api.requests).toEqual([]);
  });
});

describe('a writer is refused', () => {
  it('a public key that is in use', async () => {
    const writer = await openWriter();
    expect(problemOf(await writer.deletePublicKey(OLD, signal))).toEqual({
      code: 'public-key-in-use',
      keyPairId: OLD,
    });
  });

  it('names that are taken', async () => {
    const writer = await openWriter();
    expect(problemOf(await writer.createPublicKey('films-signer', pem, signal))).toEqual({
      code: 'name-taken',
      kind: 'public key',
      name: 'films-signer',
    });
    expect(problemOf(await writer.createKeyGroup('films-signers', [OLD], signal))).toEqual({
      code: 'name-taken',
      kind: 'key group',
      name: 'films-signers',
    });
  });

  it('a key group that is not there', async () => {
    const writer = await openWriter();
    expect(problemOf(await writer.changeKeyGroup('none', () => [], signal))).toEqual({
      code: 'key-group-missing',
      id: 'none',
    });
  });

  it('a sixth key in a key group', async () => {
    const writer = await openWriter();
    const ids: string[] = [];
    for (let number = 1; number <= 5; number++) {
      ids.push(valueOf(await writer.createPublicKey(`key-${number}`, pem, signal)).id);
    }
    const add = (before: readonly string[]): readonly string[] => [...before, ...ids];
    expect(problemOf(await writer.changeKeyGroup(trusted().Id, add, signal))).toEqual({
      code: 'quota-reached',
      quota: 'public keys in a key group',
    });
  });

  it.each<[action: string, (writer: CloudFrontWriter) => Promise<Outcome<unknown>>]>([
    ['CreatePublicKey', (writer) => writer.createPublicKey('next', pem, signal)],
    ['CreateKeyGroup', (writer) => writer.createKeyGroup('mine', [OLD], signal)],
    ['GetKeyGroup', (writer) => writer.changeKeyGroup(trusted().Id, () => [], signal)],
    ['UpdateKeyGroup', (writer) => writer.changeKeyGroup(trusted().Id, () => [], signal)],
    ['GetPublicKeyConfig', (writer) => writer.deletePublicKey(OLD, signal)],
    ['DeletePublicKey', (writer) => writer.deletePublicKey(OLD, signal)],
  ])('what the profile lacks cloudfront:%s for', async (action, call) => {
    const permission = `cloudfront:${action}`;
    api.addIdentity({ ...ADA, denials: [{ action: permission }] });
    expect(problemOf(await call(await openWriter()))).toEqual({
      code: 'access-denied',
      bucket: undefined,
      permission,
    });
  });

  it.each<[code: string, problem: Problem]>([
    ['TooManyPublicKeys', { code: 'quota-reached', quota: 'public keys in an account' }],
    ['TooManyKeyGroups', { code: 'quota-reached', quota: 'key groups in an account' }],
    ['InvalidIfMatchVersion', { code: 'change-overtaken', resource: 'next' }],
  ])('with %s, which it puts into words', async (code, problem) => {
    const server = await startRefusing(code);
    try {
      const writer = await openWriter(server.endpoint);
      expect(problemOf(await writer.createPublicKey('next', pem, signal))).toEqual(problem);
    } finally {
      await server.close();
    }
  });
});

/** A service that refuses whatever it is asked, with an error of CloudFront's. */
async function startRefusing(code: string) {
  const body = `<ErrorResponse xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"><Error><Type>Sender</Type><Code>${code}</Code><Message>No.</Message></Error><RequestId>1</RequestId></ErrorResponse>`;
  const server: Server = createServer((_message, response) => {
    response.writeHead(400, { 'content-type': 'text/xml' }).end(body);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

describe('changes of keys', () => {
  it('are carried out in their order, the new ID told before the rest', async () => {
    const writer = await openWriter();
    const told: (readonly [id: string, keys: readonly string[]])[] = [];
    const onPublicKey = async (id: string): Promise<Outcome<void>> => {
      told.push([id, trusted().KeyGroupConfig.Items]);
      return ok(undefined);
    };
    const added = valueOf(await carryOut(upload(), { writer, signal, onPublicKey }));
    const { publicKeyId = '' } = added;
    expect(told).toEqual([[publicKeyId, [OLD]]]);
    expect(trusted().KeyGroupConfig.Items).toEqual([OLD, publicKeyId]);

    const [old] = store.PublicKeys;
    const removal: readonly KeyChange[] = [
      { kind: 'remove-from-key-group', keyGroup: trustedKeyGroup(), publicKeyId: OLD },
      {
        kind: 'delete-public-key',
        publicKey: { id: OLD, name: '', encodedKey: present(old).PublicKeyConfig.EncodedKey },
      },
    ];
    valueOf(await carryOut(removal, { writer, signal, onPublicKey }));
    expect(trusted().KeyGroupConfig.Items).toEqual([publicKeyId]);
    expect(store.PublicKeys.map(({ Id }) => Id)).toEqual([publicKeyId]);
  });

  it('make a new key group, which no distribution trusts', async () => {
    const writer = await openWriter();
    const changes = uploadChanges({ name: 'Release key', publicKeyPem: pem }, undefined, {
      kind: 'new',
      name: 'mine',
    });
    const before = JSON.stringify(store.Distributions);
    const { publicKeyId, keyGroup } = valueOf(
      await carryOut(changes, { writer, signal, onPublicKey: ignore }),
    );
    expect(keyGroup).toMatchObject({ name: 'mine', publicKeyIds: [publicKeyId] });
    expect(JSON.stringify(store.Distributions)).toBe(before);
  });

  it('stop between two, where they are told to', async () => {
    const writer = await openWriter();
    const stop = new AbortController();
    const onPublicKey = async (): Promise<Outcome<void>> => {
      stop.abort();
      return ok(undefined);
    };
    const outcome = await carryOut(upload(), { writer, signal: stop.signal, onPublicKey });
    expect(outcome.kind).toBe('cancelled');
    expect(store.PublicKeys).toHaveLength(2);
    expect(trusted().KeyGroupConfig.Items).toEqual([OLD]);
  });

  it('do the same as commands of the AWS CLI', async () => {
    const shell = await startAwsShell(home, { s3: '', control: api.endpoint, ...ADA });
    const printed = await shell.run(keyChangeCommands(upload(), 'once'));
    const [, made] = store.PublicKeys;
    expect(made?.PublicKeyConfig).toMatchObject({ Name: 'Release-key', EncodedKey: pem });
    expect(printed).toContain(`Key pair ID: ${made?.Id}`);
    const id = made?.Id ?? '';
    expect(trusted().KeyGroupConfig).toMatchObject({ Name: 'films-signers', Items: [OLD, id] });

    const [old] = store.PublicKeys;
    const spare = (await newKeyPair('ECDSA P-256')).publicKeyPem;
    await shell.run(
      keyChangeCommands(
        [
          { kind: 'add-to-key-group', keyGroup: trustedKeyGroup(), publicKeyId: id },
          { kind: 'remove-from-key-group', keyGroup: trustedKeyGroup(), publicKeyId: OLD },
          {
            kind: 'delete-public-key',
            publicKey: { id: OLD, name: '', encodedKey: present(old).PublicKeyConfig.EncodedKey },
          },
          ...uploadChanges({ name: 'It’s', publicKeyPem: spare }, undefined, {
            kind: 'new',
            name: "it's",
          }),
        ],
        'twice',
      ),
    );
    expect(trusted().KeyGroupConfig.Items).toEqual([id]);
    expect(store.PublicKeys.map(({ PublicKeyConfig: { Name } }) => Name)).toEqual([
      'Release-key',
      'It-s',
    ]);
    expect(store.KeyGroups[1]?.KeyGroupConfig).toMatchObject({
      Name: "it's",
      Items: [store.PublicKeys[1]?.Id],
    });
  });

  it('keep the ones after a command that fails from running', async () => {
    const shell = await startAwsShell(home, { s3: '', control: api.endpoint, ...ADA });
    const changes: readonly KeyChange[] = [
      { kind: 'create-public-key', name: 'films-signer', publicKeyPem: pem },
      { kind: 'create-key-group', name: 'mine', publicKeyId: OLD },
    ];
    await expect(shell.run(keyChangeCommands(changes, 'once'))).rejects.toThrow(
      'PublicKeyAlreadyExists',
    );
    expect(store.KeyGroups).toHaveLength(1);
  });
});

function upload(): readonly KeyChange[] {
  return uploadChanges({ name: 'Release key', publicKeyPem: pem }, undefined, {
    kind: 'existing',
    keyGroup: trustedKeyGroup(),
  });
}

async function ignore(): Promise<Outcome<void>> {
  return ok(undefined);
}
