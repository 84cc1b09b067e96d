import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cloudFrontScope } from '../../../../../src/core/setup/policy/cloudFrontScope.ts';
import { otherReaders } from '../../../../../src/core/setup/policy/otherReaders.ts';
import { publicStatements } from '../../../../../src/core/setup/policy/publicStatement.ts';
import { fitsWildcards } from '../../../../../src/core/wildcards.ts';
import {
  cloudFrontStatement,
  DISTRIBUTION,
  IDENTITY,
  OTHER_DISTRIBUTION,
  policyOf,
  STRANGERS,
} from './bucket.ts';

function read(changes: object = {}) {
  return cloudFrontStatement({ Sid: 'Read', Principal: '*', Condition: undefined, ...changes });
}

function condition(operator: string, key: string, value: unknown) {
  return { Condition: { [operator]: { [key]: value } } };
}

describe('a public statement', () => {
  it.each<[string, object]>([
    ['for everybody', {}],
    ['for everybody of AWS', { Principal: { AWS: '*' } }],
    ['for everybody among others', { Principal: { AWS: ['111122223333', '*'] } }],
    ['for all but one', { Principal: undefined, NotPrincipal: { AWS: '111122223333' } }],
    ['that writes', { Action: 's3:PutObject' }],
    ['with a referer', condition('StringLike', 'aws:Referer', 'https://example.com/*')],
    ['over TLS', condition('Bool', 'aws:SecureTransport', 'true')],
    ['from half the world', condition('IpAddress', 'aws:SourceIp', '0.0.0.0/1')],
    ['from half of IPv6', condition('IpAddress', 'aws:SourceIp', '::/1')],
    [
      'from a network and the world',
      condition('IpAddress', 'aws:SourceIp', ['10.0.0.0/8', '0.0.0.0/0']),
    ],
    ['from outside a network', condition('NotIpAddress', 'aws:SourceIp', '10.0.0.0/8')],
    ['for any account', condition('StringLike', 'aws:PrincipalAccount', '*')],
    ['for all but an organization', condition('StringNotEquals', 'aws:PrincipalOrgID', 'o-1')],
    [
      'where an organization is told',
      condition('StringEqualsIfExists', 'aws:PrincipalOrgID', 'o-1'),
    ],
    [
      'for whoever a variable says',
      condition('StringEquals', 'aws:PrincipalOrgID', '${aws:PrincipalOrgID}'),
    ],
  ])('is one %s', (_name, changes) => {
    expect(publicStatements(policyOf(read(changes)))).toHaveLength(1);
  });

  it.each<[string, object]>([
    ['for a service', { Principal: { Service: 'cloudfront.amazonaws.com' } }],
    ['for an account', { Principal: { AWS: '444455556666' } }],
    ['that denies', { Effect: 'Deny' }],
    ['from a network', condition('IpAddress', 'aws:SourceIp', '203.0.113.0/24')],
    ['from an address', condition('IpAddress', 'aws:SourceIp', '203.0.113.9')],
    ['from a network of IPv6', condition('IpAddress', 'aws:SourceIp', '2001:db8::/32')],
    ['from a VPC', condition('StringEquals', 'aws:SourceVpce', ['vpce-1', 'vpce-2'])],
    ['for an organization', condition('StringEquals', 'aws:PrincipalOrgID', 'o-1')],
    ['for the sessions of a role', condition('StringLike', 'aws:userid', 'AROAEXAMPLE:*')],
    [
      'for an access point',
      condition(
        'ArnLike',
        's3:DataAccessPointArn',
        'arn:aws:s3:eu-west-1:111122223333:accesspoint/*',
      ),
    ],
    ['for a distribution', condition('StringEquals', 'AWS:SourceArn', DISTRIBUTION)],
  ])('is none %s', (_name, changes) => {
    expect(publicStatements(policyOf(read(changes)))).toEqual([]);
  });
});

describe('a statement for CloudFront', () => {
  it.each<[string, object, unknown]>([
    ['of one distribution', {}, { kind: 'distributions', arns: [DISTRIBUTION] }],
    ['of everybody', { Condition: undefined }, { kind: 'anybody' }],
    [
      'of everybody by an asterisk',
      condition('ArnLike', 'AWS:SourceArn', '*'),
      { kind: 'anybody' },
    ],
    [
      'of every account',
      condition('ArnLike', 'AWS:SourceArn', 'arn:aws:cloudfront::*:distribution/*'),
      { kind: 'anybody' },
    ],
    [
      'of every account by ArnEquals',
      condition('ArnEquals', 'AWS:SourceArn', 'arn:aws:cloudfront::*:distribution/*'),
      { kind: 'anybody' },
    ],
    [
      'of everybody where it is told',
      condition('StringEqualsIfExists', 'AWS:SourceArn', DISTRIBUTION),
      { kind: 'anybody' },
    ],
    [
      'of all but one',
      condition('StringNotEquals', 'AWS:SourceArn', OTHER_DISTRIBUTION),
      { kind: 'anybody' },
    ],
    ['over TLS', condition('Bool', 'aws:SecureTransport', 'true'), { kind: 'anybody' }],
    [
      'of an account',
      condition('StringEquals', 'aws:SourceAccount', '111122223333'),
      { kind: 'accounts', accounts: ['111122223333'] },
    ],
    [
      'of an account by its ARNs',
      condition('ArnLike', 'AWS:SourceArn', 'arn:aws:cloudfront::111122223333:distribution/*'),
      { kind: 'accounts', accounts: ['111122223333'] },
    ],
    [
      'of an organization',
      condition('StringEquals', 'aws:SourceOrgID', 'o-1'),
      { kind: 'organization', ids: ['o-1'] },
    ],
    [
      'by an asterisk that is none',
      condition('StringEquals', 'AWS:SourceArn', 'arn:aws:cloudfront::*:distribution/*'),
      { kind: 'distributions', arns: ['arn:aws:cloudfront::*:distribution/*'] },
    ],
    [
      'by the narrower of two',
      {
        Condition: {
          StringEquals: { 'AWS:SourceArn': DISTRIBUTION },
          StringLike: { 'aws:SourceAccount': '*' },
        },
      },
      { kind: 'distributions', arns: [DISTRIBUTION] },
    ],
  ])('is as wide as it says: %s', (_name, changes, scope) => {
    const [statement] = policyOf(cloudFrontStatement(changes)).statements;
    expect(statement && cloudFrontScope(statement)).toEqual(scope);
  });

  it.each<[string, object]>([
    ['another service', { Principal: { Service: 'logging.s3.amazonaws.com' } }],
    ['everybody', { Principal: '*' }],
    ['a denial', { Effect: 'Deny' }],
  ])('is not %s', (_name, changes) => {
    const [statement] = policyOf(cloudFrontStatement(changes)).statements;
    expect(statement && cloudFrontScope(statement)).toBeUndefined();
  });
});

