import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startControlApi, type ControlApi } from '../../dev/control/startControlApi.ts';
import { addDemoDistribution } from '../../dev/edge/demoDistribution.ts';
import {
  createDistributionStore,
  type CacheBehaviorSettings,
  type DistributionStore,
} from '../../dev/edge/distributionStore.ts';
import type { AccountUser } from '../../dev/s3/identity.ts';
import { aws } from '../../src/aws/aws.ts';
import { trustedKeys } from '../../src/core/cloudfront/keyMatch.ts';
import { routesTo } from '../../src/core/cloudfront/route.ts';
import type { Connection, Session } from '../../src/core/credentials/session.ts';
import type { Outcome } from '../../src/core/outcome.ts';
import { awsEnvironment } from '../awsEnvironment.ts';

const ADA: AccountUser = {
  kind: 'user',
  name: 'ada',
  accessKeyId: 'AKIAADA0000000000001',
  secretAccessKey: 'a-secret-that-nobody-knows',
};

const { signal } = new AbortController();

let store: DistributionStore;
let api: ControlApi;
let home: string;
const sessions: Session[] = [];

beforeEach(async () => {
  store = createDistributionStore();
  api = await startControlApi({ store, identities: [ADA] });
  home = await mkdtemp(path.join(tmpdir(), 'reader-'));
});

afterEach(async () => {
  for (const session of sessions.splice(0)) session.close();
  vi.unstubAllEnvs();
  await api.close();
  await rm(home, { recursive: true, force: true });
});

/** Opens a session of Ada's, whose profile says more than her region. */
async function open(
  ofProfile = `services = local\n[services local]\ncloudfront =\n  endpoint_url = ${api.endpoint}\n`,
  connection: Partial<Connection> = {},
  variables: Readonly<Record<string, string>> = {},
): Promise<Session> {
  const environment = await awsEnvironment(path.join(home, '.aws'), {
    config: `[profile ada]\nregion = eu-central-1\n${ofProfile}`,
    credentials: `[ada]\naws_access_key_id = ${ADA.accessKeyId}\naws_secret_access_key = ${ADA.secretAccessKey}\n`,
  });
  for (const [name, value] of Object.entries({ ...environment, HOME: home, ...variables })) {
    vi.stubEnv(name, value);
  }
  const outcome = await aws.openSession(
    {
      profile: 'ada',
      region: undefined,
      endpoint: undefined,
      forcePathStyle: false,
      ...connection,
    },
    async () => undefined,
  );
  if (outcome.kind !== 'ok') throw new Error(JSON.stringify(outcome));
  sessions.push(outcome.value);
  return outcome.value;
}

function valueOf<T>(outcome: Outcome<T>): T {
  if (outcome.kind !== 'ok') throw new Error(JSON.stringify(outcome));
  return outcome.value;
}

function publicPem(): string {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return publicKey.export({ type: 'spki', format: 'pem' }).toString();
}

function addDistribution(bucket = 'films', keyPairId = 'K1ADAS00000001', pem = publicPem()) {
  const publicKey = { id: keyPairId, pem };
  return addDemoDistribution(store, { bucket, region: 'eu-west-1', publicKey, aliases: [] });
}

