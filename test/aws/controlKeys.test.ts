import { generateKeyPairSync } from 'node:crypto';
import {
  CachePolicyAlreadyExists,
  type CachePolicyConfig,
  type CloudFrontClient,
  CreateCachePolicyCommand,
  CreateKeyGroupCommand,
  CreateOriginAccessControlCommand,
  CreatePublicKeyCommand,
  DeleteKeyGroupCommand,
  DeletePublicKeyCommand,
  GetCachePolicyCommand,
  GetCachePolicyConfigCommand,
  GetKeyGroupCommand,
  GetKeyGroupConfigCommand,
  GetOriginAccessControlCommand,
  GetOriginAccessControlConfigCommand,
  GetOriginRequestPolicyCommand,
  GetOriginRequestPolicyConfigCommand,
  GetPublicKeyCommand,
  GetPublicKeyConfigCommand,
  InvalidArgument,
  InvalidIfMatchVersion,
  KeyGroupAlreadyExists,
  type KeyGroupConfig,
  ListCachePoliciesCommand,
  ListKeyGroupsCommand,
  ListOriginAccessControlsCommand,
  ListOriginRequestPoliciesCommand,
  ListPublicKeysCommand,
  NoSuchCachePolicy,
  NoSuchOriginAccessControl,
  NoSuchOriginRequestPolicy,
  NoSuchPublicKey,
  NoSuchResource,
  OriginAccessControlAlreadyExists,
  type OriginAccessControlConfig,
  paginateListPublicKeys,
  PreconditionFailed,
  PublicKeyAlreadyExists,
  PublicKeyInUse,
  ResourceInUse,
  TooManyPublicKeysInKeyGroup,
  UpdateKeyGroupCommand,
  UpdateOriginAccessControlCommand,
} from '@aws-sdk/client-cloudfront';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ControlStage, present, startControlStage } from './controlStage.ts';
import {
  cannedParameters,
  keyFolder,
  type KeyPair,
  P_256,
  RSA_2048,
  withParameters,
} from './edgeSigning.ts';
import { STAGE_NOW, type Stage, startStage } from './edgeStage.ts';

const folder = keyFolder();
let key: KeyPair;
let stage: Stage;
let control: ControlStage;
let client: CloudFrontClient;

beforeAll(() => {
  key = folder.make('KRSA', RSA_2048);
});
afterAll(() => folder.remove());
beforeEach(async () => {
  stage = await startStage({ key });
  control = await startControlStage({ store: stage.store });
  client = control.cloudFront();
});
afterEach(async () => {
  await control.close();
  await stage.close();
});

/** The key group that the distribution trusts, and the ID of its one public key. */
function trusted() {
  const { Id, KeyGroupConfig: config } = present(stage.store.KeyGroups[0]);
  return { Id, config, keyId: 'KRSA' };
}

function createKey(name: string, pem: string) {
  return client.send(
    new CreatePublicKeyCommand({
      PublicKeyConfig: { CallerReference: name, Name: name, EncodedKey: pem },
    }),
  );
}

/** Makes so many public keys, and says their IDs. */
async function createKeys(count: number): Promise<string[]> {
  const made = Array.from({ length: count }, (_, i) => createKey(`key-${i}`, key.publicPem));
  return (await Promise.all(made)).map(({ PublicKey }) => present(PublicKey).Id ?? '');
}

function createGroup(name: string, items: string[]) {
  return client.send(
    new CreateKeyGroupCommand({ KeyGroupConfig: { Name: name, Items: items, Comment: '' } }),
  );
}

async function updateGroup(change: (config: KeyGroupConfig) => void) {
  const got = await client.send(new GetKeyGroupConfigCommand({ Id: trusted().Id }));
  const config = present(got.KeyGroupConfig);
  change(config);
  return client.send(
    new UpdateKeyGroupCommand({ Id: trusted().Id, IfMatch: got.ETag, KeyGroupConfig: config }),
  );
}

/** How the edge answers a link that a key signs. */
async function answerTo(pair: KeyPair): Promise<number | string> {
  const url = `${stage.base}/a`;
  const signed = withParameters(url, cannedParameters(url, STAGE_NOW + 60, { key: pair }));
  const { status, code } = await stage.send(signed);
  return code ?? status;
}

const spki = { type: 'spki', format: 'pem' } as const;
const pkcs8 = { type: 'pkcs8', format: 'pem' } as const;

