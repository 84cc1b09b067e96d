import {
  type CloudFrontClient,
  CNAMEAlreadyExists,
  CreateDistributionCommand,
  DistributionAlreadyExists,
  type DistributionConfig,
  GetDistributionCommand,
  GetDistributionConfigCommand,
  IllegalOriginAccessConfiguration,
  IllegalUpdate,
  InconsistentQuantities,
  InvalidArgument,
  InvalidIfMatchVersion,
  InvalidOriginAccessControl,
  InvalidViewerCertificate,
  ListDistributionsCommand,
  MissingBody,
  NoSuchCachePolicy,
  NoSuchDistribution,
  NoSuchOrigin,
  NoSuchOriginRequestPolicy,
  type Origin,
  paginateListDistributions,
  PreconditionFailed,
  TooManyKeyGroupsAssociatedToDistribution,
  TrustedKeyGroupDoesNotExist,
  UpdateDistributionCommand,
} from '@aws-sdk/client-cloudfront';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DistributionConfig as StoredConfig } from '../../dev/edge/distributionStore.ts';
import { type ControlStage, present, startControlStage } from './controlStage.ts';
import {
  cannedParameters,
  keyFolder,
  type KeyPair,
  RSA_2048,
  withParameters,
} from './edgeSigning.ts';
import { STAGE_NOW, type Stage, startStage } from './edgeStage.ts';

const CACHING_OPTIMIZED = '658327ea-f89d-4fab-a63d-7e88639e58f6';
const ALL_VIEWER_EXCEPT_HOST = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';

const folder = keyFolder();
let key: KeyPair;
let stage: Stage;
let control: ControlStage;
let client: CloudFrontClient;
let id: string;

beforeAll(() => {
  key = folder.make('KRSA', RSA_2048);
});
afterAll(() => folder.remove());
beforeEach(async () => {
  stage = await startStage({ key });
  control = await startControlStage({ store: stage.store });
  client = control.cloudFront();
  id = stage.distribution.Id;
});
afterEach(async () => {
  await control.close();
  await stage.close();
});

/** The distribution's configuration and version, as a client reads them. */
async function read(): Promise<{ config: DistributionConfig; etag: string }> {
  const got = await client.send(new GetDistributionConfigCommand({ Id: id }));
  return { config: present(got.DistributionConfig), etag: present(got.ETag) };
}

function put(config: DistributionConfig, etag?: string) {
  return client.send(
    new UpdateDistributionCommand({ Id: id, IfMatch: etag, DistributionConfig: config }),
  );
}

/** Reads the configuration, has it changed, and puts it back. */
async function update(change: (config: DistributionConfig) => void) {
  const { config, etag } = await read();
  change(config);
  return put(config, etag);
}

function create(config: DistributionConfig) {
  return client.send(new CreateDistributionCommand({ DistributionConfig: config }));
}

function behaviorOf(config: DistributionConfig) {
  return present(config.DefaultCacheBehavior);
}

function originOf(config: DistributionConfig): Origin {
  return present(config.Origins?.Items?.[0]);
}

function keyGroupId(): string {
  return present(stage.store.KeyGroups[0]).Id;
}

/** What the API says, in the form in which the account's data have it: without quantities. */
function asStored(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asStored);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).flatMap(([name, one]): [string, unknown][] => {
    if (name !== 'Quantity') return [[name, asStored(one)]];
    return one === 0 ? [['Items', []]] : [];
  });
  return Object.fromEntries(entries);
}

async function signedStatus(path = '/a'): Promise<number> {
  const url = `${stage.base}${path}`;
  const signed = withParameters(url, cannedParameters(url, STAGE_NOW + 60, { key }));
  return (await stage.send(signed)).status;
}

