import { generateKeyPairSync, type KeyPairKeyObjectResult } from 'node:crypto';
import { addDemoDistribution, bucketPolicyFor } from '../../../dev/edge/demoDistribution.ts';
import {
  createDistributionStore,
  type DistributionStore,
} from '../../../dev/edge/distributionStore.ts';
import { startEdge } from '../../../dev/edge/startEdge.ts';
import type { ViewerRefusal } from '../../../dev/edge/viewerAccess.ts';
import { startEmbeddedS3 } from '../../../dev/s3/startEmbeddedS3.ts';
import { signPolicy } from '../../../src/aws/signPolicy.ts';
import { canonicalUrl } from '../../../src/core/cloudfront/canonicalUrl.ts';
import { openPrefix } from '../../../src/core/cloudfront/prefix/prefixResource.ts';
import { signObject } from '../../../src/core/cloudfront/signObject.ts';
import type { SigningKey } from '../../../src/core/cloudfront/signedUrl.ts';
import { signCookies, type SignedCookies } from '../../../src/core/cookies/signedCookies.ts';
import { ok, type Result } from '../../../src/core/outcome.ts';
import { EDGE } from '../edgeAccount.ts';
import { type Answer, sendTo } from '../edgeStage.ts';
import {
  type Ask,
  HOUR,
  KEY,
  KEY_PAIR_IDS,
  type KeyKind,
  NOW,
  type Option,
  VIEWER,
  type Way,
} from './row.ts';

const BUCKET = 'files';

/** A signed URL, and the `Cookie` header that opens the same. */
interface SignedLink {
  readonly url: string;
  readonly cookies: string;
}

/** An answer, with the code of the edge where it is the edge that refuses. */
export interface EdgeAnswer extends Answer {
  readonly refusal: ViewerRefusal | undefined;
}

/** An edge that trusts two keys, before a closed bucket. */
export interface TableStage {
  /** How many requests have reached the edge. */
  readonly requested: () => number;
  readonly sign: (option: Option, way: Way) => Result<SignedLink>;
  readonly ask: (link: SignedLink, ask: Ask) => Promise<EdgeAnswer>;
  readonly close: () => Promise<void>;
}