describe('others who read', () => {
  const insiders = {
    account: '111122223333',
    distributionArns: [DISTRIBUTION],
    identityIds: ['E5IDENTITY'],
  };
  it.each<[string, object, readonly string[]]>([
    ['not the distribution', cloudFrontStatement(), []],
    [
      'another distribution of the account',
      cloudFrontStatement(
        condition('StringEquals', 'AWS:SourceArn', [DISTRIBUTION, OTHER_DISTRIBUTION]),
      ),
      ['distribution E2OTHER of account 111122223333'],
    ],
    [
      'one of another account',
      cloudFrontStatement(condition('ArnEquals', 'AWS:SourceArn', STRANGERS)),
      ['distribution E9STRANGER of account 999988887777'],
    ],
    [
      'all of the account',
      cloudFrontStatement(condition('StringEquals', 'AWS:SourceAccount', '111122223333')),
      ['every distribution of this account, 111122223333'],
    ],
    [
      'all of an organization',
      cloudFrontStatement(condition('StringEquals', 'AWS:SourceOrgID', 'o-1')),
      ['every distribution of organization o-1'],
    ],
    ['not those of everybody, which is worse', cloudFrontStatement({ Condition: undefined }), []],
    ['not the public, which is worse', read(), []],
    [
      'a network',
      read(condition('IpAddress', 'aws:SourceIp', '203.0.113.0/24')),
      ['everybody with aws:SourceIp 203.0.113.0/24'],
    ],
    [
      'not everybody who is the distribution',
      read(condition('StringEquals', 'AWS:SourceArn', DISTRIBUTION)),
      [],
    ],
    [
      'not everybody of the account',
      read(condition('StringEquals', 'aws:PrincipalAccount', '111122223333')),
      [],
    ],
    ['another account', read({ Principal: { AWS: '444455556666' } }), ['account 444455556666']],
    [
      'its root',
      read({ Principal: { AWS: 'arn:aws:iam::444455556666:root' } }),
      ['account 444455556666'],
    ],
    [
      'a role of another account',
      read({ Principal: { AWS: ['arn:aws:iam::444455556666:role/reader'] } }),
      ['arn:aws:iam::444455556666:role/reader'],
    ],
    [
      'not a user of the account',
      read({ Principal: { AWS: 'arn:aws:iam::111122223333:user/ada' } }),
      [],
    ],
    [
      'another service',
      read({ Principal: { Service: 'config.amazonaws.com' } }),
      ['the service config.amazonaws.com'],
    ],
    ['not the identity in use', read({ Principal: { AWS: IDENTITY } }), []],
    [
      'another identity',
      read({ Principal: { AWS: `${IDENTITY}2` } }),
      ['origin access identity E5IDENTITY2'],
    ],
    [
      'a canonical ID',
      read({ Principal: { CanonicalUser: 'abc' } }),
      ['the account or identity with the canonical ID abc'],
    ],
    [
      'whoever reads by a wildcard',
      read({ Principal: { AWS: '444455556666' }, Action: '*' }),
      ['account 444455556666'],
    ],
    [
      'nobody who writes alone',
      read({ Principal: { AWS: '444455556666' }, Action: 's3:PutObject' }),
      [],
    ],
    ['nobody who is denied', read({ Principal: { AWS: '444455556666' }, Effect: 'Deny' }), []],
  ])('are %s', (_name, statement, who) => {
    expect(otherReaders(policyOf(statement), insiders).map((one) => one.who)).toEqual(who);
  });
});

describe('a pattern of a policy', () => {
  it('fits as its regular expression does', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '/', '.'), maxLength: 12 });
    const pattern = fc.string({
      unit: fc.constantFrom('a', 'b', '/', '.', '*', '?'),
      maxLength: 8,
    });
    fc.assert(
      fc.property(pattern, text, (wild, plain) => {
        const source = wild.replaceAll('.', '\\.').replaceAll('*', '.*').replaceAll('?', '.');
        expect(fitsWildcards(wild, plain)).toBe(new RegExp(`^${source}$`).test(plain));
      }),
      { numRuns: 5000 },
    );
  });

  it('takes no longer for many asterisks', () => {
    expect(fitsWildcards(`${'*a'.repeat(200)}b`, 'a'.repeat(2000))).toBe(false);
  });
});
