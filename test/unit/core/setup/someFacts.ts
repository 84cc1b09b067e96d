import { generateKeyPairSync } from 'node:crypto';
import type { Distribution, KeyGroup } from '../../../../src/core/cloudfront/account.ts';
import type { LinkAnswer } from '../../../../src/core/cloudfront/linkAnswer.ts';
import { fail, ok, type Failure } from '../../../../src/core/outcome.ts';
import type { LinkRoute, SetupFacts } from '../../../../src/core/setup/facts.ts';
import { someDistribution } from '../cloudfront/someDistribution.ts';

/** The answer of CloudFront to a request without a signature, unless it says else. */
export function someAnswer(
  changes: Partial<LinkAnswer & { kind: 'answer' }> = {},
): LinkAnswer & { kind: 'answer' } {
  return {
    kind: 'answer',
    status: 403,
    fromCloudFront: true,
    code: 'MissingKey',
    message: undefined,
    fromOrigin: false,
    fromWebsite: false,
    page: undefined,
    cache: undefined,
    location: undefined,
    contentType: undefined,
    size: undefined,
    age: undefined,
    date: undefined,
    ...changes,
  };
}

function newPublicKey(): string {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return publicKey.export({ type: 'spki', format: 'pem' }).toString();
}

/** Public keys, PEM. */
export const OWN_KEY = newPublicKey();
export const OTHER_KEY = newPublicKey();

export const SIGNERS: KeyGroup = { id: 'group', name: 'signers', publicKeyIds: ['KOWN'] };

/** The route of links through a distribution, by its last behavior and its first origin. */
export function someRoute(
  distribution: Distribution = someDistribution(),
  changes: Partial<LinkRoute> = {},
): LinkRoute {
  const [origin] = distribution.origins;
  const behavior = distribution.behaviors.at(-1);
  return { distribution, behavior, origin, bucketOrigin: origin, ...changes };
}

/** A policy as AWS documents it, for the distribution of {@link someDistribution}. */
export function somePolicy(changes: object = {}, ...others: readonly object[]): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'Read',
        Effect: 'Allow',
        Principal: { Service: 'cloudfront.amazonaws.com' },
        Action: 's3:GetObject',
        Resource: 'arn:aws:s3:::films/*',
        Condition: {
          StringEquals: {
            'AWS:SourceArn': 'arn:aws:cloudfront::111122223333:distribution/E1FILMS',
          },
        },
        ...changes,
      },
      ...others,
    ],
  });
}

/** What is known of a set-up that is right, unless it says else. */
export function someFacts(changes: Partial<SetupFacts> = {}): SetupFacts {
  const key = { keyPairId: 'KOWN', publicKeyPem: OWN_KEY };
  const distribution = someDistribution();
  return {
    bucket: 'films',
    key: 'media/a.mp4',
    region: 'eu-west-1',
    publicAccessBlock: ok({
      blockPublicAcls: true,
      ignorePublicAcls: true,
      blockPublicPolicy: true,
      restrictPublicBuckets: true,
    }),
    ownership: ok('BucketOwnerEnforced'),
    bucketPolicy: ok(somePolicy()),
    object: ok({ storageClass: 'STANDARD', archived: false, kmsKeyId: undefined }),
    objectOwner: ok({ objectOwnerId: 'me', bucketOwnerId: 'me' }),
    kmsKey: ok(undefined),
    distributions: ok([distribution]),
    route: someRoute(distribution),
    endpoint: { protocol: 'https', domain: 'd1.cloudfront.net', originPath: '' },
    originAccessControl: ok({
      id: 'E1OAC',
      name: 'films',
      originType: 's3',
      signingBehavior: 'always',
      signingProtocol: 'sigv4',
    }),
    queryForwarding: ok([{ kind: 'all', names: [] }]),
    keyGroups: ok([SIGNERS]),
    publicKeys: ok([{ id: 'KOWN', name: 'own', encodedKey: OWN_KEY }]),
    storedKeys: [key],
    signer: { keyPairId: 'KOWN', key },
    live: {
      unsigned: someAnswer(),
      direct: someAnswer({ fromCloudFront: false, code: 'AccessDenied' }),
      signed: ok(someAnswer({ status: 206, code: undefined })),
      clockAhead: 0,
    },
    ...changes,
  };
}

/** What keeps something from being seen. */
export function lacking(permission: string): Failure {
  return fail({ code: 'access-denied', bucket: undefined, permission });
}