describe('the list of distributions', () => {
  it.each([
    ['100 unless less is wanted', undefined, 3],
    ['as many as are wanted', 7, 30],
    ['never more than 100', 1000, 3],
  ] as const)('comes in pages: %s', async (_, pageSize, pages) => {
    for (let i = 0; i < 204; i += 1) {
      stage.store.Distributions.push({ ...stage.distribution, Id: `E${i}` });
    }
    const ids: unknown[] = [];
    const paging = { client, ...(pageSize !== undefined && { pageSize }) };
    for await (const { DistributionList: list } of paginateListDistributions(paging, {})) {
      expect(list?.Quantity).toBe(list?.Items?.length);
      ids.push(...(list?.Items ?? []).map(({ Id }) => Id));
    }
    expect(ids).toEqual(stage.store.Distributions.map(({ Id }) => Id));
    expect(control.api.requests).toEqual(
      Array.from({ length: pages }, () => ({
        action: 'cloudfront:ListDistributions',
        accessKeyId: 'AKIAADA',
        status: 200,
        errorCode: undefined,
      })),
    );
  });

  it('says of a page whether it is the last', async () => {
    stage.store.Distributions.push({ ...stage.distribution, Id: 'ESECOND' });
    const first = await client.send(new ListDistributionsCommand({ MaxItems: 1 }));
    expect(first.DistributionList).toMatchObject({
      Marker: '',
      NextMarker: id,
      MaxItems: 1,
      IsTruncated: true,
      Quantity: 1,
    });
    const last = await client.send(new ListDistributionsCommand({ Marker: id }));
    expect(last.DistributionList).toMatchObject({ IsTruncated: false, Items: [{ Id: 'ESECOND' }] });
    expect(last.DistributionList?.NextMarker).toBeUndefined();
  });

  it('is empty in an account that has none', async () => {
    stage.store.Distributions.splice(0);
    const { DistributionList: list } = await client.send(new ListDistributionsCommand({}));
    expect(list).toMatchObject({ Quantity: 0, IsTruncated: false });
    expect(list?.Items ?? []).toEqual([]);
  });

  it.each([{ MaxItems: 0 }, { Marker: 'ENONE' }])('has no page for %o', async (input) => {
    await expect(client.send(new ListDistributionsCommand(input))).rejects.toBeInstanceOf(
      InvalidArgument,
    );
  });

  it('says of each what the account’s data say', async () => {
    const { DistributionList: list } = await client.send(new ListDistributionsCommand({}));
    const { DistributionConfig: config, LastModifiedTime: time, ...rest } = stage.distribution;
    const { CallerReference: _, DefaultRootObject: __, ...listed } = config;
    const { LastModifiedTime: date, ...summary } = present(list?.Items?.[0]);
    expect(date).toEqual(new Date(time));
    expect(asStored(summary)).toMatchObject({ ...rest, ...listed });
  });
});

describe('a distribution', () => {
  it('tells which keys open it', async () => {
    const group = present(stage.store.KeyGroups[0]);
    group.KeyGroupConfig.Items.push('KSECOND');
    stage.store.KeyPairs.push(
      { Id: 'APKAOWN', AwsAccountNumber: '111122223333', EncodedKey: key.publicPem },
      { Id: 'APKAOTHER', AwsAccountNumber: '444455556666', EncodedKey: key.publicPem },
    );
    stage.distribution.DistributionConfig.DefaultCacheBehavior.TrustedSigners = {
      Enabled: true,
      Items: ['self', '444455556666', '777788889999'],
    };
    const got = await client.send(new GetDistributionCommand({ Id: id }));
    expect(got.Distribution?.ActiveTrustedKeyGroups).toEqual({
      Enabled: true,
      Quantity: 1,
      Items: [{ KeyGroupId: group.Id, KeyPairIds: { Quantity: 2, Items: ['KRSA', 'KSECOND'] } }],
    });
    expect(got.Distribution?.ActiveTrustedSigners).toEqual({
      Enabled: true,
      Quantity: 3,
      Items: [
        { AwsAccountNumber: 'self', KeyPairIds: { Quantity: 1, Items: ['APKAOWN'] } },
        { AwsAccountNumber: '444455556666', KeyPairIds: { Quantity: 1, Items: ['APKAOTHER'] } },
        { AwsAccountNumber: '777788889999', KeyPairIds: { Quantity: 0 } },
      ],
    });
    expect(got.ETag).toBe((await read()).etag);
  });

  it('tells of no keys where nobody is trusted', async () => {
    const { DefaultCacheBehavior: behavior } = stage.distribution.DistributionConfig;
    behavior.TrustedKeyGroups = { Enabled: false, Items: [keyGroupId()] };
    const { Distribution: got } = await client.send(new GetDistributionCommand({ Id: id }));
    expect(got?.ActiveTrustedKeyGroups).toEqual({ Enabled: false, Quantity: 0 });
    expect(got?.ActiveTrustedSigners).toEqual({ Enabled: false, Quantity: 0 });
    expect(got?.DistributionConfig?.Aliases).toEqual({ Quantity: 0 });
  });

  it('is not there under another ID', async () => {
    for (const sent of [
      client.send(new GetDistributionCommand({ Id: 'ENONE' })),
      client.send(new GetDistributionConfigCommand({ Id: 'ENONE' })),
    ]) {
      const error: unknown = await sent.catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(NoSuchDistribution);
      expect(error).toMatchObject({ $fault: 'client', $metadata: { httpStatusCode: 404 } });
    }
  });

  it('keeps all that a client reads and puts back, in every field', async () => {
    const config = everythingSet();
    stage.distribution.DistributionConfig = structuredClone(config);
    const got = await read();
    expect(asStored(got.config)).toMatchObject({ ...config });
    await put({ ...got.config, Comment: 'put <back> & "forth"\r\n' }, got.etag);
    expect(stage.distribution.DistributionConfig).toEqual({
      ...config,
      Comment: 'put <back> & "forth"\r\n',
    });
  });
});