/** @param objectKeys the objects that there are, each with {@link contentOf} it */
export async function startTableStage(objectKeys: Iterable<string>): Promise<TableStage> {
  const keys: Readonly<Record<KeyKind, SigningKey>> = {
    RSA: { keyPairId: KEY_PAIR_IDS.RSA, ...generateKeyPairSync('rsa', { modulusLength: 2048 }) },
    'P-256': {
      keyPairId: KEY_PAIR_IDS['P-256'],
      ...generateKeyPairSync('ec', { namedCurve: 'P-256' }),
    },
  };
  const s3 = await startEmbeddedS3({
    identities: [{ kind: 'service', service: 'cloudfront.amazonaws.com', ...EDGE }],
  });
  s3.putBucket(BUCKET);
  for (const key of objectKeys) s3.putObject(BUCKET, key, contentOf(key));
  const store = createDistributionStore();
  const distribution = addDemoDistribution(store, {
    bucket: BUCKET,
    region: s3.region,
    publicKey: { id: KEY_PAIR_IDS.RSA, pem: publicPem(keys.RSA) },
    aliases: [VIEWER, 'localhost'],
  });
  s3.putBucketPolicy(BUCKET, bucketPolicyFor(distribution.ARN, BUCKET));
  addPublicKey(store, KEY_PAIR_IDS['P-256'], publicPem(keys['P-256']));
  store.KeyGroups[0]?.KeyGroupConfig.Items.push(KEY_PAIR_IDS['P-256']);
  addPublicKey(
    store,
    KEY_PAIR_IDS.untrusted,
    publicPem(generateKeyPairSync('ec', { namedCurve: 'P-256' })),
  );
  store.OriginRequestPolicies.push({
    Id: 'responses',
    OriginRequestPolicyConfig: {
      Name: 'responses',
      QueryStringsConfig: {
        QueryStringBehavior: 'whitelist',
        QueryStrings: { Items: ['response-content-disposition', 'response-content-type'] },
      },
    },
  });
  distribution.DistributionConfig.DefaultCacheBehavior.OriginRequestPolicyId = 'responses';
  let now = NOW;
  let viewer = VIEWER;
  const edge = await startEdge({
    store,
    s3,
    originIdentity: EDGE,
    // A part of a second behind a whole one, since times are compared in whole seconds.
    now: () => now * 1000 + 999,
    clientAddress: () => viewer,
  });
  const endpoint = {
    protocol: 'http',
    domain: `127.0.0.1:${edge.port}`,
    originPath: '',
  } as const;

  function urlOf(objectKey: string): string {
    const url = canonicalUrl(endpoint, objectKey);
    if (url.kind !== 'ok') throw new Error(`${objectKey} cannot be asked for`);
    return url.value;
  }

  function sign(
    { objectKey = KEY, prefix, grant = {} }: Option,
    { policy: kind, hash, key }: Way,
  ): Result<SignedLink> {
    const opened = prefix === undefined ? undefined : openPrefix(endpoint, prefix);
    if (opened !== undefined && opened.kind !== 'ok') return opened;
    const bounds = [opened, grant.notBefore, grant.ipAddress];
    const isCustom = bounds.some((bound) => bound !== undefined);
    const conditions = {
      expiresAt: NOW + HOUR,
      // It takes a custom policy to say this, where the option has nothing to say in one.
      ...(kind === 'custom' && !isCustom && { notBefore: NOW - 2 * HOUR }),
      ...(opened !== undefined && { resource: opened.value.resource }),
      ...grant,
    };
    const signing = {
      endpoint,
      key: keys[key],
      grant: { query: {}, hashAlgorithm: hash, ...conditions },
    };
    const url = signObject(objectKey, signing, signPolicy);
    if (url.kind !== 'ok') return url;
    if (opened === undefined) return ok({ url: url.value, cookies: asCookies(url.value) });
    const policy = { ...signing.grant, resource: opened.value.resource };
    const made = signCookies(policy, opened.value.url, keys[key], hash, signPolicy);
    return made.kind === 'ok'
      ? ok({ url: url.value, cookies: cookieHeader(made.value.cookies) })
      : made;
  }

  return {
    requested: () => edge.requests.length,
    sign,
    async ask({ url, cookies }, { at = NOW, from = VIEWER, object, change = same, ...rest }) {
      now = at;
      viewer = from;
      const asked = object === undefined ? url : url.replace(/^[^?]*/, () => urlOf(object));
      const answer =
        rest.byCookies === true
          ? await sendTo(edge.port, asked.replace(/\?.*/, ''), { headers: { cookie: cookies } })
          : await sendTo(edge.port, change(asked), { headers: rest.headers ?? {} });
      return { ...answer, refusal: edge.requests.at(-1)?.errorCode };
    },
    async close() {
      await edge.close();
      await s3.close();
    },
  };
}

/** What is in an object, which tells it from every other. */
export function contentOf(objectKey: string): string {
  return `The content of ${JSON.stringify(objectKey)}`;
}

function publicPem({ publicKey }: Pick<KeyPairKeyObjectResult, 'publicKey'>): string {
  return String(publicKey.export({ type: 'spki', format: 'pem' }));
}

function addPublicKey(store: DistributionStore, id: string, pem: string): void {
  store.PublicKeys.push({
    Id: id,
    CreatedTime: new Date(NOW * 1000).toISOString(),
    PublicKeyConfig: { CallerReference: id, Name: id, EncodedKey: pem, Comment: '' },
  });
}

/** The parameters of a link as the cookies that say the same. */
function asCookies(link: string): string {
  const parameters = link.slice(link.indexOf('?') + 1).split('&');
  return parameters.map((parameter) => `CloudFront-${parameter}`).join('; ');
}

function cookieHeader(cookies: SignedCookies['cookies']): string {
  return cookies.map(([name, value]) => `${name}=${value}`).join('; ');
}

function same(url: string): string {
  return url;
}
