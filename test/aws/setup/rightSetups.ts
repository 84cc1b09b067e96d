import type { Distribution } from '../../../dev/edge/distributionStore.ts';
import { type AccountSetup, BUCKET, KEY, present } from './accountSetup.ts';
import {
  ACCOUNT,
  addBehavior,
  encrypt,
  errorPage,
  mapping,
  newKmsKey,
  own,
  putPolicy,
  useIdentity,
} from './spoiling.ts';

/** A set-up that works and keeps the bucket closed, though it is not the plainest one. */
export interface RightSetup {
  /** To be read behind "the set-up". */
  readonly name: string;
  readonly arrange: (setup: AccountSetup) => unknown;
  /** The checks that are noted beside those of the plainest set-up. */
  readonly notes?: readonly string[];
  /** Of those, the ones that hold once their mend is carried out. */
  readonly mended?: readonly string[];
}

export const RIGHT_SETUPS: readonly RightSetup[] = [
  { name: 'as AWS recommends it', arrange: () => undefined },
  {
    name: 'with an odd key',
    arrange: ({ s3, computer }) => {
      computer.key = 'ü/日本 (1)+#?%20*/’.txt';
      s3.putObject(BUCKET, computer.key, 'odd');
    },
  },
  {
    name: 'with an origin path',
    arrange: (setup) => {
      setup.origin.OriginPath = '/private';
      putPolicy(setup, { Resource: `arn:aws:s3:::${BUCKET}/private/*` });
    },
  },
  {
    name: 'that the settings describe',
    arrange: (setup) => void (setup.computer.mapping = mapping(setup)),
  },
  {
    name: 'with an open behavior for other paths',
    arrange: (setup) =>
      addBehavior(setup, {
        PathPattern: 'public/*',
        TrustedKeyGroups: { Enabled: false, Items: [] },
      }),
  },
  {
    name: 'whose statement is written in other forms',
    arrange: (setup) =>
      putPolicy(setup, {
        Principal: { Service: ['cloudfront.amazonaws.com'] },
        Action: ['s3:Get*'],
        Resource: [`arn:aws:s3:::${BUCKET}/private/*`],
        Condition: { ArnEquals: { 'aws:sourcearn': [setup.distribution.ARN] } },
      }),
  },
  {
    name: 'that denies who is neither the distribution nor of the account',
    arrange: (setup) =>
      putPolicy(
        setup,
        {},
        {
          Sid: 'NobodyElse',
          Effect: 'Deny',
          Principal: '*',
          Condition: {
            StringNotEquals: {
              'AWS:SourceArn': setup.distribution.ARN,
              'aws:PrincipalAccount': ACCOUNT,
            },
          },
        },
      ),
  },
  {
    name: 'with a KMS key that lets the distribution in',
    arrange: (setup) => encrypt(setup, newKmsKey(setup, setup.distribution.ARN)),
  },
  {
    name: 'with an archived object whose copy is restored',
    arrange: ({ s3 }) =>
      s3.putObject(BUCKET, KEY, 'the report', {
        storageClass: 'GLACIER',
        restore: { kind: 'done', until: new Date(Date.now() + 86_400_000) },
      }),
  },
  {
    name: 'that also lists',
    arrange: (setup) => {
      const condition = { StringEquals: { 'AWS:SourceArn': setup.distribution.ARN } };
      putPolicy(
        setup,
        {},
        {
          Sid: 'List',
          Action: 's3:ListBucket',
          Resource: `arn:aws:s3:::${BUCKET}`,
          Condition: condition,
        },
      );
    },
  },
  {
    name: 'with another distribution in front of the bucket',
    arrange: (setup) => {
      const { store, distribution } = setup;
      const other: Distribution = structuredClone(distribution);
      other.Id = 'E2OTHER';
      other.ARN = `arn:aws:cloudfront::${ACCOUNT}:distribution/E2OTHER`;
      other.DomainName = 'd2other.cloudfront.net';
      other.DistributionConfig.Aliases.Items = [];
      store.Distributions.unshift(other);
      putPolicy(setup, {
        Condition: { StringEquals: { 'AWS:SourceArn': [distribution.ARN, other.ARN] } },
      });
    },
    notes: ['other-readers'],
  },
  {
    name: 'with a legacy origin access identity',
    arrange: (setup) => {
      useIdentity(setup.origin);
      putPolicy(setup, {
        Principal: {
          AWS: 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E5LEGACY',
        },
        Condition: undefined,
      });
    },
    notes: ['access-control'],
    mended: ['access-control'],
  },
  {
    name: 'whose origin names no region',
    arrange: ({ origin }) => void (origin.DomainName = `${BUCKET}.s3.amazonaws.com`),
    notes: ['origin-endpoint'],
  },
  {
    name: 'whose origin access control leaves viewers their own signature',
    arrange: ({ store }) => {
      present(store.OriginAccessControls[0]).OriginAccessControlConfig.SigningBehavior =
        'no-override';
    },
    notes: ['access-control-signs'],
    mended: ['access-control-signs'],
  },
  {
    name: 'that takes all methods',
    arrange: ({ behavior }) => {
      const all = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'POST', 'PATCH', 'DELETE'] as const;
      behavior.AllowedMethods.Items = [...all];
    },
    notes: ['methods'],
    mended: ['methods'],
  },
  {
    name: 'that answers by IPv6',
    arrange: ({ distribution }) => void (distribution.DistributionConfig.IsIPV6Enabled = true),
    notes: ['ipv6'],
    mended: ['ipv6'],
  },
  {
    name: 'whose bucket prefers to own what is uploaded',
    arrange: (setup) => own(setup, 'BucketOwnerPreferred'),
    notes: ['acls'],
    mended: ['acls'],
  },
  {
    name: 'that lets another account read',
    arrange: (setup) =>
      putPolicy(
        setup,
        {},
        { Sid: 'Partner', Principal: { AWS: 'arn:aws:iam::444455556666:root' } },
      ),
    notes: ['other-readers'],
  },
  {
    name: 'that lets every distribution of the account in',
    arrange: (setup) =>
      putPolicy(setup, { Condition: { StringEquals: { 'AWS:SourceAccount': ACCOUNT } } }),
    notes: ['other-readers'],
  },
  {
    name: 'whose KMS key lets CloudFront in for everybody',
    arrange: (setup) => {
      const key = newKmsKey(setup, setup.distribution.ARN);
      const { Statement, ...rest } = JSON.parse(key.Policy);
      delete Statement[1].Condition;
      key.Policy = JSON.stringify({ ...rest, Statement });
      encrypt(setup, key);
    },
    notes: ['encryption'],
    mended: ['encryption'],
  },
  {
    name: 'with a function',
    arrange: ({ behavior }) => {
      behavior.FunctionAssociations.Items = [
        {
          FunctionARN: `arn:aws:cloudfront::${ACCOUNT}:function/rewrite`,
          EventType: 'viewer-request',
        },
      ];
    },
    notes: ['functions'],
  },
  {
    name: 'with a firewall and a country that let this computer in',
    arrange: ({ distribution: { DistributionConfig: config } }) => {
      config.WebACLId = `arn:aws:wafv2:us-east-1:${ACCOUNT}:global/webacl/mild/1a2b`;
      config.Restrictions.GeoRestriction = { RestrictionType: 'blacklist', Items: ['AQ'] };
    },
    notes: ['firewall', 'countries'],
  },
  {
    name: 'with a page of its own for 403',
    arrange: (setup) => errorPage(setup, '403'),
    notes: ['error-pages'],
  },
  {
    name: 'with a page of its own that says 200 for 403',
    arrange: (setup) => errorPage(setup, '200'),
    notes: ['error-pages', 'unsigned-refused'],
  },
  {
    name: 'whose last change is still under way',
    arrange: ({ distribution }) => void (distribution.Status = 'InProgress'),
    notes: ['deployed'],
  },
];