/** A configuration in which no field is as it is by default. */
function everythingSet(): StoredConfig {
  const { DistributionConfig: config } = stage.distribution;
  const behavior = {
    TargetOriginId: 'group',
    TrustedSigners: { Enabled: true, Items: ['self'] },
    TrustedKeyGroups: { Enabled: true, Items: [keyGroupId()] },
    ViewerProtocolPolicy: 'redirect-to-https' as const,
    AllowedMethods: {
      Items: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'POST', 'PATCH', 'DELETE'] as const,
      CachedMethods: { Items: ['GET', 'HEAD', 'OPTIONS'] as const },
    },
    Compress: false,
    LambdaFunctionAssociations: {
      Items: [
        {
          LambdaFunctionARN: 'arn:aws:lambda:us-east-1:111122223333:function:rewrite:1',
          EventType: 'origin-request' as const,
          IncludeBody: true,
        },
      ],
    },
    FunctionAssociations: {
      Items: [
        {
          FunctionARN: 'arn:aws:cloudfront::111122223333:function/rewrite',
          EventType: 'viewer-request' as const,
        },
      ],
    },
  };
  return structuredClone<StoredConfig>({
    CallerReference: config.CallerReference,
    Aliases: { Items: ['cdn.example.org', '*.cdn.example.org'] },
    DefaultRootObject: 'index.html',
    Origins: {
      Items: [
        {
          Id: 'bucket',
          DomainName: 'my.files.s3.eu-west-1.amazonaws.com',
          OriginPath: '/media',
          OriginAccessControlId: '',
          S3OriginConfig: { OriginAccessIdentity: 'origin-access-identity/cloudfront/EOAI' },
        },
        {
          Id: 'website',
          DomainName: 'files.s3-website.eu-central-1.amazonaws.com',
          OriginPath: '',
          OriginAccessControlId: '',
          CustomOriginConfig: {
            HTTPPort: 8080,
            HTTPSPort: 8443,
            OriginProtocolPolicy: 'http-only',
            OriginSslProtocols: { Items: ['TLSv1.1', 'TLSv1.2'] },
          },
        },
      ],
    },
    OriginGroups: {
      Items: [
        {
          Id: 'group',
          FailoverCriteria: { StatusCodes: { Items: [500, 502] } },
          Members: { Items: [{ OriginId: 'bucket' }, { OriginId: 'website' }] },
        },
      ],
    },
    DefaultCacheBehavior: {
      ...behavior,
      AllowedMethods: {
        Items: [...behavior.AllowedMethods.Items],
        CachedMethods: { Items: [...behavior.AllowedMethods.CachedMethods.Items] },
      },
      CachePolicyId: CACHING_OPTIMIZED,
      OriginRequestPolicyId: ALL_VIEWER_EXCEPT_HOST,
      ResponseHeadersPolicyId: '67f7725c-6f97-4210-82d7-5512b31e9d03',
    },
    CacheBehaviors: {
      Items: [
        {
          PathPattern: 'legacy/*',
          TargetOriginId: 'website',
          TrustedSigners: { Enabled: false, Items: [] },
          TrustedKeyGroups: { Enabled: false, Items: [] },
          ViewerProtocolPolicy: 'https-only',
          AllowedMethods: { Items: ['HEAD', 'GET'], CachedMethods: { Items: ['HEAD', 'GET'] } },
          Compress: true,
          LambdaFunctionAssociations: { Items: [] },
          FunctionAssociations: { Items: [] },
          ForwardedValues: { QueryString: true },
          MinTTL: 1,
          DefaultTTL: 2,
          MaxTTL: 3,
        },
      ],
    },
    CustomErrorResponses: {
      Items: [
        {
          ErrorCode: 403,
          ResponsePagePath: '/sorry.html',
          ResponseCode: '200',
          ErrorCachingMinTTL: 60,
        },
      ],
    },
    Comment: 'Everything',
    PriceClass: 'PriceClass_100',
    Enabled: false,
    ViewerCertificate: {
      CloudFrontDefaultCertificate: false,
      ACMCertificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/a',
      SSLSupportMethod: 'sni-only',
      MinimumProtocolVersion: 'TLSv1.2_2021',
    },
    Restrictions: { GeoRestriction: { RestrictionType: 'blacklist', Items: ['DE', 'FR'] } },
    WebACLId: 'arn:aws:wafv2:us-east-1:111122223333:global/webacl/a/b',
    HttpVersion: 'http2and3',
    IsIPV6Enabled: true,
    Staging: true,
  });
}

