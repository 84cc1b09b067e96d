import {
  DeletePublicAccessBlockCommand,
  type ObjectOwnership,
  PutBucketOwnershipControlsCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { bucketPolicyFor } from '../../../dev/edge/demoDistribution.ts';
import type { CacheBehavior, Origin } from '../../../dev/edge/distributionStore.ts';
import type { KmsKey } from '../../../dev/s3/kmsKeys.ts';
import type { DistributionMapping } from '../../../src/core/cloudfront/distribution.ts';
import {
  type AccountSetup,
  BOB,
  BUCKET,
  clientOf,
  KEY,
  type KeyHalves,
  REGION,
} from './accountSetup.ts';

export const ACCOUNT = '111122223333';
export const FOREIGN_ARN = `arn:aws:cloudfront::${ACCOUNT}:distribution/E0THER`;

/** What the settings would say of the right set-up, unless they say else. */
export function mapping(
  { domain }: AccountSetup,
  changes: Partial<DistributionMapping> = {},
): DistributionMapping {
  return {
    bucket: BUCKET,
    prefix: '',
    protocol: 'http',
    domain,
    originPath: '',
    keyPairId: undefined,
    ...changes,
  };
}

/** Sets the policy that AWS documents, with changes to its statement and others behind it. */
export function putPolicy(
  { s3, distribution }: AccountSetup,
  changes: object,
  ...others: readonly object[]
): void {
  const { Statement, ...rest } = bucketPolicyFor(distribution.ARN, BUCKET);
  const [statement] = Statement;
  const policy = {
    ...rest,
    Statement: [
      { ...statement, ...changes },
      ...others.map((other) => ({ ...statement, Condition: undefined, ...other })),
    ],
  };
  // What is undefined is left out.
  s3.putBucketPolicy(BUCKET, JSON.parse(JSON.stringify(policy)));
}

export function own({ owner }: AccountSetup, ownership: ObjectOwnership) {
  return owner.send(
    new PutBucketOwnershipControlsCommand({
      Bucket: BUCKET,
      OwnershipControls: { Rules: [{ ObjectOwnership: ownership }] },
    }),
  );
}

export function unblock({ owner }: AccountSetup) {
  return owner.send(new DeletePublicAccessBlockCommand({ Bucket: BUCKET }));
}

/** Another account is let upload, and does. */
export async function uploadAsBob(setup: AccountSetup): Promise<void> {
  putPolicy(setup, {}, { Sid: 'Uploads', Principal: { AWS: BOB.account }, Action: 's3:PutObject' });
  const bob = clientOf(setup.s3, BOB);
  await bob.send(new PutObjectCommand({ Bucket: BUCKET, Key: KEY, Body: 'of another' }));
  bob.destroy();
}

/** Puts a behavior before the default one, like it unless it says else. */
export function addBehavior(
  { distribution, behavior }: AccountSetup,
  changes: Partial<CacheBehavior> & Pick<CacheBehavior, 'PathPattern'>,
): void {
  distribution.DistributionConfig.CacheBehaviors.Items.push({
    ...structuredClone(behavior),
    ...changes,
  });
}

export function addOrigin({ distribution, origin }: AccountSetup, id: string): void {
  distribution.DistributionConfig.Origins.Items.push({
    ...structuredClone(origin),
    Id: id,
    DomainName: `${id}.s3.${REGION}.amazonaws.com`,
  });
}

export function makeCustom(origin: Origin): void {
  delete origin.S3OriginConfig;
  origin.OriginAccessControlId = '';
  origin.CustomOriginConfig = {
    HTTPPort: 80,
    HTTPSPort: 443,
    OriginProtocolPolicy: 'http-only',
    OriginSslProtocols: { Items: ['TLSv1.2'] },
  };
}

export function useIdentity(origin: Origin): void {
  origin.OriginAccessControlId = '';
  origin.S3OriginConfig = {
    OriginAccessIdentity: 'origin-access-identity/cloudfront/E5LEGACY',
  };
}

export function addPublicKey({ store }: AccountSetup, id: string, { publicPem }: KeyHalves): void {
  store.PublicKeys.push({
    Id: id,
    CreatedTime: new Date().toISOString(),
    PublicKeyConfig: { CallerReference: id, Name: id, EncodedKey: publicPem, Comment: '' },
  });
}

/** A KMS key of the account, whose policy may let a distribution decrypt as well. */
export function newKmsKey({ kmsKeys }: AccountSetup, distributionArn?: string): KmsKey {
  const id = '1234abcd-12ab-34cd-56ef-1234567890ab';
  const key: KmsKey = {
    KeyId: id,
    Arn: `arn:aws:kms:${REGION}:${ACCOUNT}:key/${id}`,
    KeyManager: 'CUSTOMER',
    Enabled: true,
    Policy: JSON.stringify({
      Version: '2012-10-17',
      Id: 'key-default-1',
      Statement: [
        {
          Sid: 'Enable IAM User Permissions',
          Effect: 'Allow',
          Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
          Action: 'kms:*',
          Resource: '*',
        },
        ...(distributionArn === undefined
          ? []
          : [
              {
                Sid: 'CloudFront',
                Effect: 'Allow',
                Principal: { Service: ['cloudfront.amazonaws.com'] },
                Action: ['kms:Decrypt'],
                Resource: '*',
                Condition: { StringEquals: { 'AWS:SourceArn': distributionArn } },
              },
            ]),
      ],
    }),
  };
  kmsKeys.push(key);
  return key;
}

export function encrypt({ s3 }: AccountSetup, { Arn }: KmsKey): void {
  s3.putObject(BUCKET, KEY, 'the report', { kmsKeyArn: Arn });
}

/** Has a page take the place of 403, which everybody may read. */
export function errorPage(setup: AccountSetup, code: string): void {
  setup.s3.putObject(BUCKET, 'errors/403.html', '<p>Ask us for a new link.</p>');
  addBehavior(setup, {
    PathPattern: '/errors/*',
    TrustedKeyGroups: { Enabled: false, Items: [] },
  });
  setup.distribution.DistributionConfig.CustomErrorResponses.Items = [
    {
      ErrorCode: 403,
      ResponsePagePath: '/errors/403.html',
      ResponseCode: code,
      ErrorCachingMinTTL: 10,
    },
  ];
}