describe('a distribution', () => {
  it('is read with all that links depend on', async () => {
    const made = addDistribution();
    const { DistributionConfig: config } = made;
    const [origin] = config.Origins.Items;
    const oacId = origin?.OriginAccessControlId;
    config.Aliases.Items.push('Media.Example.com', '*.example.org');
    config.Origins.Items.push(
      {
        Id: 'legacy',
        DomainName: 'Old.s3.amazonaws.com',
        OriginPath: '/a',
        OriginAccessControlId: '',
        S3OriginConfig: { OriginAccessIdentity: 'origin-access-identity/cloudfront/E2OAI' },
      },
      {
        Id: 'web',
        DomainName: 'example.com',
        OriginPath: '',
        OriginAccessControlId: '',
        CustomOriginConfig: {
          HTTPPort: 80,
          HTTPSPort: 443,
          OriginProtocolPolicy: 'https-only',
          OriginSslProtocols: { Items: ['TLSv1.2'] },
        },
      },
    );
    config.OriginGroups.Items.push({
      Id: 'both',
      FailoverCriteria: { StatusCodes: { Items: [503] } },
      Members: { Items: [{ OriginId: 'legacy' }, { OriginId: 'web' }] },
    });
    const { CachePolicyId: _policy, ...settings }: CacheBehaviorSettings =
      config.DefaultCacheBehavior;
    config.CacheBehaviors.Items.push({
      ...settings,
      PathPattern: 'old/*',
      TargetOriginId: 'both',
      TrustedKeyGroups: { Enabled: false, Items: ['switched-off'] },
      TrustedSigners: { Enabled: true, Items: ['self'] },
      ViewerProtocolPolicy: 'https-only',
      ForwardedValues: { QueryString: true },
      FunctionAssociations: {
        Items: [
          {
            FunctionARN: 'arn:aws:cloudfront::111122223333:function/f',
            EventType: 'viewer-request',
          },
        ],
      },
      LambdaFunctionAssociations: {
        Items: [
          {
            LambdaFunctionARN: 'arn:aws:lambda:us-east-1:111122223333:function:l:1',
            EventType: 'origin-request',
            IncludeBody: false,
          },
        ],
      },
    });
    config.CustomErrorResponses.Items.push(
      { ErrorCode: 403, ResponsePagePath: '/no.html', ResponseCode: '200', ErrorCachingMinTTL: 1 },
      { ErrorCode: 404, ResponsePagePath: '', ResponseCode: '', ErrorCachingMinTTL: 9 },
    );
    config.Restrictions.GeoRestriction = { RestrictionType: 'blacklist', Items: ['AQ'] };
    config.WebACLId = 'arn:aws:wafv2:us-east-1:111122223333:global/webacl/w/1';
    config.IsIPV6Enabled = true;
    made.Status = 'InProgress';

    const listed = valueOf(await (await open()).cloudFront.listDistributions(signal));
    const [keyGroup] = store.KeyGroups;
    expect(listed).toEqual([
      {
        id: made.Id,
        arn: made.ARN,
        domainName: made.DomainName,
        aliases: ['media.example.com', '*.example.org'],
        enabled: true,
        deployed: false,
        ipv6: true,
        defaultCertificate: true,
        webAclId: 'arn:aws:wafv2:us-east-1:111122223333:global/webacl/w/1',
        geoRestriction: { kind: 'block', countries: ['AQ'] },
        replacedErrors: [403],
        origins: [
          {
            id: origin?.Id,
            domainName: 'films.s3.eu-west-1.amazonaws.com',
            originPath: '',
            kind: 's3',
            access: { kind: 'oac', id: oacId },
          },
          {
            id: 'legacy',
            domainName: 'old.s3.amazonaws.com',
            originPath: '/a',
            kind: 's3',
            access: { kind: 'oai', id: 'E2OAI' },
          },
          {
            id: 'web',
            domainName: 'example.com',
            originPath: '',
            kind: 'custom',
            access: { kind: 'none' },
          },
        ],
        behaviors: [
          {
            pathPattern: 'old/*',
            // Of a group the primary member
            originId: 'legacy',
            keyGroupIds: [],
            trustsAccounts: true,
            viewerProtocol: 'https-only',
            methods: ['HEAD', 'GET'],
            cachePolicyId: undefined,
            originRequestPolicyId: undefined,
            forwardsQuery: true,
            functions: [
              'arn:aws:cloudfront::111122223333:function/f',
              'arn:aws:lambda:us-east-1:111122223333:function:l:1',
            ],
          },
          {
            pathPattern: undefined,
            originId: origin?.Id,
            keyGroupIds: [keyGroup?.Id],
            trustsAccounts: false,
            viewerProtocol: 'allow-all',
            methods: ['HEAD', 'GET'],
            cachePolicyId: config.DefaultCacheBehavior.CachePolicyId,
            originRequestPolicyId: undefined,
            forwardsQuery: undefined,
            functions: [],
          },
        ],
        comment: 'Private files of films',
      },
    ]);
  });

  it('for staging is left out: it answers to no name of its own', async () => {
    const { Id } = addDistribution();
    addDistribution('films', 'K2').DistributionConfig.Staging = true;
    const listed = valueOf(await (await open()).cloudFront.listDistributions(signal));
    expect(listed.map(({ id }) => id)).toEqual([Id]);
  });

  it('names its access control, which may be gone', async () => {
    addDistribution();
    const [control] = store.OriginAccessControls;
    const { cloudFront } = await open();
    expect(valueOf(await cloudFront.getOriginAccessControl(control?.Id ?? '', signal))).toEqual({
      id: control?.Id,
      name: 'films.s3.eu-west-1.amazonaws.com',
      originType: 's3',
      signingBehavior: 'always',
      signingProtocol: 'sigv4',
    });
    expect(valueOf(await cloudFront.getOriginAccessControl('EGONE', signal))).toBeUndefined();
  });

  it('names policies, which tell what of a query passes', async () => {
    const { cloudFront } = await open();
    const behaviors = [
      ['none', 'none'],
      ['all', 'all'],
      ['whitelist', 'listed'],
      ['allExcept', 'all-but-listed'],
    ] as const;
    for (const [QueryStringBehavior, kind] of behaviors) {
      const names = /lis|Exc/.test(QueryStringBehavior) ? ['size', 'page'] : [];
      const QueryStringsConfig = { QueryStringBehavior, QueryStrings: { Items: names } };
      const Name = QueryStringBehavior;
      store.CachePolicies.push({
        Id: `cache-${Name}`,
        CachePolicyConfig: {
          Name,
          ParametersInCacheKeyAndForwardedToOrigin: { QueryStringsConfig },
        },
      });
      store.OriginRequestPolicies.push({
        Id: `request-${Name}`,
        OriginRequestPolicyConfig: { Name, QueryStringsConfig },
      });
      const passes = { kind, names };
      expect(valueOf(await cloudFront.getCachePolicy(`cache-${Name}`, signal))).toEqual(passes);
      expect(valueOf(await cloudFront.getOriginRequestPolicy(`request-${Name}`, signal))).toEqual(
        passes,
      );
    }
    expect(await cloudFront.getCachePolicy('gone', signal)).toMatchObject({
      problem: { code: 'service-failed', service: 'CloudFront' },
    });
  });
});

