import { PutBucketWebsiteCommand } from '@aws-sdk/client-s3';
import { awsManagedKey } from '../../../../dev/s3/kmsKeys.ts';
import { BUCKET, present, REGION } from '../accountSetup.ts';
import type { Faults } from '../fault.ts';
import {
  putPolicy,
  unblock,
  makeCustom,
  useIdentity,
  newKmsKey,
  encrypt,
  ACCOUNT,
  FOREIGN_ARN,
} from '../spoiling.ts';

/** What is wrong between CloudFront and S3. */
export const originFaults = {
  website: {
    name: 'the origin is a website endpoint, and the bucket is open for it',
    spoil: async (setup) => {
      const { origin } = setup;
      origin.DomainName = `${BUCKET}.s3-website.${REGION}.amazonaws.com`;
      makeCustom(origin);
      await unblock(setup);
      putPolicy(setup, { Sid: 'Website', Principal: '*', Condition: undefined });
      await setup.owner.send(
        new PutBucketWebsiteCommand({
          Bucket: BUCKET,
          WebsiteConfiguration: { IndexDocument: { Suffix: 'index.html' } },
        }),
      );
    },
    fails: ['origin-endpoint', 'public-access-block', 'public-policy'],
  },
  otherRegion: {
    name: 'the origin is in another region than the bucket',
    spoil: ({ origin }) => void (origin.DomainName = `${BUCKET}.s3.us-west-2.amazonaws.com`),
    fails: ['origin-endpoint'],
  },
  customOrigin: {
    name: 'the bucket is set up as a custom origin',
    spoil: ({ origin }) => makeCustom(origin),
    fails: ['origin-endpoint'],
  },
  noAccessControl: {
    name: 'the origin has no origin access control',
    spoil: ({ origin }) => void (origin.OriginAccessControlId = ''),
    fails: ['access-control'],
  },
  absentAccessControl: {
    name: 'the origin access control does not exist',
    spoil: ({ store }) => void (store.OriginAccessControls.length = 0),
    fails: ['access-control'],
  },
  neverSigns: {
    name: 'the origin access control never signs',
    spoil: ({ store }) => {
      present(store.OriginAccessControls[0]).OriginAccessControlConfig.SigningBehavior = 'never';
    },
    fails: ['access-control-signs'],
  },
  otherOriginType: {
    name: 'the origin access control is for another kind of origin',
    spoil: ({ store }) => {
      const control = present(store.OriginAccessControls[0]);
      control.OriginAccessControlConfig.OriginAccessControlOriginType = 'mediastore';
    },
    fails: ['access-control-signs'],
  },
  noPolicy: {
    name: 'the bucket has no policy',
    spoil: ({ s3 }) => s3.putBucketPolicy(BUCKET, undefined),
    fails: ['bucket-policy'],
  },
  otherDistribution: {
    name: 'the bucket policy is for another distribution',
    spoil: (setup) =>
      putPolicy(setup, { Condition: { StringEquals: { 'AWS:SourceArn': FOREIGN_ARN } } }),
    fails: ['bucket-policy'],
    notes: ['other-readers'],
  },
  literalAsterisk: {
    name: 'the bucket policy has an asterisk that is none',
    spoil: (setup) =>
      putPolicy(setup, {
        Condition: {
          StringEquals: { 'AWS:SourceArn': `arn:aws:cloudfront::${ACCOUNT}:distribution/*` },
        },
      }),
    fails: ['bucket-policy'],
    notes: ['other-readers'],
  },
  otherFolder: {
    name: 'the bucket policy is for another folder',
    spoil: (setup) => putPolicy(setup, { Resource: `arn:aws:s3:::${BUCKET}/public/*` }),
    fails: ['bucket-policy'],
  },
  bucketAlone: {
    name: 'the bucket policy is for the bucket and not for what is in it',
    spoil: (setup) => putPolicy(setup, { Resource: `arn:aws:s3:::${BUCKET}` }),
    fails: ['bucket-policy'],
  },
  listAlone: {
    name: 'the bucket policy allows to list alone',
    spoil: (setup) =>
      putPolicy(setup, { Action: 's3:ListBucket', Resource: `arn:aws:s3:::${BUCKET}` }),
    fails: ['bucket-policy'],
  },
  denied: {
    name: 'the bucket policy denies whoever is not of the account or its VPC',
    spoil: (setup) =>
      putPolicy(
        setup,
        {},
        {
          Sid: 'OnlyFromVpc',
          Effect: 'Deny',
          Principal: '*',
          Condition: {
            StringNotEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d', 'aws:PrincipalAccount': ACCOUNT },
          },
        },
      ),
    fails: ['bucket-policy'],
  },
  strangeIdentity: {
    name: 'the origin has a legacy identity that the bucket policy does not know',
    spoil: ({ origin }) => useIdentity(origin),
    fails: ['bucket-policy'],
    notes: ['access-control'],
  },
  keyPolicy: {
    name: 'the policy of the KMS key does not let CloudFront in',
    spoil: (setup) => encrypt(setup, newKmsKey(setup)),
    fails: ['encryption'],
  },
  keyPolicyOfOther: {
    name: 'the policy of the KMS key is for another distribution',
    spoil: (setup) => encrypt(setup, newKmsKey(setup, FOREIGN_ARN)),
    fails: ['encryption'],
  },
  awsManagedKey: {
    name: 'the object is encrypted with the key that AWS manages',
    spoil: (setup) => encrypt(setup, awsManagedKey(setup.kmsKeys, REGION)),
    fails: ['encryption'],
  },
  disabledKey: {
    name: 'the KMS key is disabled',
    spoil: (setup) => {
      const key = newKmsKey(setup, setup.distribution.ARN);
      key.Enabled = false;
      encrypt(setup, key);
    },
    fails: ['encryption'],
    byHand: ({ kmsKeys }) => void (present(kmsKeys[0]).Enabled = true),
  },
  identityWithKms: {
    name: 'the origin has a legacy identity, and the object is encrypted with KMS',
    spoil: (setup) => {
      useIdentity(setup.origin);
      putPolicy(setup, {
        Principal: {
          AWS: 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E5LEGACY',
        },
        Condition: undefined,
      });
      encrypt(setup, newKmsKey(setup, setup.distribution.ARN));
    },
    fails: ['access-control'],
  },
} satisfies Faults;
