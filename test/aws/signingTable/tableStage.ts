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
import { signObject } from '../../../src/core/cloudfront/signObject.ts';
import type { SigningKey } from '../../../src/core/cloudfront/signedUrl.ts';
import type { Result } from '../../../src/core/outcome.ts';
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

/** An answer, with the code of the edge where it is the edge that refuses. */
export interface EdgeAnswer extends Answer {
  readonly refusal: ViewerRefusal | undefined;
}

/** An edge that trusts two keys, before a closed bucket. */
export interface TableStage {
  /** How many requests have reached the edge. */
  readonly requested: () => number;
  readonly sign: (option: Option, way: Way) => Result<string>;
  readonly ask: (url: string, ask: Ask) => Promise<EdgeAnswer>;
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

  return {
    requested: () => edge.requests.length,
    sign({ objectKey = KEY, prefix, grant = {} }, { policy, hash, key }) {
      const bounds = [prefix, grant.notBefore, grant.ipAddress];
      const isCustom = bounds.some((bound) => bound !== undefined);
      return signObject(
        objectKey,
        {
          endpoint,
          key: keys[key],
          grant: {
            expiresAt: NOW + HOUR,
            query: {},
            hashAlgorithm: hash,
            // It takes a custom policy to say this, where the option has nothing to say in one.
            ...(policy === 'custom' && !isCustom && { notBefore: NOW - 2 * HOUR }),
            ...(prefix !== undefined && { resource: `${urlOf(prefix)}*` }),
            ...grant,
          },
        },
        signPolicy,
      );
    },
    async ask(url, { at = NOW, from = VIEWER, object, change = (same) => same, ...rest }) {
      now = at;
      viewer = from;
      const link = change(object === undefined ? url : url.replace(/^[^?]*/, () => urlOf(object)));
      const answer =
        rest.byCookies === true
          ? await sendTo(edge.port, link.replace(/\?.*/, ''), { headers: asCookies(link) })
          : await sendTo(edge.port, link, { headers: rest.headers ?? {} });
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

/** The parameters of a link as the header that a browser sends. */
function asCookies(link: string): { readonly cookie: string } {
  const parameters = link.slice(link.indexOf('?') + 1).split('&');
  return { cookie: parameters.map((parameter) => `CloudFront-${parameter}`).join('; ') };
}