describe('200 distributions of 25 behaviors each', () => {
  it('cost their pages once, and lead to the one that serves an object', async () => {
    const pem = publicPem();
    for (let index = 0; index < 200; index++) {
      const id = `K${String(index).padStart(13, '0')}`;
      const { DistributionConfig: config } = addDistribution(`bucket-${index}`, id, publicPem());
      for (let number = 0; number < 24; number++) {
        config.CacheBehaviors.Items.push({
          ...config.DefaultCacheBehavior,
          PathPattern: `part-${number}/*.jpg`,
          TrustedKeyGroups: { Enabled: number % 2 === 0, Items: [] },
        });
      }
    }
    const wanted = addDistribution('bucket-137', 'KWANTED0000001', pem);
    const { cloudFront } = await open();
    const looking = async () =>
      Promise.all([
        cloudFront.listDistributions(signal),
        cloudFront.listKeyGroups(signal),
        cloudFront.listPublicKeys(signal),
      ]);
    const [distributions, keyGroups, publicKeys] = await looking();
    expect(valueOf(distributions)).toHaveLength(201);
    expect(valueOf(keyGroups)).toHaveLength(201);
    expect(valueOf(publicKeys)).toHaveLength(201);
    // Three pages of each kind
    expect(api.requests).toHaveLength(9);
    expect(api.requests.length).toBeLessThan(20);
    await looking();
    expect(api.requests).toHaveLength(9);

    const own = [{ keyPairId: 'KANYTHING', publicKeyPem: pem }];
    const account = { keyGroups: valueOf(keyGroups), publicKeys: valueOf(publicKeys) };
    const routes = routesTo(
      { bucket: 'bucket-137', key: 'part-7/a.png' },
      valueOf(distributions),
      (behavior) => trustedKeys(behavior, own, account).length > 0,
    );
    expect(routes.map(({ distribution }) => distribution.id)[0]).toBe(wanted.Id);
    expect(routes).toHaveLength(2);
    const [best] = routes;
    const keys = best && trustedKeys(best.behavior, own, account);
    expect(keys?.map(({ keyPairId }) => keyPairId)).toEqual(['KWANTED0000001']);
  });
});

