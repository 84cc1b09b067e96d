import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DistributionConfig } from '../../dev/edge/distributionStore.ts';
import {
  cannedParameters,
  keyFolder,
  type KeyPair,
  RSA_2048,
  withParameters,
} from './edgeSigning.ts';
import { STAGE_IDENTITY, STAGE_NOW, type Stage, startStage } from './edgeStage.ts';

const folder = keyFolder();
let key: KeyPair;
let stage: Stage;
let config: DistributionConfig;

beforeAll(() => {
  key = folder.make('KRSA', RSA_2048);
});
afterAll(() => folder.remove());
beforeEach(async () => {
  stage = await startStage({ key });
  config = stage.distribution.DistributionConfig;
});
afterEach(() => stage.close());

function signed(url: string): string {
  return withParameters(url, cannedParameters(url, STAGE_NOW + 60, { key }));
}

/** What S3 is asked for when a path, and query, is asked for with a signature. */
async function originTarget(pathAndQuery: string): Promise<string | undefined> {
  const { status } = await stage.send(signed(`${stage.base}${pathAndQuery}`));
  expect(status).toBe(200);
  return stage.hits.at(-1)?.target;
}

/** The one origin of the distribution. */
function origin() {
  const [first] = config.Origins.Items;
  if (first === undefined) throw new Error('The demo distribution has an origin.');
  return first;
}

function setSigning(behavior: 'always' | 'never' | 'no-override'): void {
  const [control] = stage.store.OriginAccessControls;
  if (control) control.OriginAccessControlConfig.SigningBehavior = behavior;
}

async function statusAt(host: string): Promise<number> {
  return (await stage.send(signed(`http://${host}/a`))).status;
}

/** Puts a cache behavior behind those there are, open to everybody unless the settings say else. */
function addBehavior(
  PathPattern: string,
  settings: Partial<DistributionConfig['DefaultCacheBehavior']> = {},
): void {
  config.CacheBehaviors.Items.push({
    ...structuredClone(config.DefaultCacheBehavior),
    TrustedKeyGroups: { Enabled: false, Items: [] },
    PathPattern,
    ...settings,
  });
}

describe('which distribution answers', () => {
  it('has the domain name or an alternate one, in any case', async () => {
    config.Aliases.Items.push('cdn.example.org');
    expect(await statusAt(stage.distribution.DomainName)).toBe(200);
    expect(await statusAt(stage.distribution.DomainName.toUpperCase())).toBe(200);
    expect(await statusAt('cdn.example.org')).toBe(200);
    expect(await statusAt('www.cdn.example.org')).toBe(403);
    expect(await statusAt('example.org')).toBe(403);
  });

  it('may be asked at a port', async () => {
    expect(await statusAt(`${stage.distribution.DomainName}:8080`)).toBe(200);
  });

  it('may have a wildcard, which covers every name below', async () => {
    config.Aliases.Items.push('*.example.org');
    expect(await statusAt('cdn.example.org')).toBe(200);
    expect(await statusAt('a.b.example.org')).toBe(200);
    expect(await statusAt('example.org')).toBe(403);
    expect(await statusAt('.example.org')).toBe(403);
    expect(await statusAt('badexample.org')).toBe(403);
  });

  it('has the name itself before one that has a wildcard, and the longest of these', async () => {
    for (const [id, alias] of [
      ['short', '*.org'],
      ['long', '*.example.org'],
      ['exact', 'cdn.example.org'],
    ] as const) {
      const copy = structuredClone(stage.distribution);
      copy.DomainName = `${id}.cloudfront.net`;
      copy.DistributionConfig.Aliases.Items = [alias];
      copy.DistributionConfig.Origins.Items = [{ ...origin(), OriginPath: `/${id}` }];
      stage.store.Distributions.push(copy);
    }
    const targets = [];
    for (const host of ['a.org', 'a.example.org', 'cdn.example.org']) {
      await statusAt(host);
      targets.push(stage.hits.at(-1)?.target);
    }
    expect(targets).toEqual(['/files/short/a', '/files/long/a', '/files/exact/a']);
  });

  it('answers for no name that is not its own: a page of CloudFront says so', async () => {
    const answer = await stage.send('http://unknown.example.org/a');
    expect(answer.status).toBe(403);
    expect(answer.headers).toMatchObject({
      server: 'CloudFront',
      'content-type': 'text/html',
      'x-cache': 'Error from cloudfront',
    });
    expect(answer.text).toContain('The request could not be satisfied');
    expect(answer.code).toBeUndefined();
  });

  it('answers for nothing once it is disabled', async () => {
    expect(await statusAt(stage.distribution.DomainName)).toBe(200);
    config.Enabled = false;
    const answer = await stage.send(signed(`${stage.base}/a`));
    expect([answer.status, answer.headers['content-type']]).toEqual([403, 'text/html']);
  });
});

