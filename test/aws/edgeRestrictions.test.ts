import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DistributionConfig } from '../../dev/edge/distributionStore.ts';
import {
  cannedParameters,
  keyFolder,
  type KeyPair,
  RSA_2048,
  withParameters,
} from './edgeSigning.ts';
import { STAGE_NOW, type Stage, startStage } from './edgeStage.ts';

const folder = keyFolder();
let key: KeyPair;
/** A legacy key pair, such as root users make. */
let rootKey: KeyPair;
let stage: Stage;
let config: DistributionConfig;

beforeAll(() => {
  key = folder.make('KRSA', RSA_2048);
  rootKey = folder.make('APKAROOT', ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:1024']);
});
afterAll(() => folder.remove());
beforeEach(async () => {
  stage = await startStage({ key });
  config = stage.distribution.DistributionConfig;
});
afterEach(() => stage.close());

function signed(url: string, by = key): string {
  return withParameters(url, cannedParameters(url, STAGE_NOW + 60, { key: by }));
}

function get(path = '/a', by = key) {
  return stage.send(signed(`${stage.base}${path}`, by));
}

describe('a staging distribution', () => {
  it('answers for none of its names', async () => {
    config.Aliases.Items.push('cdn.example.org');
    config.Staging = true;
    for (const base of [stage.base, 'http://cdn.example.org']) {
      const answer = await stage.send(signed(`${base}/a`));
      expect([answer.status, answer.headers['content-type']]).toEqual([403, 'text/html']);
    }
    config.Staging = false;
    expect((await get()).status).toBe(200);
  });

  it('leaves a wildcard to whoever else has it', async () => {
    const other = structuredClone(stage.distribution);
    other.DomainName = 'd2.cloudfront.net';
    other.DistributionConfig.Aliases.Items = ['*.example.org'];
    stage.store.Distributions.push(other);
    config.Aliases.Items.push('cdn.example.org');
    config.Staging = true;
    expect((await stage.send(signed('http://cdn.example.org/a'))).status).toBe(200);
  });
});

describe('legacy trusted signers', () => {
  beforeEach(() => {
    config.DefaultCacheBehavior.TrustedKeyGroups.Enabled = false;
    config.DefaultCacheBehavior.TrustedSigners = { Enabled: true, Items: ['self'] };
    stage.store.KeyPairs.push({
      Id: rootKey.id,
      AwsAccountNumber: '111122223333',
      EncodedKey: rootKey.publicPem,
    });
  });

  it('restrict a behavior, to whoever has an account’s own key', async () => {
    expect((await stage.send(`${stage.base}/a`)).code).toBe('MissingKey');
    expect((await get('/a', rootKey)).status).toBe(200);
  });

  it('know no key of a key group', async () => {
    expect((await get()).code).toBe('InvalidKey');
    config.DefaultCacheBehavior.TrustedKeyGroups.Enabled = true;
    expect((await get()).status).toBe(200);
    expect((await get('/a', rootKey)).status).toBe(200);
  });

  it('are accounts, by number or as the distribution’s own', async () => {
    const [pair] = stage.store.KeyPairs;
    if (pair) pair.AwsAccountNumber = '444455556666';
    expect((await get('/a', rootKey)).code).toBe('InvalidKey');
    config.DefaultCacheBehavior.TrustedSigners.Items.push('444455556666');
    expect((await get('/a', rootKey)).status).toBe(200);
  });

  it('count for nothing where they are off', async () => {
    config.DefaultCacheBehavior.TrustedSigners.Enabled = false;
    config.DefaultCacheBehavior.TrustedKeyGroups.Enabled = true;
    expect((await get('/a', rootKey)).code).toBe('InvalidKey');
    config.DefaultCacheBehavior.TrustedKeyGroups.Enabled = false;
    expect((await stage.send(`${stage.base}/a`)).status).toBe(200);
  });
});

describe('geo restriction', () => {
  it.each([
    ['none', ['DE'], 'DE', 200],
    ['whitelist', ['DE', 'AT'], 'AT', 200],
    ['whitelist', ['DE'], 'US', 403],
    ['blacklist', ['DE'], 'US', 200],
    ['blacklist', ['DE'], 'DE', 403],
  ] as const)(
    '%s of %j for a viewer in %s: %i',
    async (RestrictionType, Items, country, status) => {
      config.Restrictions.GeoRestriction = { RestrictionType, Items: [...Items] };
      stage.circumstances.country = country;
      const answer = await get();
      expect(answer.status).toBe(status);
      expect(answer.text.includes('block access from your country')).toBe(status === 403);
    },
  );

  it('comes before the signature, as a page of CloudFront', async () => {
    config.Restrictions.GeoRestriction = { RestrictionType: 'blacklist', Items: ['US'] };
    const { status, headers, code } = await stage.send(`${stage.base}/a`);
    expect([status, headers['content-type'], code]).toEqual([403, 'text/html', undefined]);
    expect(headers).toMatchObject({ server: 'CloudFront', 'x-cache': 'Error from cloudfront' });
    expect(stage.hits).toEqual([]);
  });
});

describe('a web ACL', () => {
  const ARN = 'arn:aws:wafv2:us-east-1:111122223333:global/webacl/shield/1';

  it('blocks what it is set to block, as a page of CloudFront', async () => {
    stage.circumstances.firewall = (acl, { path }) => acl === ARN && path.startsWith('/bad');
    expect((await get('/bad')).status).toBe(200);
    config.WebACLId = ARN;
    const { status, headers, text } = await get('/bad');
    expect([status, headers['content-type']]).toEqual([403, 'text/html']);
    expect(text).toContain('Request blocked');
    expect((await get('/good')).status).toBe(200);
    stage.circumstances.firewall = () => true;
    expect((await get('/good')).status).toBe(403);
    config.WebACLId = '';
    expect((await get('/good')).status).toBe(200);
  });
});

/** Has a page take the place of an error. */
function replace(ErrorCode: number, ResponseCode: string, ResponsePagePath = '/errors/e.html') {
  config.CustomErrorResponses.Items.push({
    ErrorCode,
    ResponsePagePath,
    ResponseCode,
    ErrorCachingMinTTL: 10,
  });
}

describe('a custom error page', () => {
  it('takes the place of CloudFront’s refusals', async () => {
    replace(403, '200');
    config.DefaultCacheBehavior.ForwardedValues = { QueryString: true };
    stage.originAnswer = {
      status: 200,
      headers: { 'content-type': 'text/html' },
      body: '<p>Sign in',
    };
    const { status, headers, text } = await stage.send(`${stage.base}/a?x=1`);
    expect([status, headers['content-type'], text]).toEqual([200, 'text/html', '<p>Sign in']);
    expect(headers['x-cache']).toBe('Error from cloudfront');
    expect(stage.hits.map(({ target }) => target)).toEqual(['/files/errors/e.html']);
    expect(stage.edge.requests).toMatchObject([{ status: 200, errorCode: 'MissingKey' }]);
  });

  it('takes the place of the origin’s errors, and of no others', async () => {
    replace(404, '404');
    stage.originAnswers.push({ status: 404, headers: {}, body: 'no such key' });
    const replaced = await get();
    expect([replaced.status, replaced.text]).toEqual([404, 'content']);
    stage.originAnswers.push({ status: 403, headers: {}, body: 'denied' });
    const other = await get();
    expect([other.status, other.text]).toEqual([403, 'denied']);
    expect((await get()).text).toBe('content');
    expect(stage.hits.map(({ target }) => target)).toEqual([
      '/files/a',
      '/files/errors/e.html',
      '/files/a',
      '/files/a',
    ]);
  });

  it('takes the place of what a firewall or a country is answered', async () => {
    replace(403, '451');
    config.Restrictions.GeoRestriction = { RestrictionType: 'whitelist', Items: ['DE'] };
    expect((await get()).status).toBe(451);
  });

  it('is fetched by the behavior that its path matches', async () => {
    replace(403, '403');
    config.Origins.Items.push({
      Id: 'pages',
      DomainName: 'pages.s3.eu-west-1.amazonaws.com',
      OriginPath: '',
      OriginAccessControlId: '',
      S3OriginConfig: { OriginAccessIdentity: '' },
    });
    config.CacheBehaviors.Items.push({
      ...structuredClone(config.DefaultCacheBehavior),
      PathPattern: 'errors/*',
      TargetOriginId: 'pages',
    });
    await stage.send(`${stage.base}/a`);
    expect(stage.hits.map(({ target }) => target)).toEqual(['/pages/errors/e.html']);
  });

  it('that is not there leaves the status of its own absence', async () => {
    replace(403, '200');
    stage.originAnswer = { status: 404, headers: {}, body: 'no page' };
    const { status, text } = await stage.send(`${stage.base}/a`);
    expect([status, text]).toEqual([404, 'no page']);
  });

  it('may be none, where only the time in cache is set', async () => {
    replace(403, '', '');
    expect((await stage.send(`${stage.base}/a`)).code).toBe('MissingKey');
  });

  it('has no body for HEAD', async () => {
    replace(403, '200');
    const { status, text } = await stage.send(`${stage.base}/a`, { method: 'HEAD' });
    expect([status, text]).toEqual([200, '']);
    expect(stage.hits).toMatchObject([{ method: 'HEAD' }]);
  });

  it('is for no name that is not its distribution’s', async () => {
    replace(403, '200');
    expect((await stage.send('http://unknown.example.org/a')).status).toBe(403);
  });
});

describe('the edge’s clock', () => {
  it('shows in its own answers, and judges', async () => {
    for (const skew of [-3600, 0, 3600]) {
      stage.circumstances.now = STAGE_NOW + skew;
      const refused = await stage.send(`${stage.base}/a`);
      expect(Date.parse(refused.headers.date ?? '') / 1000).toBe(STAGE_NOW + skew);
      expect((await get()).status).toBe(skew > 0 ? 403 : 200);
    }
  });
});
