import { describe, expect, it } from 'vitest';
import {
  accessTo,
  cloudFrontRequest,
  type Reader,
} from '../../../../../src/core/setup/policy/access.ts';
import { parsePolicy } from '../../../../../src/core/setup/policy/policyDocument.ts';
import {
  cloudFrontStatement,
  DISTRIBUTION,
  IDENTITY,
  OBJECT,
  OTHER_DISTRIBUTION,
  policyOf,
} from './bucket.ts';

const OURS: Reader = { kind: 'distribution', arn: DISTRIBUTION };

/** What a policy says to CloudFront that reads the object. */
function verdict(statements: readonly object[], reader: Reader = OURS, resource = OBJECT) {
  return accessTo(policyOf(...statements), cloudFrontRequest(reader, 's3:GetObject', resource))
    .kind;
}

describe('a statement that lets a distribution read', () => {
  it.each<[string, object]>([
    ['as AWS documents it', {}],
    ['with lists of one', { Action: ['s3:GetObject'], Resource: ['arn:aws:s3:::files/*'] }],
    ['whose service is in a list', { Principal: { Service: ['cloudfront.amazonaws.com'] } }],
    [
      'beside other principals',
      { Principal: { Service: ['a.amazonaws.com', 'cloudfront.amazonaws.com'] } },
    ],
    ['for everybody', { Principal: '*' }],
    ['for everybody of AWS', { Principal: { AWS: '*' } }],
    ['for all but an account', { Principal: undefined, NotPrincipal: { AWS: '444455556666' } }],
    ['by an action with a wildcard', { Action: 's3:Get*' }],
    ['by an action in other capitals', { Action: 'S3:getobject' }],
    ['by all actions but some', { Action: undefined, NotAction: ['s3:PutObject'] }],
    ['for a folder', { Resource: 'arn:aws:s3:::files/private/*' }],
    ['for the object alone', { Resource: OBJECT }],
    ['for a pattern', { Resource: 'arn:aws:s3:::f?les/*/a.txt' }],
    ['for all but another folder', { Resource: undefined, NotResource: 'arn:aws:s3:::files/x/*' }],
    ['without a condition', { Condition: undefined }],
    [
      'by a key in other capitals',
      { Condition: { StringEquals: { 'aws:sourcearn': DISTRIBUTION } } },
    ],
    [
      'in a list of ARNs',
      { Condition: { StringEquals: { 'AWS:SourceArn': [OTHER_DISTRIBUTION, DISTRIBUTION] } } },
    ],
    [
      'by StringLike',
      { Condition: { StringLike: { 'AWS:SourceArn': 'arn:aws:cloudfront::*:distribution/E1*' } } },
    ],
    [
      'by ArnLike',
      { Condition: { ArnLike: { 'AWS:SourceArn': 'arn:aws:cloudfront::111122223333:*' } } },
    ],
    [
      'by ArnEquals',
      {
        Condition: {
          ArnEquals: { 'AWS:SourceArn': 'arn:aws:cloudfront::*:distribution/E1EXAMPLE' },
        },
      },
    ],
    [
      'by StringEqualsIfExists',
      { Condition: { StringEqualsIfExists: { 'AWS:SourceArn': DISTRIBUTION } } },
    ],
    [
      'by StringEqualsIgnoreCase',
      { Condition: { StringEqualsIgnoreCase: { 'AWS:SourceArn': DISTRIBUTION.toLowerCase() } } },
    ],
    ['by its account', { Condition: { StringEquals: { 'AWS:SourceAccount': '111122223333' } } }],
    [
      'by its account, as a number',
      { Condition: { StringEquals: { 'AWS:SourceAccount': 111122223333 } } },
    ],
    [
      'by both',
      {
        Condition: {
          StringEquals: { 'AWS:SourceArn': DISTRIBUTION, 'AWS:SourceAccount': '111122223333' },
        },
      },
    ],
    [
      'by what it is not',
      { Condition: { StringNotEquals: { 'AWS:SourceArn': OTHER_DISTRIBUTION } } },
    ],
    [
      'to services alone',
      { Principal: '*', Condition: { Bool: { 'aws:PrincipalIsAWSService': 'true' } } },
    ],
    ['where there is a source', { Condition: { Null: { 'aws:SourceArn': 'false' } } }],
    [
      'where one has no VPC',
      { Condition: { StringNotEqualsIfExists: { 'aws:SourceVpc': 'vpc-1' } } },
    ],
    ['from everywhere', { Condition: { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } } }],
  ])('is one %s', (_name, changes) => {
    expect(verdict([cloudFrontStatement(changes)])).toBe('allowed');
  });

  it.each<[string, object]>([
    [
      'for another distribution',
      { Condition: { StringEquals: { 'AWS:SourceArn': OTHER_DISTRIBUTION } } },
    ],
    [
      'for an ARN in other capitals',
      { Condition: { StringEquals: { 'AWS:SourceArn': DISTRIBUTION.toLowerCase() } } },
    ],
    [
      'with an asterisk that is none',
      {
        Condition: {
          StringEquals: { 'AWS:SourceArn': 'arn:aws:cloudfront::111122223333:distribution/*' },
        },
      },
    ],
    [
      'for another account',
      { Condition: { StringEquals: { 'AWS:SourceAccount': '444455556666' } } },
    ],
    [
      'for both, of which one is wrong',
      {
        Condition: {
          StringEquals: { 'AWS:SourceArn': DISTRIBUTION, 'AWS:SourceAccount': '444455556666' },
        },
      },
    ],
    ['for another folder', { Resource: 'arn:aws:s3:::files/public/*' }],
    ['for the bucket itself', { Resource: 'arn:aws:s3:::files' }],
    ['for another bucket', { Resource: 'arn:aws:s3:::file/*' }],
    ['for a key in other capitals', { Resource: 'arn:aws:s3:::files/private/A.txt' }],
    ['for another action', { Action: 's3:ListBucket' }],
    ['for versions alone', { Action: 's3:GetObjectVersion' }],
    ['for all actions but this', { Action: undefined, NotAction: 's3:Get*' }],
    ['for another service', { Principal: { Service: 'config.amazonaws.com' } }],
    ['for an account', { Principal: { AWS: '111122223333' } }],
    [
      'for all but CloudFront',
      { Principal: undefined, NotPrincipal: { Service: 'cloudfront.amazonaws.com' } },
    ],
    ['for an origin access identity', { Principal: { AWS: IDENTITY }, Condition: undefined }],
    ['from a network', { Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }],
    ['from a VPC', { Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1' } } }],
    [
      'of an organization',
      { Principal: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } },
    ],
    ['where there is no source', { Condition: { Null: { 'aws:SourceArn': 'true' } } }],
  ])('is none %s', (_name, changes) => {
    expect(verdict([cloudFrontStatement(changes)])).toBe('silent');
  });
});

