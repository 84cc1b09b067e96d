import type { Change, DistributionEdit } from '../../../src/core/setup/change.ts';

/** What a bucket policy of AWS's documentation is. */
export const POLICY = {
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'AllowCloudFrontServicePrincipalReadOnly',
      Effect: 'Allow',
      Principal: { Service: 'cloudfront.amazonaws.com' },
      Action: 's3:GetObject',
      Resource: 'arn:aws:s3:::files/*',
      Condition: {
        StringEquals: {
          'AWS:SourceArn': 'arn:aws:cloudfront::111122223333:distribution/E2EXAMPLE',
        },
      },
    },
  ],
};

/** Every edit that there is, of the default behavior and of another one. */
export const EDITS: readonly DistributionEdit[] = [
  { kind: 'enable' },
  { kind: 'ipv6-off' },
  { kind: 'add-alias', alias: 'files.example.com' },
  { kind: 'trust-key-groups', pathPattern: undefined, keyGroupIds: ['group-1', 'group-2'] },
  {
    kind: 'trust-new-key-group',
    pathPattern: '/videos/*',
    name: 'signers',
    publicKeyIds: ['K1', 'K2'],
  },
  { kind: 'https', pathPattern: undefined },
  { kind: 'https', pathPattern: '/videos/*' },
  { kind: 'read-only', pathPattern: undefined },
  { kind: 'read-only', pathPattern: '/videos/*' },
  { kind: 'target-origin', pathPattern: '/videos/*', originId: 'videos' },
  { kind: 'attach-access-control', originId: 'files', accessControlId: undefined },
  { kind: 'attach-access-control', originId: 'videos', accessControlId: 'E3CONTROL' },
  {
    kind: 'origin-domain',
    originId: 'videos',
    domainName: 'videos.s3.eu-west-1.amazonaws.com',
  },
  { kind: 'forward-query', pathPattern: undefined },
  { kind: 'forward-query', pathPattern: '/videos/*' },
];

/** A change of each kind, and of a distribution one of all edits and one of each. */
export const CHANGES: readonly Change[] = [
  { kind: 'public-access-block', bucket: 'files' },
  { kind: 'ownership', bucket: 'files' },
  { kind: 'bucket-policy', bucket: 'files', policy: POLICY },
  { kind: 'key-policy', keyId: 'a1b2', region: 'eu-west-1', policy: POLICY },
  { kind: 're-encrypt', bucket: 'files', key: 'a.txt' },
  { kind: 'restore-object', bucket: 'files', key: 'a.txt' },
  { kind: 'origin-access-control', id: 'E3CONTROL', name: 'files' },
  { kind: 'key-group', id: 'group-1', name: 'signers', publicKeyIds: ['K1', 'K2'] },
  { kind: 'distribution', distributionId: 'E2EXAMPLE', edits: EDITS },
  ...EDITS.map((edit): Change => ({
    kind: 'distribution',
    distributionId: 'E2EXAMPLE',
    edits: [edit],
  })),
];
