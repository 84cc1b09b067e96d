import {
  CreateBucketCommand,
  DeletePublicAccessBlockCommand,
  GetBucketAclCommand,
  GetBucketEncryptionCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetBucketWebsiteCommand,
  GetPublicAccessBlockCommand,
  PutBucketAclCommand,
  PutObjectAclCommand,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { refusal, sendSigned } from './s3Clients.ts';
import {
  A_TXT,
  ADA,
  ALL_BLOCKED,
  BOB,
  CLOUDFRONT,
  DISTRIBUTION,
  FILES,
  filesPolicy,
  NONE_BLOCKED,
  type S3Stage,
  startS3Stage,
} from './s3Stage.ts';

let stage: S3Stage;
beforeEach(async () => {
  stage = await startS3Stage();
});
afterEach(() => stage.close());

describe('a new bucket', () => {
  it('is closed in every way that S3 has', async () => {
    await stage.owner.send(new CreateBucketCommand({ Bucket: 'fresh' }));
    for (const Bucket of ['fresh', 'files']) {
      const blocked = await stage.owner.send(new GetPublicAccessBlockCommand({ Bucket }));
      expect(blocked.PublicAccessBlockConfiguration).toEqual(ALL_BLOCKED);
      const owned = await stage.owner.send(new GetBucketOwnershipControlsCommand({ Bucket }));
      expect(owned.OwnershipControls?.Rules).toEqual([{ ObjectOwnership: 'BucketOwnerEnforced' }]);
      const encrypted = await stage.owner.send(new GetBucketEncryptionCommand({ Bucket }));
      expect(encrypted.ServerSideEncryptionConfiguration?.Rules).toMatchObject([
        { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } },
      ]);
      const { Grants } = await stage.owner.send(new GetBucketAclCommand({ Bucket }));
      expect(Grants?.map(({ Permission }) => Permission)).toEqual(['FULL_CONTROL']);
      for (const [request, code] of [
        [stage.owner.send(new GetBucketPolicyCommand({ Bucket })), 'NoSuchBucketPolicy'],
        [stage.owner.send(new GetBucketPolicyStatusCommand({ Bucket })), 'NoSuchBucketPolicy'],
        [stage.owner.send(new GetBucketWebsiteCommand({ Bucket })), 'NoSuchWebsiteConfiguration'],
      ] as const) {
        expect(await refusal(request)).toEqual([code, 404]);
      }
    }
    expect(await stage.readers()).toEqual(['ada']);
  });

  it('may be made with ACLs on, but not public', async () => {
    const create = (Bucket: string, settings: object) =>
      stage.owner.send(new CreateBucketCommand({ Bucket, ...settings }));
    await create('writers', { ObjectOwnership: 'ObjectWriter' });
    const owned = await stage.owner.send(
      new GetBucketOwnershipControlsCommand({ Bucket: 'writers' }),
    );
    expect(owned.OwnershipControls?.Rules).toEqual([{ ObjectOwnership: 'ObjectWriter' }]);
    await create('private', { ACL: 'private' });
    expect(await refusal(create('enforced', { ACL: 'public-read' }))).toEqual([
      'InvalidBucketAclWithObjectOwnership',
      400,
    ]);
    const open = { ObjectOwnership: 'ObjectWriter', ACL: 'public-read' };
    expect(await refusal(create('open', open))).toEqual([
      'InvalidBucketAclWithBlockPublicAccessError',
      400,
    ]);
  });
});