describe('cache behaviors', () => {
  it('serve everybody where they are not restricted', async () => {
    addBehavior('public/*');
    expect((await stage.send(`${stage.base}/public/a`)).status).toBe(200);
    expect((await stage.send(`${stage.base}/private/a`)).code).toBe('MissingKey');
  });

  it('see no signature, good or bad, where they are not restricted', async () => {
    addBehavior('public/*');
    const url = `${stage.base}/public/a?Signature=x&Expires=1&Key-Pair-Id=KNOBODY`;
    expect((await stage.send(url)).status).toBe(200);
    expect(stage.hits.at(-1)?.target).toBe('/files/public/a');
  });

  it('are tried in order, the default one last', async () => {
    addBehavior('a/b/*', { TrustedKeyGroups: config.DefaultCacheBehavior.TrustedKeyGroups });
    addBehavior('a/*');
    expect((await stage.send(`${stage.base}/a/b/c`)).code).toBe('MissingKey');
    expect((await stage.send(`${stage.base}/a/c`)).status).toBe(200);
    config.CacheBehaviors.Items.reverse();
    expect((await stage.send(`${stage.base}/a/b/c`)).status).toBe(200);
  });

  it.each([
    ['*.jpg', '/a/b.jpg', true],
    ['/*.jpg', '/b.jpg', true],
    ['*.jpg', '/b.jpg?x=1', true],
    ['*.jpg', '/b.JPG', false],
    ['*.jpg', '/b.jpeg', false],
    ['*.jpg', '/b?x=.jpg', false],
    ['a?.jpg', '/ab.jpg', true],
    ['a?.jpg', '/a.jpg', false],
    ['a?.jpg', '/abc.jpg', false],
    ['a??.jpg', '/a/b.jpg', true],
    ['a.b', '/axb', false],
    ['a', '/x/a', false],
    // Paths are normalised to be matched.
    ['a/*', '//a/b', true],
    ['a/*', '/x/../a/b', true],
    ['a/*', '/a/../b', false],
    ['a/*', '/x/%2e%2E/a/b', true],
    ['a/*', '/%61/b', true],
    ['a/*', '/a%2fb', false],
  ])('%s with %s: %s', async (pattern, path, matches) => {
    addBehavior(pattern);
    const { status } = await stage.send(`${stage.base}${path}`);
    expect(status).toBe(matches ? 200 : 403);
  });

  it('pass the raw path on', async () => {
    expect(await originTarget('/x//%2e%2E/%61%2f')).toBe('/files/x//%2e%2E/%61%2f');
  });

  it('allow the methods that they list', async () => {
    const url = signed(`${stage.base}/a`);
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
      const { status, headers } = await stage.send(url, { method });
      expect([method, status, headers['content-type']]).toEqual([method, 403, 'text/html']);
    }
    expect(stage.hits).toEqual([]);
    config.DefaultCacheBehavior.AllowedMethods.Items.push('OPTIONS');
    expect((await stage.send(url, { method: 'OPTIONS' })).status).toBe(200);
    expect((await stage.send(url, { method: 'HEAD' })).status).toBe(200);
    expect(stage.hits.map(({ method }) => method)).toEqual(['OPTIONS', 'HEAD']);
  });

  it('take no body with a GET', async () => {
    const { status } = await stage.send(signed(`${stage.base}/a`), { body: 'body' });
    expect(status).toBe(403);
  });

  it('may want HTTPS', async () => {
    config.DefaultCacheBehavior.ViewerProtocolPolicy = 'redirect-to-https';
    const url = `${stage.base}/a%20b?x=1&Signature=s`;
    const answer = await stage.send(url);
    expect([answer.status, answer.headers['location'], answer.headers['x-cache']]).toEqual([
      301,
      url.replace('http:', 'https:'),
      'Redirect from cloudfront',
    ]);
    config.DefaultCacheBehavior.ViewerProtocolPolicy = 'https-only';
    const refused = await stage.send(signed(url));
    expect([refused.status, refused.headers['content-type']]).toEqual([403, 'text/html']);
    const https = await startStage({ key, scheme: 'https' });
    https.distribution.DistributionConfig.DefaultCacheBehavior.ViewerProtocolPolicy = 'https-only';
    expect((await https.send(signed(`${https.base}/a`))).status).toBe(200);
    await https.close();
  });

  it('choose the origin', async () => {
    config.Origins.Items.push({
      ...origin(),
      Id: 'second',
      DomainName: 'my.dotted.bucket.s3.us-west-2.amazonaws.com',
    });
    addBehavior('second/*', { TargetOriginId: 'second' });
    await stage.send(`${stage.base}/second/a`);
    expect(stage.hits.at(-1)?.target).toBe('/my.dotted.bucket/second/a');
    expect(stage.hits.at(-1)?.headers['authorization']).toContain('/us-west-2/s3/aws4_request');
  });
});

