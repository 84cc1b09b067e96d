import { GetObjectAclCommand } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { refusal } from './s3Clients.ts';
import {
  BOB,
  CLOUDFRONT,
  DISTRIBUTION,
  FILES,
  filesPolicy,
  IDENTITY,
  type S3Stage,
  startS3Stage,
} from './s3Stage.ts';

let stage: S3Stage;
beforeEach(async () => {
  stage = await startS3Stage();
});
afterEach(() => stage.close());

const condition = (Condition: object) => ({ Condition });

describe('the elements of a policy', () => {
  it.each([
    ['an origin access identity', { Principal: { AWS: IDENTITY } }, ['identity']],
    ['another identity', { Principal: { AWS: `${IDENTITY}X` } }, []],
    ['an account', { Principal: { AWS: `arn:aws:iam::${BOB.account}:root` } }, ['bob']],
    ['a user', { Principal: { AWS: `arn:aws:iam::${BOB.account}:user/bob` } }, ['bob']],
    ['a user of another name', { Principal: { AWS: `arn:aws:iam::${BOB.account}:user/rob` } }, []],
    ['a service', { Principal: { Service: [CLOUDFRONT.service] } }, ['cloudfront']],
    ['another service', { Principal: { Service: 'logging.s3.amazonaws.com' } }, []],
    ['NotAction', { NotAction: 's3:Put*' }, ['nobody', 'bob', 'cloudfront', 'identity']],
    ['NotAction, hit', { NotAction: 's3:Get*' }, []],
    [
      'NotResource',
      { NotResource: 'arn:aws:s3:::files/b*' },
      ['nobody', 'bob', 'cloudfront', 'identity'],
    ],
    ['NotResource, hit', { NotResource: 'arn:aws:s3:::files/a*' }, []],
    [
      'an organization',
      condition({ StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorgid' } }),
      ['bob'],
    ],
    ['another organization', condition({ StringEquals: { 'aws:PrincipalOrgID': 'o-other' } }), []],
    [
      'an account by condition',
      condition({ StringEquals: { 'aws:PrincipalAccount': BOB.account } }),
      ['bob'],
    ],
    ['a user by condition', condition({ ArnLike: { 'aws:PrincipalArn': '*:user/bob' } }), ['bob']],
    [
      'any case',
      condition({ StringEqualsIgnoreCase: { 'aws:PrincipalOrgID': 'O-ExampleOrgId' } }),
      ['bob'],
    ],
    [
      'a distribution',
      condition({ StringEquals: { 'AWS:SourceArn': DISTRIBUTION } }),
      ['cloudfront'],
    ],
    [
      'the account of a distribution',
      condition({ StringEquals: { 'aws:SourceAccount': '111122223333' } }),
      ['cloudfront'],
    ],
    ['AWS’s services', condition({ Bool: { 'aws:PrincipalIsAWSService': true } }), ['cloudfront']],
    [
      'nothing to act for',
      condition({ Null: { 'aws:SourceArn': 'true' } }),
      ['nobody', 'bob', 'identity'],
    ],
    ['something to act for', condition({ Null: { 'aws:SourceArn': 'false' } }), ['cloudfront']],
    [
      'a distribution, if any',
      condition({ StringEqualsIfExists: { 'AWS:SourceArn': 'other' } }),
      ['nobody', 'bob', 'identity'],
    ],
    ['a VPC endpoint', condition({ StringEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d' } }), []],
    [
      'an address',
      condition({ IpAddress: { 'aws:SourceIp': '127.0.0.0/8' } }),
      ['nobody', 'bob', 'cloudfront', 'identity'],
    ],
    [
      'another address',
      condition({ IpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '::/0'] } }),
      [],
    ],
    ['any other address', condition({ NotIpAddress: { 'aws:SourceIp': '127.0.0.1' } }), []],
    [
      'numbers below',
      condition({ NumericLessThan: { 'aws:PrincipalAccount': 444455556667 } }),
      ['bob'],
    ],
    [
      'numbers not below',
      condition({ NumericLessThan: { 'aws:PrincipalAccount': 444455556666 } }),
      [],
    ],
    [
      'numbers up to',
      condition({ NumericLessThanEquals: { 'aws:PrincipalAccount': '444455556666' } }),
      ['bob'],
    ],
    [
      'numbers above',
      condition({ NumericGreaterThan: { 'aws:PrincipalAccount': '444455556665' } }),
      ['bob'],
    ],
    [
      'numbers from',
      condition({ NumericGreaterThanEquals: { 'aws:PrincipalAccount': '444455556667' } }),
      [],
    ],
    [
      'a number',
      condition({ NumericEquals: { 'aws:PrincipalAccount': '444455556666.0' } }),
      ['bob'],
    ],
    [
      'another number',
      condition({ NumericNotEquals: { 'aws:PrincipalAccount': '444455556666' } }),
      ['nobody', 'cloudfront', 'identity'],
    ],
    [
      'not TLS',
      condition({ Bool: { 'aws:SecureTransport': 'false' } }),
      ['nobody', 'bob', 'cloudfront', 'identity'],
    ],
    ['TLS', condition({ Bool: { 'aws:SecureTransport': 'true' } }), []],
  ])('%s', async (_name, statement, others) => {
    await stage.unblock();
    await stage.putPolicy(filesPolicy(statement));
    expect((await stage.readers()).filter((reader) => reader !== 'ada')).toEqual(others);
  });

  it('name by their canonical IDs whom ACLs name so', async () => {
    await stage.own('ObjectWriter');
    await stage.putPolicy(filesPolicy({ Principal: { AWS: BOB.account }, Action: 's3:PutObject' }));
    await stage.putAs(BOB, 'bobs.txt');
    const acl = new GetObjectAclCommand({ ...FILES, Key: 'bobs.txt' });
    const { Owner } = await stage.clientOf(BOB).send(acl);
    await stage.putPolicy(filesPolicy({ Principal: { CanonicalUser: Owner?.ID } }));
    expect(await stage.readers()).toEqual(['ada', 'bob']);
  });

  it('deny CloudFront too what they deny everybody who comes from elsewhere', async () => {
    const s3 = await startS3Stage({
      clientAddress: (address, identity) =>
        identity?.kind === 'service' ? '198.51.100.9' : address,
    });
    const elsewhere = { NotIpAddress: { 'aws:SourceIp': '127.0.0.1/32' } };
    const policy = filesPolicy(
      { Principal: { Service: CLOUDFRONT.service } },
      { Effect: 'Deny', Condition: elsewhere },
    );
    s3.s3.putBucketPolicy('files', policy);
    expect(await s3.readers()).toEqual(['ada']);
    const butServices = { ...elsewhere, Bool: { 'aws:PrincipalIsAWSService': 'false' } };
    s3.s3.putBucketPolicy(
      'files',
      filesPolicy(
        { Principal: { Service: CLOUDFRONT.service } },
        { Effect: 'Deny', Condition: butServices },
      ),
    );
    expect(await s3.readers()).toEqual(['ada', 'cloudfront']);
    await s3.close();
  });

  it('may take the server for one that speaks TLS', async () => {
    const secure = await startS3Stage({ secureTransport: true });
    const insecure = { Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } };
    for (const [one, readers] of [
      [secure, ['ada']],
      [stage, []],
    ] as const) {
      one.s3.putBucketPolicy('files', filesPolicy(insecure));
      expect(await one.readers()).toEqual(readers);
    }
    await secure.close();
  });

  it.each([
    ['NotPrincipal', { NotPrincipal: '*' }],
    ['a federated principal', { Principal: { Federated: 'accounts.example.org' } }],
    ['no principal', { Principal: {} }],
    ['both Action and NotAction', { Action: 's3:*', NotAction: 's3:Put*' }],
    ['no bucket of this name', { Resource: 'arn:aws:s3:::other/*' }],
    ['no address', condition({ IpAddress: { 'aws:SourceIp': '300.0.0.1' } })],
    [
      'an address with too many bits',
      condition({ NotIpAddress: { 'aws:SourceIp': '10.0.0.0/33' } }),
    ],
    ['Null, if it exists', condition({ NullIfExists: { 'aws:SourceIp': 'true' } })],
    ['a variable', { Resource: 'arn:aws:s3:::files/${aws:username}/*' }],
  ])('are refused where they are not understood: %s', async (_name, statement) => {
    await stage.unblock();
    expect(await refusal(stage.putPolicy(filesPolicy(statement)))).toEqual([
      'MalformedPolicy',
      400,
    ]);
  });
});