describe('a new distribution', () => {
  it('has an ID and a domain name of its own, at which the edge answers', async () => {
    const { config } = await read();
    config.CallerReference = 'another';
    const made = await create(config);
    const { Id = '', DomainName = '', ARN, Status } = present(made.Distribution);
    expect(Id).toMatch(/^E[A-Z0-9]{13}$/);
    expect(DomainName).toMatch(/^d[a-z0-9]{13}\.cloudfront\.net$/);
    expect([ARN, Status]).toEqual([
      `arn:aws:cloudfront::111122223333:distribution/${Id}`,
      'Deployed',
    ]);
    expect(made.$metadata.httpStatusCode).toBe(201);
    expect(made.Location).toBe(`https://cloudfront.amazonaws.com/2020-05-31/distribution/${Id}`);
    expect(made.ETag).toBe((await client.send(new GetDistributionCommand({ Id }))).ETag);
    expect((await stage.send(`http://${DomainName}/a`)).code).toBe('MissingKey');
  });

  it('has a caller reference of its own', async () => {
    const { config } = await read();
    await expect(create(config)).rejects.toBeInstanceOf(DistributionAlreadyExists);
  });

  it('is as by default where it is made with the least', async () => {
    const origin = {
      Id: 'files',
      DomainName: 'files.s3.eu-central-1.amazonaws.com',
      OriginAccessControlId: present(stage.store.OriginAccessControls[0]).Id,
      S3OriginConfig: { OriginAccessIdentity: '' },
    };
    const made = await create({
      CallerReference: 'least',
      Comment: '',
      Enabled: true,
      Origins: { Quantity: 1, Items: [origin] },
      DefaultCacheBehavior: {
        TargetOriginId: 'files',
        ViewerProtocolPolicy: 'allow-all',
        CachePolicyId: CACHING_OPTIMIZED,
      },
    });
    expect(made.Distribution?.DistributionConfig).toMatchObject({
      Aliases: { Quantity: 0 },
      DefaultRootObject: '',
      DefaultCacheBehavior: {
        TrustedKeyGroups: { Enabled: false, Quantity: 0 },
        TrustedSigners: { Enabled: false, Quantity: 0 },
        AllowedMethods: { Quantity: 2, CachedMethods: { Quantity: 2 } },
        Compress: false,
      },
      PriceClass: 'PriceClass_All',
      ViewerCertificate: { CloudFrontDefaultCertificate: true },
      Restrictions: { GeoRestriction: { RestrictionType: 'none', Quantity: 0 } },
      HttpVersion: 'http2',
      IsIPV6Enabled: false,
      Staging: false,
    });
    const { status } = await stage.send(`http://${made.Distribution?.DomainName}/a`);
    expect(status).toBe(200);
  });
});