describe('the origin', () => {
  it('has the origin path put before the path', async () => {
    origin().OriginPath = '/team/public';
    expect(await originTarget('/a/b.txt')).toBe('/files/team/public/a/b.txt');
  });

  it('is asked for the default root object where the path is / alone', async () => {
    config.DefaultRootObject = 'site/index.html';
    expect(await originTarget('/')).toBe('/files/site/index.html');
    expect(await originTarget('/a/')).toBe('/files/a/');
    expect(await originTarget('//')).toBe('/files//');
    config.DefaultRootObject = '';
    expect(await originTarget('/')).toBe('/files/');
  });

  it.each(['always', 'no-override'] as const)('is asked with a signature: %s', async (behavior) => {
    setSigning(behavior);
    await stage.send(signed(`${stage.base}/a`), { headers: { authorization: 'Bearer viewer' } });
    const [hit] = stage.hits;
    expect(hit?.headers['x-amz-source-arn']).toBe(stage.distribution.ARN);
    const [, scope, names] =
      /^AWS4-HMAC-SHA256 Credential=(\S+), SignedHeaders=(\S+), Signature=[0-9a-f]{64}$/.exec(
        hit?.headers['authorization'] ?? '',
      ) ?? [];
    expect(scope).toMatch(
      new RegExp(`^${STAGE_IDENTITY.accessKeyId}/\\d{8}/eu-central-1/s3/aws4_request$`),
    );
    expect(names?.split(';')).toEqual(
      expect.arrayContaining(['host', 'x-amz-content-sha256', 'x-amz-date', 'x-amz-source-arn']),
    );
  });

  it.each([
    ['never', () => setSigning('never')],
    ['without an origin access control', () => void (origin().OriginAccessControlId = '')],
    ['with one that is not there', () => void stage.store.OriginAccessControls.splice(0)],
  ])('is asked anonymously: %s', async (_, change) => {
    change();
    await stage.send(signed(`${stage.base}/a`), {
      headers: { authorization: 'Bearer viewer', 'x-amz-source-arn': stage.distribution.ARN },
    });
    const [hit] = stage.hits;
    expect(hit?.headers['authorization']).toBeUndefined();
    expect(hit?.headers['x-amz-source-arn']).toBeUndefined();
  });

  it('sees no header of the viewer but those that choose a part of an object', async () => {
    const passed = {
      range: 'bytes=0-0',
      'if-range': '"tag"',
      'if-match': '"tag"',
      'if-none-match': '"tag"',
      'if-modified-since': 'Wed, 01 Jan 2025 00:00:00 GMT',
      'if-unmodified-since': 'Wed, 01 Jan 2025 00:00:00 GMT',
    };
    const withheld = { cookie: 'a=b', referer: 'http://x/', 'x-amz-acl': 'public-read' };
    await stage.send(signed(`${stage.base}/a`), { headers: { ...passed, ...withheld } });
    const [hit] = stage.hits;
    expect(hit?.headers).toMatchObject({ ...passed, 'user-agent': 'Amazon CloudFront' });
    for (const name of Object.keys(withheld)) expect(hit?.headers[name]).toBeUndefined();
  });

  it('answers through the edge, which adds its own headers and takes S3’s IDs out', async () => {
    stage.originAnswer = {
      status: 200,
      headers: {
        'content-type': 'text/html',
        etag: '"tag"',
        server: 'AmazonS3',
        date: 'Wed, 01 Jan 2025 00:00:00 GMT',
        'x-amz-request-id': 'R',
        'x-amz-id-2': 'H',
        'set-cookie': 'a=b',
        via: '1.1 origin',
      },
      body: 'content',
    };
    const { headers, text } = await stage.send(signed(`${stage.base}/a`));
    expect(text).toBe('content');
    expect(headers).toMatchObject({
      'content-type': 'text/html',
      etag: '"tag"',
      server: 'AmazonS3',
      date: 'Wed, 01 Jan 2025 00:00:00 GMT',
      'x-cache': 'Miss from cloudfront',
      'x-amz-cf-id': expect.any(String),
      via: expect.stringMatching(/\.cloudfront\.net \(CloudFront\)$/),
    });
    for (const name of ['x-amz-request-id', 'x-amz-id-2', 'set-cookie']) {
      expect(headers[name]).toBeUndefined();
    }
  });

  it('has its errors passed on as they are', async () => {
    const body =
      '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code>' +
      '<Message>Access Denied</Message><RequestId>R</RequestId><HostId>H</HostId></Error>';
    stage.originAnswer = { status: 403, headers: { 'content-type': 'application/xml' }, body };
    const { status, headers, text } = await stage.send(signed(`${stage.base}/a`));
    expect([status, headers['content-type'], text]).toEqual([403, 'application/xml', body]);
    expect(headers['x-cache']).toBe('Error from cloudfront');
    expect(headers['server']).toBeUndefined();
    expect(stage.edge.requests).toMatchObject([{ status: 403, errorCode: undefined }]);
  });

  it('is down: 502', async () => {
    await stage.closeOrigin();
    const { status, headers } = await stage.send(signed(`${stage.base}/a`));
    expect([status, headers['content-type'], headers['x-cache']]).toEqual([
      502,
      'text/html',
      'Error from cloudfront',
    ]);
  });

  it.each([
    ['bucket.s3.eu-west-1.amazonaws.com', 'eu-west-1'],
    ['bucket.s3.amazonaws.com', 'us-east-1'],
    ['bucket.s3-eu-west-1.amazonaws.com', 'eu-west-1'],
    ['bucket.s3.dualstack.eu-west-1.amazonaws.com', 'eu-west-1'],
    ['bucket.s3.cn-north-1.amazonaws.com.cn', 'cn-north-1'],
    ['Bucket.S3.eu-west-1.AmazonAWS.com', 'eu-west-1'],
  ])('is a bucket: %s', async (domainName, region) => {
    origin().DomainName = domainName;
    expect(await originTarget('/a')).toBe('/bucket/a');
    expect(stage.hits[0]?.headers['authorization']).toContain(`/${region}/s3/`);
  });

  it.each([
    'bucket.s3-website-eu-west-1.amazonaws.com',
    'bucket.s3-website.eu-central-1.amazonaws.com',
  ])('is the website endpoint of a bucket: %s', async (domainName) => {
    origin().DomainName = domainName;
    expect(await originTarget('/a')).toBe('/a');
    expect(stage.hits[0]?.headers).toMatchObject({ host: domainName });
    expect(stage.hits[0]?.headers['authorization']).toBeUndefined();
  });

  it.each(['www.example.org', 's3.amazonaws.com', 'bucket.s3-accelerate.amazonaws.com'])(
    'is no bucket, which the edge cannot serve: %s',
    async (domainName) => {
      origin().DomainName = domainName;
      expect((await stage.send(signed(`${stage.base}/a`))).status).toBe(502);
      expect(stage.hits).toEqual([]);
    },
  );
});