function deny(changes: object) {
  return {
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: ['arn:aws:s3:::files', 'arn:aws:s3:::files/*'],
    ...changes,
  };
}

describe('a Deny', () => {
  it.each<[string, object]>([
    ['of everything', {}],
    [
      'unless one comes from a VPC',
      { Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } } },
    ],
    [
      'unless one comes from a network',
      { Condition: { NotIpAddress: { 'aws:SourceIp': ['10.0.0.0/8'] } } },
    ],
    [
      'unless one is of the organization',
      { Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' } } },
    ],
    [
      'unless one is another distribution',
      { Condition: { StringNotEquals: { 'AWS:SourceArn': OTHER_DISTRIBUTION } } },
    ],
    ['of services', { Principal: { Service: 'cloudfront.amazonaws.com' } }],
    ['of all but an account', { Principal: undefined, NotPrincipal: { AWS: '111122223333' } }],
  ])('outdoes every Allow: %s', (_name, changes) => {
    expect(verdict([cloudFrontStatement(), deny(changes)])).toBe('denied');
  });

  it.each<[string, object]>([
    [
      'of the public, unless it is a service',
      { Condition: { Bool: { 'aws:PrincipalIsAWSService': 'false' } } },
    ],
    [
      'unless one is this distribution',
      { Condition: { ArnNotLike: { 'AWS:SourceArn': DISTRIBUTION } } },
    ],
    ['of another folder', { Resource: 'arn:aws:s3:::files/public/*' }],
    ['of writing', { Action: ['s3:Put*', 's3:Delete*'] }],
    ['of an account', { Principal: { AWS: ['444455556666'] } }],
    [
      'where there is a VPC',
      {
        Condition: {
          StringNotEqualsIfExists: { 'aws:SourceVpc': 'vpc-1' },
          Null: { 'aws:SourceVpc': 'false' },
        },
      },
    ],
  ])('is not for CloudFront: %s', (_name, changes) => {
    expect(verdict([cloudFrontStatement(), deny(changes)])).toBe('allowed');
  });

  it('that depends on TLS, which follows the viewer, is left open', () => {
    const insecure = deny({ Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
    expect(verdict([cloudFrontStatement(), insecure])).toBe('unsure');
  });
});

describe('what cannot be judged from here', () => {
  it.each<[string, object]>([
    ['a tag of the object', { StringEquals: { 's3:ExistingObjectTag/public': 'yes' } }],
    ['a time', { DateLessThan: { 'aws:CurrentTime': '2030-01-01T00:00:00Z' } }],
    ['a variable', { StringEquals: { 'AWS:SourceArn': '${aws:PrincipalTag/arn}' } }],
    ['an operator that is not known', { SomethingNew: { 'AWS:SourceArn': DISTRIBUTION } }],
  ])('is %s', (_name, condition) => {
    expect(verdict([cloudFrontStatement({ Condition: condition })])).toBe('unsure');
  });

  it('does not matter beside a plain Allow', () => {
    const tagged = cloudFrontStatement({
      Condition: { StringEquals: { 's3:ExistingObjectTag/a': 'b' } },
    });
    expect(verdict([tagged, cloudFrontStatement()])).toBe('allowed');
  });
});

describe('an origin access identity', () => {
  const reader: Reader = { kind: 'origin-access-identity', id: 'E5IDENTITY' };
  it.each<[string, object, string]>([
    ['is named by its ARN', { Principal: { AWS: IDENTITY } }, 'allowed'],
    ['is not another one', { Principal: { AWS: `${IDENTITY}X` } }, 'silent'],
    ['is not the service', {}, 'silent'],
    ['may be the one with a canonical ID', { Principal: { CanonicalUser: 'abc' } }, 'unsure'],
    ['is everybody', { Principal: '*' }, 'allowed'],
  ])('%s', (_name, changes, expected) => {
    expect(verdict([cloudFrontStatement({ Condition: undefined, ...changes })], reader)).toBe(
      expected,
    );
  });
});

describe('a request for all objects', () => {
  it('is allowed by what covers them all', () => {
    const all = 'arn:aws:s3:::files/*';
    expect(verdict([cloudFrontStatement()], OURS, all)).toBe('allowed');
    expect(verdict([cloudFrontStatement({ Resource: OBJECT })], OURS, all)).toBe('silent');
    const folder = cloudFrontStatement({ Resource: 'arn:aws:s3:::files/private/*' });
    expect(verdict([folder], OURS, all)).toBe('silent');
    expect(verdict([folder], OURS, 'arn:aws:s3:::files/private/*')).toBe('allowed');
  });
});

describe('a document', () => {
  it('may have its one statement without a list', () => {
    const policy = parsePolicy(JSON.stringify({ Statement: cloudFrontStatement() }));
    const request = cloudFrontRequest(OURS, 's3:GetObject', OBJECT);
    expect(policy.kind === 'ok' && accessTo(policy.value, request).kind).toBe('allowed');
  });

  it.each(['', 'no JSON', '[]', '{}', '{"Statement":[1]}', '{"Statement":{"Effect":"Perhaps"}}'])(
    'is none: %j',
    (text) => {
      expect(parsePolicy(text)).toEqual({
        kind: 'problem',
        problem: { code: 'policy-unreadable' },
      });
    },
  );
});