describe('an update', () => {
  it('is what the edge enforces at once', async () => {
    expect((await stage.send(`${stage.base}/a`)).code).toBe('MissingKey');
    await update((config) => {
      behaviorOf(config).TrustedKeyGroups = { Enabled: false, Quantity: 0 };
    });
    expect((await stage.send(`${stage.base}/a`)).status).toBe(200);
    await update((config) => {
      behaviorOf(config).TrustedKeyGroups = { Enabled: true, Quantity: 1, Items: [keyGroupId()] };
      originOf(config).OriginPath = '/media';
    });
    expect((await stage.send(`${stage.base}/a`)).code).toBe('MissingKey');
    expect(await signedStatus()).toBe(200);
    expect(stage.hits.at(-1)?.target).toBe('/files/media/a');
    await update((config) => {
      config.Enabled = false;
    });
    expect(await signedStatus()).toBe(403);
  });

  it('answers with the distribution and its new version', async () => {
    const { etag } = await read();
    const updated = await update((config) => {
      config.Comment = 'changed';
    });
    expect(updated.Distribution?.DistributionConfig?.Comment).toBe('changed');
    expect(updated.ETag).not.toBe(etag);
    expect(updated.ETag).toBe((await read()).etag);
  });

  it('is refused where somebody else was first', async () => {
    const [mine, theirs] = [await read(), await read()];
    await put({ ...theirs.config, Comment: 'theirs' }, theirs.etag);
    await expect(put({ ...mine.config, Comment: 'mine' }, mine.etag)).rejects.toBeInstanceOf(
      PreconditionFailed,
    );
    expect(stage.distribution.DistributionConfig.Comment).toBe('theirs');
  });

  it('of two at the same time, lets one through', async () => {
    const { config, etag } = await read();
    const results = await Promise.allSettled(
      ['one', 'two', 'three'].map((comment) => put({ ...config, Comment: comment }, etag)),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('notices a change that was made to the account’s data directly', async () => {
    const { config, etag } = await read();
    stage.distribution.DistributionConfig.IsIPV6Enabled = true;
    await expect(put(config, etag)).rejects.toBeInstanceOf(PreconditionFailed);
  });

  it.each([undefined, 'nonsense', 'E1'])('names no version: %s', async (etag) => {
    const { config } = await read();
    await expect(put(config, etag)).rejects.toBeInstanceOf(InvalidIfMatchVersion);
  });

  it('is of a distribution that is there', async () => {
    id = stage.distribution.Id;
    const { config, etag } = await read();
    id = 'ENONE';
    await expect(put(config, etag)).rejects.toBeInstanceOf(NoSuchDistribution);
  });

  it('brings a configuration along', async () => {
    const { etag } = await read();
    await expect(
      client.send(
        new UpdateDistributionCommand({ Id: id, IfMatch: etag, DistributionConfig: undefined }),
      ),
    ).rejects.toBeInstanceOf(MissingBody);
  });
});

describe('a configuration is refused', () => {
  const custom = {
    HTTPPort: 80,
    HTTPSPort: 443,
    OriginProtocolPolicy: 'http-only' as const,
  };

  const refused: readonly (readonly [
    why: string,
    error: new (...args: never[]) => Error,
    change: (config: DistributionConfig) => void,
  ])[] = [
    [
      'its caller reference changes',
      IllegalUpdate,
      (config) => void (config.CallerReference = 'another'),
    ],
    [
      'a quantity is wrong',
      InconsistentQuantities,
      (config) => void (config.CustomErrorResponses = { Quantity: 1 }),
    ],
    [
      'a quantity is missing',
      InconsistentQuantities,
      (config) => void (config.CacheBehaviors = { Quantity: undefined }),
    ],
    [
      'a required field is missing',
      InvalidArgument,
      (config) => void (behaviorOf(config).ViewerProtocolPolicy = undefined),
    ],
    [
      'a word is unknown',
      InvalidArgument,
      (config) => void Object.assign(config, { PriceClass: 'PriceClass_300' }),
    ],
    [
      'a behavior’s origin is not there',
      NoSuchOrigin,
      (config) => void (behaviorOf(config).TargetOriginId = 'none'),
    ],
    [
      'a key group is not there',
      TrustedKeyGroupDoesNotExist,
      (config) =>
        void (behaviorOf(config).TrustedKeyGroups = {
          Enabled: true,
          Quantity: 1,
          Items: ['none'],
        }),
    ],
    [
      'it trusts more than four key groups',
      TooManyKeyGroupsAssociatedToDistribution,
      (config) => {
        const Items = ['a', 'b', 'c', 'd', 'e'];
        const [first] = stage.store.KeyGroups;
        for (const Id of Items) stage.store.KeyGroups.push({ ...present(first), Id });
        behaviorOf(config).TrustedKeyGroups = { Enabled: true, Quantity: 5, Items };
      },
    ],
    [
      'trust is on and names nobody',
      InvalidArgument,
      (config) => void (behaviorOf(config).TrustedKeyGroups = { Enabled: true, Quantity: 0 }),
    ],
    [
      'the cache policy is not there',
      NoSuchCachePolicy,
      (config) => void (behaviorOf(config).CachePolicyId = 'none'),
    ],
    [
      'the origin request policy is not there',
      NoSuchOriginRequestPolicy,
      (config) => void (behaviorOf(config).OriginRequestPolicyId = 'none'),
    ],
    [
      'a behavior has neither a cache policy nor the legacy settings',
      InvalidArgument,
      (config) => void (behaviorOf(config).CachePolicyId = undefined),
    ],
    [
      'the methods are none of the three sets',
      InvalidArgument,
      (config) => void (behaviorOf(config).AllowedMethods = { Quantity: 1, Items: ['GET'] }),
    ],
    [
      'the origin access control is not there',
      InvalidOriginAccessControl,
      (config) => void (originOf(config).OriginAccessControlId = 'ENONE'),
    ],
    [
      'an origin has both an access control and an access identity',
      IllegalOriginAccessConfiguration,
      (config) =>
        void (originOf(config).S3OriginConfig = {
          OriginAccessIdentity: 'origin-access-identity/cloudfront/E1',
        }),
    ],
    [
      'an S3 origin is none',
      InvalidArgument,
      (config) => void (originOf(config).DomainName = 'www.example.org'),
    ],
    [
      'an S3 origin is a website endpoint',
      InvalidArgument,
      (config) => void (originOf(config).DomainName = 'b.s3-website-eu-west-1.amazonaws.com'),
    ],
    [
      'an origin is of both kinds',
      InvalidArgument,
      (config) => void (originOf(config).CustomOriginConfig = custom),
    ],
    [
      'an origin path ends with a slash',
      InvalidArgument,
      (config) => void (originOf(config).OriginPath = '/media/'),
    ],
    [
      'it has an alias and no certificate',
      InvalidViewerCertificate,
      (config) => void (config.Aliases = { Quantity: 1, Items: ['cdn.example.org'] }),
    ],
    [
      'an alias is another distribution’s',
      CNAMEAlreadyExists,
      (config) => {
        const other = structuredClone(stage.distribution);
        other.DistributionConfig.Aliases.Items = ['cdn.example.org'];
        stage.store.Distributions.push(other);
        config.Aliases = { Quantity: 1, Items: ['cdn.example.org'] };
        config.ViewerCertificate = { ACMCertificateArn: 'arn:aws:acm:us-east-1:1:certificate/a' };
      },
    ],
  ];

  it.each(refused)('where %s', async (_, error, change) => {
    const before = structuredClone(stage.distribution.DistributionConfig);
    await expect(update(change)).rejects.toBeInstanceOf(error);
    expect(stage.distribution.DistributionConfig).toEqual(before);
    expect(control.api.requests.at(-1)).toMatchObject({
      action: 'cloudfront:UpdateDistribution',
      errorCode: error.name,
    });
  });

  it('where it wants what this server has not, rather than forget it', async () => {
    await expect(
      update((config) => {
        config.Logging = { Enabled: true, IncludeCookies: false, Bucket: 'logs', Prefix: '' };
      }),
    ).rejects.toMatchObject({
      name: 'NotImplemented',
      message: expect.stringContaining('Logging'),
    });
    await expect(
      update((config) => {
        originOf(config).CustomHeaders = {
          Quantity: 1,
          Items: [{ HeaderName: 'a', HeaderValue: 'b' }],
        };
      }),
    ).rejects.toMatchObject({ name: 'NotImplemented' });
  });
});

async function statusNow(): Promise<string | undefined> {
  const { Distribution: got } = await client.send(new GetDistributionCommand({ Id: id }));
  return got?.Status;
}

function disable(config: DistributionConfig): void {
  config.Enabled = false;
}

describe('the status', () => {
  it('is “Deployed” at once unless deploying takes time', async () => {
    expect((await update(disable)).Distribution?.Status).toBe('Deployed');
  });

  it('is “InProgress” for as long as that takes, while the edge enforces the change', async () => {
    await control.close();
    let now = Date.now();
    control = await startControlStage({ store: stage.store, now: () => now });
    client = control.cloudFront();
    control.api.deploymentTime = 5_000;
    expect((await update(disable)).Distribution?.Status).toBe('InProgress');
    expect(await signedStatus()).toBe(403);
    now += 4_999;
    expect(await statusNow()).toBe('InProgress');
    const { etag } = await read();
    now += 1;
    expect(await statusNow()).toBe('Deployed');
    // Being deployed is no new version.
    expect((await read()).etag).toBe(etag);
  });
});