type QueryStringBehavior = 'none' | 'whitelist' | 'allExcept' | 'all';

/** Has the default behavior use a cache policy and an origin request policy that list b and c. */
function usePolicies(cache?: QueryStringBehavior, forOrigin?: QueryStringBehavior): void {
  const strings = (behavior: QueryStringBehavior) => ({
    QueryStringBehavior: behavior,
    QueryStrings: { Items: ['b', 'c'] },
  });
  const behavior = config.DefaultCacheBehavior;
  delete behavior.CachePolicyId;
  if (cache !== undefined) {
    behavior.CachePolicyId = 'cache';
    stage.store.CachePolicies.push({
      Id: 'cache',
      CachePolicyConfig: {
        Name: 'cache',
        ParametersInCacheKeyAndForwardedToOrigin: { QueryStringsConfig: strings(cache) },
      },
    });
  }
  if (forOrigin !== undefined) {
    behavior.OriginRequestPolicyId = 'origin';
    stage.store.OriginRequestPolicies.push({
      Id: 'origin',
      OriginRequestPolicyConfig: { Name: 'origin', QueryStringsConfig: strings(forOrigin) },
    });
  }
}

describe('the query that the origin sees', () => {
  const QUERY = '?a=1&b=2&b=%203&c';
  it.each([
    ['none', ''],
    ['whitelist', '?b=2&b=%203&c'],
    ['allExcept', '?a=1'],
    ['all', QUERY],
  ] as const)(
    'follows the cache policy or the origin request policy: %s',
    async (behavior, seen) => {
      usePolicies(behavior);
      expect(await originTarget(`/x${QUERY}`)).toBe(`/files/x${seen}`);
      usePolicies(undefined, behavior);
      expect(await originTarget(`/x${QUERY}`)).toBe(`/files/x${seen}`);
    },
  );

  it('is what either policy lets through', async () => {
    usePolicies('whitelist', 'allExcept');
    expect(await originTarget(`/x${QUERY}`)).toBe(`/files/x${QUERY}`);
  });

  it('is empty by default, and whole by the legacy ForwardedValues', async () => {
    expect(await originTarget(`/x${QUERY}`)).toBe('/files/x');
    config.DefaultCacheBehavior.ForwardedValues = { QueryString: true };
    expect(await originTarget(`/x${QUERY}`)).toBe(`/files/x${QUERY}`);
    config.DefaultCacheBehavior.ForwardedValues = { QueryString: false };
    expect(await originTarget(`/x${QUERY}`)).toBe('/files/x');
  });

  it('holds nothing of CloudFront’s own', async () => {
    config.DefaultCacheBehavior.ForwardedValues = { QueryString: true };
    addBehavior('open', { ForwardedValues: { QueryString: true } });
    const query = 'Policy=p&a=1&Hash-Algorithm=SHA1&expires=2&Key-Pair-Id=k&Expires=1&Signature=s';
    expect((await stage.send(`${stage.base}/open?${query}`)).status).toBe(200);
    expect(stage.hits[0]?.target).toBe('/files/open?a=1&expires=2');
    expect(await originTarget('/x')).toBe('/files/x');
  });
});

describe('limits and the log', () => {
  it('takes a URL of 8192 bytes and no more', async () => {
    const rest = signed(`${stage.base}/`).length;
    const longest = signed(`${stage.base}/${'a'.repeat(8192 - rest)}`);
    expect(longest).toHaveLength(8192);
    expect((await stage.send(longest)).status).toBe(200);
    const { status, headers } = await stage.send(`${longest}a`);
    expect([status, headers['connection']]).toEqual([413, 'close']);
  });

  it('survives what is no request for a path', async () => {
    expect((await stage.send(`${stage.base}*`, { method: 'OPTIONS' })).status).toBe(400);
    expect((await stage.send(signed(`${stage.base}/a`))).status).toBe(200);
  });

  it('notes what was asked without what it was asked with', async () => {
    await stage.send(signed(`${stage.base}/a%20b?x=1`), { method: 'HEAD' });
    await stage.send(`${stage.base}/a?Key-Pair-Id=KNOBODY`);
    const host = stage.distribution.DomainName;
    expect(stage.edge.requests).toEqual([
      { method: 'HEAD', host, path: '/a%20b?x=1', status: 200, errorCode: undefined },
      { method: 'GET', host, path: '/a', status: 403, errorCode: 'InvalidKey' },
    ]);
  });
});