function rsa(modulusLength: number) {
  return generateKeyPairSync('rsa', { modulusLength });
}

function publicEc(namedCurve: string) {
  return generateKeyPairSync('ec', { namedCurve }).publicKey.export(spki);
}

describe('public keys', () => {
  it.each([
    ['RSA 2048', RSA_2048],
    ['P-256', P_256],
  ])('are made, listed and read: %s', async (_, options) => {
    const pair = folder.make('KNEW', options);
    const made = await createKey('new', pair.publicPem);
    const { Id = '', CreatedTime, PublicKeyConfig } = present(made.PublicKey);
    expect(Id).toMatch(/^K[A-Z0-9]{13}$/);
    expect(CreatedTime).toBeInstanceOf(Date);
    expect(PublicKeyConfig).toEqual({
      CallerReference: 'new',
      Name: 'new',
      EncodedKey: pair.publicPem,
      Comment: '',
    });
    expect(made.Location).toBe(`https://cloudfront.amazonaws.com/2020-05-31/public-key/${Id}`);
    const { PublicKeyList: list } = await client.send(new ListPublicKeysCommand({}));
    expect(list?.Items?.map((item) => [item.Id, item.Name, item.EncodedKey])).toEqual([
      ['KRSA', 'files-signer', key.publicPem],
      [Id, 'new', pair.publicPem],
    ]);
    const got = await client.send(new GetPublicKeyCommand({ Id }));
    expect([got.PublicKey, got.ETag]).toEqual([made.PublicKey, made.ETag]);
    const config = await client.send(new GetPublicKeyConfigCommand({ Id }));
    expect([config.PublicKeyConfig, config.ETag]).toEqual([PublicKeyConfig, made.ETag]);
  });

  it('are listed page by page', async () => {
    const ids = ['KRSA', ...(await createKeys(4))];
    const listed: unknown[] = [];
    for await (const page of paginateListPublicKeys({ client, pageSize: 2 }, {})) {
      listed.push(page.PublicKeyList?.Items?.map(({ Id }) => Id));
    }
    expect(listed).toEqual([ids.slice(0, 2), ids.slice(2, 4), ids.slice(4)]);
  });

  it.each<[string, () => string | Buffer]>([
    ['RSA 1024', () => rsa(1024).publicKey.export(spki)],
    ['RSA 3072', () => rsa(3072).publicKey.export(spki)],
    ['P-384', () => publicEc('secp384r1')],
    ['Ed25519', () => generateKeyPairSync('ed25519').publicKey.export(spki)],
    ['a private key', () => rsa(2048).privateKey.export(pkcs8)],
    ['no key at all', () => 'ssh-rsa AAAA'],
    ['a key cut short', () => key.publicPem.slice(0, 200)],
  ])('are of the kinds that CloudFront takes, not %s', async (_, pem) => {
    await expect(createKey('new', pem().toString())).rejects.toBeInstanceOf(InvalidArgument);
    expect(stage.store.PublicKeys).toHaveLength(1);
  });

  it('have a name and a caller reference of their own', async () => {
    await createKey('one', key.publicPem);
    for (const [reference, name] of [
      ['one', 'two'],
      ['two', 'one'],
    ] as const) {
      const config = { CallerReference: reference, Name: name, EncodedKey: key.publicPem };
      await expect(
        client.send(new CreatePublicKeyCommand({ PublicKeyConfig: config })),
      ).rejects.toBeInstanceOf(PublicKeyAlreadyExists);
    }
  });

  it('are deleted, by their version and only where no key group holds them', async () => {
    const { ETag: usedETag } = await client.send(new GetPublicKeyCommand({ Id: 'KRSA' }));
    await expect(
      client.send(new DeletePublicKeyCommand({ Id: 'KRSA', IfMatch: usedETag })),
    ).rejects.toBeInstanceOf(PublicKeyInUse);
    const { PublicKey: made, ETag: etag } = await createKey('spare', key.publicPem);
    const { Id } = present(made);
    await expect(client.send(new DeletePublicKeyCommand({ Id }))).rejects.toBeInstanceOf(
      InvalidIfMatchVersion,
    );
    await expect(
      client.send(new DeletePublicKeyCommand({ Id, IfMatch: usedETag })),
    ).rejects.toBeInstanceOf(PreconditionFailed);
    const { $metadata } = await client.send(new DeletePublicKeyCommand({ Id, IfMatch: etag }));
    expect($metadata.httpStatusCode).toBe(204);
    expect(stage.store.PublicKeys.map((one) => one.Id)).toEqual(['KRSA']);
  });

  it('are not there under another ID', async () => {
    for (const sent of [
      client.send(new GetPublicKeyCommand({ Id: 'KNONE' })),
      client.send(new GetPublicKeyConfigCommand({ Id: 'KNONE' })),
      client.send(new DeletePublicKeyCommand({ Id: 'KNONE', IfMatch: 'E' })),
    ]) {
      await expect(sent).rejects.toBeInstanceOf(NoSuchPublicKey);
    }
  });
});