describe('what a profile may not read', () => {
  it('is told by the permission that it lacks, asked once', async () => {
    api.addIdentity({ ...ADA, denials: [{ action: 'cloudfront:*' }] });
    const { cloudFront } = await open();
    const questions = {
      'cloudfront:ListDistributions': () => cloudFront.listDistributions(signal),
      'cloudfront:ListKeyGroups': () => cloudFront.listKeyGroups(signal),
      'cloudfront:ListPublicKeys': () => cloudFront.listPublicKeys(signal),
      'cloudfront:GetOriginAccessControl': () => cloudFront.getOriginAccessControl('E1', signal),
      'cloudfront:GetCachePolicy': () => cloudFront.getCachePolicy('p', signal),
      'cloudfront:GetOriginRequestPolicy': () => cloudFront.getOriginRequestPolicy('p', signal),
    };
    for (const [permission, ask] of Object.entries(questions)) {
      const denied = { kind: 'problem', problem: { code: 'access-denied', permission } };
      expect(await ask()).toEqual(denied);
      expect(await ask()).toEqual(denied);
    }
    expect(api.requests).toHaveLength(6);
  });

  it('is something else than credentials that are refused', async () => {
    api.addIdentity({ ...ADA, secretAccessKey: 'another' });
    const { cloudFront } = await open();
    expect(await cloudFront.listDistributions(signal)).toMatchObject({
      problem: { code: 'credentials-refused', profile: 'ada' },
    });
  });
});

/** How many requests reach the control API when a session asks for the key groups. */
async function asked(session: Session): Promise<number> {
  const before = api.requests.length;
  await session.cloudFront.listKeyGroups(signal);
  return api.requests.length - before;
}

describe('CloudFront is asked', () => {
  it('at the address of the profile’s services section', async () => {
    expect(await asked(await open())).toBe(1);
  });

  it('at the address that the profile has for everything', async () => {
    expect(await asked(await open(`endpoint_url = ${api.endpoint}\n`))).toBe(1);
  });

  it('at the address of the environment, its own before that for everything', async () => {
    const nowhere = 'http://127.0.0.1:9';
    const variables = { AWS_ENDPOINT_URL_CLOUDFRONT: api.endpoint, AWS_ENDPOINT_URL: nowhere };
    expect(await asked(await open(`endpoint_url = ${nowhere}\n`, {}, variables))).toBe(1);
    const all = { AWS_ENDPOINT_URL: api.endpoint };
    expect(await asked(await open(`endpoint_url = ${nowhere}\n`, {}, all))).toBe(1);
  });

  it('never where the S3 is not AWS’s: the credentials are of another account', async () => {
    const { cloudFront } = await open('', { endpoint: 'http://127.0.0.1:9' });
    expect(valueOf(await cloudFront.listDistributions(signal))).toEqual([]);
    expect(valueOf(await cloudFront.listPublicKeys(signal))).toEqual([]);
  });

  it('and tells where it cannot be reached', async () => {
    await api.close();
    const { cloudFront } = await open();
    expect(await cloudFront.listDistributions(signal)).toMatchObject({
      problem: { code: 'network-unreachable', service: 'CloudFront' },
    });
    api = await startControlApi({ store, identities: [ADA] });
  });
});
