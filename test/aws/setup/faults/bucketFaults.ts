import { PutObjectAclCommand, PutPublicAccessBlockCommand } from '@aws-sdk/client-s3';
import { BUCKET, KEY } from '../accountSetup.ts';
import type { Faults } from '../fault.ts';
import { putPolicy, own, unblock } from '../spoiling.ts';

/** What lets others in to the bucket. */
export const bucketFaults = {
  unblocked: {
    name: 'Block Public Access is off',
    spoil: unblock,
    fails: ['public-access-block'],
  },
  halfBlocked: {
    name: 'Block Public Access is on by half',
    spoil: ({ owner }) =>
      owner.send(
        new PutPublicAccessBlockCommand({
          Bucket: BUCKET,
          PublicAccessBlockConfiguration: { BlockPublicAcls: true, IgnorePublicAcls: true },
        }),
      ),
    fails: ['public-access-block'],
  },
  aclsOn: {
    name: 'ACLs are on',
    spoil: (setup) => own(setup, 'ObjectWriter'),
    fails: ['acls'],
  },
  publicAcl: {
    name: 'the ACL of the object lets everybody read',
    spoil: async (setup) => {
      await unblock(setup);
      await own(setup, 'ObjectWriter');
      await setup.owner.send(
        new PutObjectAclCommand({ Bucket: BUCKET, Key: KEY, ACL: 'public-read' }),
      );
    },
    fails: ['public-access-block', 'acls'],
  },
  publicPolicy: {
    name: 'the bucket policy lets everybody read',
    spoil: async (setup) => {
      await unblock(setup);
      putPolicy(setup, {}, { Sid: 'PublicRead', Principal: '*' });
    },
    fails: ['public-access-block', 'public-policy'],
  },
  blockedPublicPolicy: {
    name: 'the bucket policy would let everybody read, were that not blocked',
    spoil: (setup) => putPolicy(setup, {}, { Sid: 'PublicRead', Principal: { AWS: '*' } }),
    fails: ['public-policy'],
  },
  referer: {
    name: 'the bucket policy trusts the referer',
    spoil: async (setup) => {
      await unblock(setup);
      putPolicy(
        setup,
        {},
        {
          Principal: '*',
          Condition: { StringLike: { 'aws:Referer': 'https://example.com/*' } },
        },
      );
    },
    fails: ['public-access-block', 'public-policy'],
  },
  everybodysCloudFront: {
    name: 'the bucket policy lets CloudFront in for everybody',
    spoil: (setup) => putPolicy(setup, { Condition: undefined }),
    fails: ['foreign-distributions'],
  },
  everyAccount: {
    name: 'the bucket policy lets CloudFront in for every account',
    spoil: (setup) =>
      putPolicy(setup, {
        Condition: { ArnLike: { 'AWS:SourceArn': 'arn:aws:cloudfront::*:distribution/*' } },
      }),
    fails: ['foreign-distributions'],
  },
  openTwin: {
    name: 'another distribution of the bucket is open',
    spoil: (setup) => {
      const { store, distribution } = setup;
      const twin = structuredClone(distribution);
      twin.Id = 'E2TWIN';
      twin.ARN = distribution.ARN.replace(distribution.Id, twin.Id);
      twin.DomainName = 'd2twin.cloudfront.net';
      twin.DistributionConfig.Aliases.Items = [];
      twin.DistributionConfig.DefaultCacheBehavior.TrustedKeyGroups = { Enabled: false, Items: [] };
      store.Distributions.push(twin);
      putPolicy(setup, {
        Condition: { StringEquals: { 'AWS:SourceArn': [distribution.ARN, twin.ARN] } },
      });
    },
    fails: ['other-distributions'],
    notes: ['other-readers'],
  },
} satisfies Faults;