describe('key groups', () => {
  it('are made, listed and read', async () => {
    const [keyId = ''] = await createKeys(1);
    const made = await createGroup('second', [keyId, 'KRSA']);
    const { Id = '', KeyGroupConfig: config } = present(made.KeyGroup);
    expect(Id).toMatch(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(config).toEqual({ Name: 'second', Items: [keyId, 'KRSA'], Comment: '' });
    expect(made.Location).toBe(`https://cloudfront.amazonaws.com/2020-05-31/key-group/${Id}`);
    const { KeyGroupList: list } = await client.send(new ListKeyGroupsCommand({}));
    expect(list?.Items?.map(({ KeyGroup: group }) => [group?.Id, group?.KeyGroupConfig])).toEqual([
      [trusted().Id, trusted().config],
      [Id, config],
    ]);
    const got = await client.send(new GetKeyGroupCommand({ Id }));
    expect([got.KeyGroup, got.ETag]).toEqual([made.KeyGroup, made.ETag]);
    const read = await client.send(new GetKeyGroupConfigCommand({ Id }));
    expect([read.KeyGroupConfig, read.ETag]).toEqual([config, made.ETag]);
  });

  it('are listed page by page', async () => {
    await createGroup('second', ['KRSA']);
    const first = await client.send(new ListKeyGroupsCommand({ MaxItems: 1 }));
    expect(first.KeyGroupList?.NextMarker).toBe(trusted().Id);
    const { KeyGroupList: last } = await client.send(
      new ListKeyGroupsCommand({ Marker: first.KeyGroupList?.NextMarker, MaxItems: 1 }),
    );
    expect(last?.Items?.[0]?.KeyGroup?.KeyGroupConfig?.Name).toBe('second');
    expect(last?.NextMarker).toBeUndefined();
  });

  it('are changed, and the edge takes and refuses keys at once', async () => {
    const next = folder.make('KNEXT', RSA_2048);
    const { PublicKey: made } = await createKey('next', next.publicPem);
    const signer = { ...next, id: made?.Id ?? '' };
    expect(await answerTo(signer)).toBe('InvalidKey');
    control.api.deploymentTime = 60_000;
    const updated = await updateGroup((config) => void config.Items?.push(signer.id));
    expect(updated.KeyGroup?.KeyGroupConfig?.Items).toEqual(['KRSA', signer.id]);
    expect(stage.distribution.Status).toBe('InProgress');
    expect([await answerTo(key), await answerTo(signer)]).toEqual([200, 200]);
    await updateGroup((config) => void (config.Items = [signer.id]));
    expect([await answerTo(key), await answerTo(signer)]).toEqual(['InvalidKey', 200]);
  });

  it('are changed by their version', async () => {
    const { KeyGroupConfig: config, ETag: etag } = await client.send(
      new GetKeyGroupConfigCommand({ Id: trusted().Id }),
    );
    const update = (IfMatch: string | undefined) =>
      client.send(new UpdateKeyGroupCommand({ Id: trusted().Id, IfMatch, KeyGroupConfig: config }));
    await updateGroup((one) => void (one.Comment = 'changed'));
    await expect(update(etag)).rejects.toBeInstanceOf(PreconditionFailed);
    await expect(update(undefined)).rejects.toBeInstanceOf(InvalidIfMatchVersion);
  });

  it('hold five keys at most, each of the account', async () => {
    const keys = await createKeys(6);
    await createGroup('five', keys.slice(0, 5));
    await expect(createGroup('six', keys)).rejects.toBeInstanceOf(TooManyPublicKeysInKeyGroup);
    await expect(updateGroup((config) => void (config.Items = keys))).rejects.toBeInstanceOf(
      TooManyPublicKeysInKeyGroup,
    );
    for (const items of [['KNONE'], []]) {
      await expect(createGroup('other', items)).rejects.toBeInstanceOf(InvalidArgument);
    }
    expect(trusted().config.Items).toEqual(['KRSA']);
  });

  it('have a name of their own', async () => {
    const { Name: taken } = trusted().config;
    await expect(createGroup(taken, ['KRSA'])).rejects.toBeInstanceOf(KeyGroupAlreadyExists);
    const kept = await updateGroup((config) => void (config.Comment = 'the same name'));
    expect(kept.KeyGroup?.KeyGroupConfig?.Name).toBe(taken);
  });

  it('are deleted where no distribution trusts them', async () => {
    const { ETag: usedETag } = await client.send(new GetKeyGroupCommand({ Id: trusted().Id }));
    await expect(
      client.send(new DeleteKeyGroupCommand({ Id: trusted().Id, IfMatch: usedETag })),
    ).rejects.toBeInstanceOf(ResourceInUse);
    const { KeyGroup: made, ETag: etag } = await createGroup('spare', ['KRSA']);
    await client.send(new DeleteKeyGroupCommand({ Id: made?.Id, IfMatch: etag }));
    await expect(client.send(new GetKeyGroupCommand({ Id: made?.Id }))).rejects.toBeInstanceOf(
      NoSuchResource,
    );
  });
});

function createControl(config: OriginAccessControlConfig) {
  return client.send(new CreateOriginAccessControlCommand({ OriginAccessControlConfig: config }));
}

describe('origin access controls', () => {
  const config: OriginAccessControlConfig = {
    Name: 'second',
    Description: 'of the tests',
    SigningProtocol: 'sigv4',
    SigningBehavior: 'never',
    OriginAccessControlOriginType: 's3',
  };

  it('are made, listed and read', async () => {
    const made = await createControl(config);
    const { Id = '', OriginAccessControlConfig: read } = present(made.OriginAccessControl);
    expect(Id).toMatch(/^E[A-Z0-9]{13}$/);
    expect(read).toEqual(config);
    const listed = await client.send(new ListOriginAccessControlsCommand({}));
    expect(listed.OriginAccessControlList?.Items?.[1]).toEqual({ Id, ...config });
    const got = await client.send(new GetOriginAccessControlCommand({ Id }));
    expect([got.OriginAccessControl, got.ETag]).toEqual([made.OriginAccessControl, made.ETag]);
    const gotConfig = await client.send(new GetOriginAccessControlConfigCommand({ Id }));
    expect(gotConfig.OriginAccessControlConfig).toEqual(config);
    await expect(
      client.send(new GetOriginAccessControlCommand({ Id: 'ENONE' })),
    ).rejects.toBeInstanceOf(NoSuchOriginAccessControl);
  });

  it('are changed by their version, and the edge signs or not at once', async () => {
    const [first] = stage.store.OriginAccessControls;
    const { Id } = present(first);
    const got = await client.send(new GetOriginAccessControlConfigCommand({ Id }));
    const update = (SigningBehavior: 'never' | 'always', IfMatch: string | undefined) =>
      client.send(
        new UpdateOriginAccessControlCommand({
          Id,
          IfMatch,
          OriginAccessControlConfig: {
            ...present(got.OriginAccessControlConfig),
            SigningBehavior,
          },
        }),
      );
    expect(await answerTo(key)).toBe(200);
    expect(stage.hits.at(-1)?.headers['authorization']).toBeDefined();
    await update('never', got.ETag);
    expect(await answerTo(key)).toBe(200);
    expect(stage.hits.at(-1)?.headers['authorization']).toBeUndefined();
    await expect(update('always', got.ETag)).rejects.toBeInstanceOf(PreconditionFailed);
  });

  it('have a name of their own, and are of the kinds that there are', async () => {
    await createControl(config);
    await expect(createControl(config)).rejects.toBeInstanceOf(OriginAccessControlAlreadyExists);
    const strange = Object.assign({ ...config, Name: 'third' }, { SigningProtocol: 'sigv2' });
    await expect(createControl(strange)).rejects.toBeInstanceOf(InvalidArgument);
  });
});

describe('policies', () => {
  const CACHING_OPTIMIZED = '658327ea-f89d-4fab-a63d-7e88639e58f6';
  const ALL_VIEWER_EXCEPT_HOST = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';

  it('of the cache are those that AWS manages and the account’s own', async () => {
    stage.store.CachePolicies.push({
      Id: 'own',
      CachePolicyConfig: {
        Name: 'own',
        ParametersInCacheKeyAndForwardedToOrigin: {
          QueryStringsConfig: {
            QueryStringBehavior: 'whitelist',
            QueryStrings: { Items: ['response-content-disposition'] },
          },
        },
      },
    });
    const names = async (Type?: 'managed' | 'custom') => {
      const listed = await client.send(new ListCachePoliciesCommand({ ...(Type && { Type }) }));
      return (listed.CachePolicyList?.Items ?? []).map(
        (item) => `${item.Type} ${item.CachePolicy?.CachePolicyConfig?.Name}`,
      );
    };
    expect(await names()).toEqual(
      expect.arrayContaining(['managed Managed-CachingOptimized', 'custom own']),
    );
    expect(await names('custom')).toEqual(['custom own']);
    expect(await names('managed')).not.toContain('custom own');
    const { CachePolicy: own } = await client.send(new GetCachePolicyCommand({ Id: 'own' }));
    expect(
      own?.CachePolicyConfig?.ParametersInCacheKeyAndForwardedToOrigin?.QueryStringsConfig,
    ).toEqual({
      QueryStringBehavior: 'whitelist',
      QueryStrings: { Quantity: 1, Items: ['response-content-disposition'] },
    });
    const { CachePolicyConfig: managed } = await client.send(
      new GetCachePolicyConfigCommand({ Id: CACHING_OPTIMIZED }),
    );
    expect(managed).toMatchObject({
      Name: 'Managed-CachingOptimized',
      MinTTL: 1,
      DefaultTTL: 86_400,
      MaxTTL: 31_536_000,
      ParametersInCacheKeyAndForwardedToOrigin: {
        EnableAcceptEncodingGzip: true,
        QueryStringsConfig: { QueryStringBehavior: 'none' },
      },
    });
    await expect(client.send(new GetCachePolicyCommand({ Id: 'none' }))).rejects.toBeInstanceOf(
      NoSuchCachePolicy,
    );
  });

  it('of the cache are made, each with a name of its own', async () => {
    const config: CachePolicyConfig = {
      Name: 'names of downloads',
      MinTTL: 1,
      ParametersInCacheKeyAndForwardedToOrigin: {
        EnableAcceptEncodingGzip: true,
        HeadersConfig: { HeaderBehavior: 'none' },
        CookiesConfig: { CookieBehavior: 'none' },
        QueryStringsConfig: {
          QueryStringBehavior: 'whitelist',
          QueryStrings: { Quantity: 1, Items: ['response-content-disposition'] },
        },
      },
    };
    const create = new CreateCachePolicyCommand({ CachePolicyConfig: config });
    const { CachePolicy: made } = await client.send(create);
    const { CachePolicy: got } = await client.send(new GetCachePolicyCommand({ Id: made?.Id }));
    expect(got?.CachePolicyConfig).toMatchObject(config);
    await expect(client.send(create)).rejects.toBeInstanceOf(CachePolicyAlreadyExists);
  });

  it('of requests to the origin are those that AWS manages', async () => {
    const listed = await client.send(new ListOriginRequestPoliciesCommand({ Type: 'managed' }));
    expect(
      listed.OriginRequestPolicyList?.Items?.map(
        (item) => item.OriginRequestPolicy?.OriginRequestPolicyConfig?.Name,
      ),
    ).toContain('Managed-CORS-S3Origin');
    const Id = ALL_VIEWER_EXCEPT_HOST;
    const got = await client.send(new GetOriginRequestPolicyCommand({ Id }));
    expect(got.OriginRequestPolicy).toMatchObject({
      Id,
      OriginRequestPolicyConfig: {
        HeadersConfig: { HeaderBehavior: 'allExcept', Headers: { Quantity: 1, Items: ['Host'] } },
        CookiesConfig: { CookieBehavior: 'all' },
        QueryStringsConfig: { QueryStringBehavior: 'all' },
      },
    });
    const config = await client.send(new GetOriginRequestPolicyConfigCommand({ Id }));
    expect(config.OriginRequestPolicyConfig).toEqual(
      got.OriginRequestPolicy?.OriginRequestPolicyConfig,
    );
    await expect(
      client.send(new GetOriginRequestPolicyCommand({ Id: 'none' })),
    ).rejects.toBeInstanceOf(NoSuchOriginRequestPolicy);
  });
});