describe('Block Public Access', () => {
  it('is put, read and taken away', async () => {
    const read = () => stage.owner.send(new GetPublicAccessBlockCommand(FILES));
    await stage.block({ IgnorePublicAcls: true });
    expect((await read()).PublicAccessBlockConfiguration).toEqual({
      ...NONE_BLOCKED,
      IgnorePublicAcls: true,
    });
    await stage.owner.send(new DeletePublicAccessBlockCommand(FILES));
    expect(await refusal(read())).toEqual(['NoSuchPublicAccessBlockConfiguration', 404]);
  });

  it('refuses a public policy, and that alone, where BlockPublicPolicy is on', async () => {
    await stage.block({ ...ALL_BLOCKED, BlockPublicPolicy: false });
    await stage.putPolicy(filesPolicy({}));
    await stage.block({ BlockPublicPolicy: true });
    expect(await refusal(stage.putPolicy(filesPolicy({})))).toEqual(['AccessDenied', 403]);
    await expect(stage.putPolicy(filesPolicy({}))).rejects.toThrow('BlockPublicPolicy');
    const service = { Principal: { Service: CLOUDFRONT.service } };
    await stage.putPolicy(filesPolicy(service));
    expect(await stage.readers()).toEqual(['ada', 'cloudfront']);
  });

  it('leaves a public policy in force that was there before BlockPublicPolicy', async () => {
    await stage.unblock();
    await stage.putPolicy(filesPolicy({}));
    await stage.block({ BlockPublicPolicy: true });
    expect(await stage.readers()).toEqual(['nobody', 'ada', 'bob', 'cloudfront', 'identity']);
  });

  it('cuts the public and other accounts off where RestrictPublicBuckets is on', async () => {
    await stage.unblock();
    const statements = [
      { Principal: { AWS: `arn:aws:iam::${BOB.account}:user/bob` } },
      { Principal: { Service: CLOUDFRONT.service } },
    ];
    await stage.putPolicy(filesPolicy({ Resource: 'arn:aws:s3:::files/a*' }, ...statements));
    expect(await stage.readers()).toEqual(['nobody', 'ada', 'bob', 'cloudfront', 'identity']);
    await stage.block({ RestrictPublicBuckets: true });
    expect(await stage.readers()).toEqual(['ada', 'cloudfront']);
    // Without the public statement the policy is not public, and its other account not cut off.
    await stage.putPolicy(filesPolicy(...statements));
    expect(await stage.readers()).toEqual(['ada', 'bob', 'cloudfront']);
  });

  it('refuses public ACLs where BlockPublicAcls is on', async () => {
    await stage.own('ObjectWriter');
    await stage.block({ BlockPublicAcls: true });
    const attempts = [
      () => stage.put('b.txt', { ACL: 'public-read' }),
      () => stage.owner.send(new PutObjectAclCommand({ ...A_TXT, ACL: 'authenticated-read' })),
      () => stage.owner.send(new PutBucketAclCommand({ ...FILES, ACL: 'public-read-write' })),
    ];
    for (const attempt of attempts) {
      expect(await refusal(attempt())).toEqual(['AccessDenied', 403]);
    }
    await stage.put('b.txt', { ACL: 'private' });
    await stage.unblock();
    for (const attempt of attempts) await attempt();
  });

  it('has public ACLs open nothing where IgnorePublicAcls is on', async () => {
    await stage.own('ObjectWriter');
    await stage.unblock();
    await stage.owner.send(new PutObjectAclCommand({ ...A_TXT, ACL: 'public-read' }));
    expect(await stage.readers()).toContain('nobody');
    await stage.block({ IgnorePublicAcls: true });
    expect(await stage.readers()).toEqual(['ada']);
  });

  it.each([
    'no XML',
    '<OtherConfiguration/>',
    '<PublicAccessBlockConfiguration><BlockPublicAcls>yes</BlockPublicAcls></PublicAccessBlockConfiguration>',
  ])('is refused where it cannot be read: %s', async (body) => {
    const { endpoint, region } = stage.s3;
    const answer = await sendSigned(
      { endpoint, region, ...ADA },
      { method: 'PUT', path: '/files', query: { publicAccessBlock: '' }, body },
    );
    expect([answer.status, answer.code]).toEqual([400, 'MalformedXML']);
  });
});

const FIXED = { StringEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d' } };

describe('policy status', () => {
  it.each([
    ['everybody', {}, true],
    ['everybody, the long way', { Principal: { AWS: '*' } }, true],
    ['everybody among others', { Principal: { AWS: [BOB.account, '*'] } }, true],
    ['everybody, denied', { Effect: 'Deny' }, false],
    ['an account', { Principal: { AWS: BOB.account } }, false],
    ['a service for anybody', { Principal: { Service: CLOUDFRONT.service } }, false],
    ['a canonical user', { Principal: { CanonicalUser: 'abc' } }, false],
    ['one VPC endpoint', { Condition: FIXED }, false],
    ['any VPC endpoint', { Condition: { StringLike: { 'aws:SourceVpce': 'vpce-*' } } }, true],
    ['an organization', { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } }, false],
    [
      'not an organization',
      { Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' } } },
      true,
    ],
    ['one distribution', { Condition: { ArnEquals: { 'AWS:SourceArn': DISTRIBUTION } } }, false],
    ['if there is a VPC', { Condition: { StringEqualsIfExists: { 'aws:SourceVpce': 'v' } } }, true],
    ['addresses', { Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } }, false],
    ['an address', { Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.7' } } }, false],
    ['half of all addresses', { Condition: { IpAddress: { 'aws:SourceIp': '0.0.0.0/1' } } }, true],
    ['IPv6 addresses', { Condition: { IpAddress: { 'aws:SourceIp': '2001:db8::/32' } } }, false],
    ['much of IPv6', { Condition: { IpAddress: { 'aws:SourceIp': '2001::/16' } } }, true],
    ['TLS', { Condition: { Bool: { 'aws:SecureTransport': 'true' } } }, true],
    ['a referer', { Condition: { StringEquals: { 'aws:Referer': 'https://example.org' } } }, true],
    [
      'a VPC, over TLS',
      { Condition: { ...FIXED, Bool: { 'aws:SecureTransport': 'true' } } },
      false,
    ],
  ])('of a policy for %s', async (_name, statement, isPublic) => {
    stage.s3.putBucketPolicy('files', filesPolicy(statement));
    const { PolicyStatus } = await stage.owner.send(new GetBucketPolicyStatusCommand(FILES));
    expect(PolicyStatus?.IsPublic).toBe(isPublic);
    // What is public is what is blocked.
    const put = await stage.putPolicy(filesPolicy(statement)).then(
      () => 'put',
      (error: unknown) => (error instanceof Error ? error.name : error),
    );
    expect(put).toBe(isPublic ? 'AccessDenied' : 'put');
  });

  it('is public where one statement of several is', async () => {
    stage.s3.putBucketPolicy('files', filesPolicy({ Condition: FIXED }, {}));
    const { PolicyStatus } = await stage.owner.send(new GetBucketPolicyStatusCommand(FILES));
    expect(PolicyStatus?.IsPublic).toBe(true);
  });
});
