import { describe, expect, it } from 'vitest';
import { cloudFrontRequest } from '../../../../../src/core/setup/policy/access.ts';
import { nearMisses } from '../../../../../src/core/setup/policy/nearMisses.ts';
import {
  cloudFrontStatement,
  DISTRIBUTION,
  IDENTITY,
  OBJECT,
  OTHER_DISTRIBUTION,
  policyOf,
} from './bucket.ts';

const REQUEST = cloudFrontRequest(
  { kind: 'distribution', arn: DISTRIBUTION },
  's3:GetObject',
  OBJECT,
);

function missesOf(...statements: readonly object[]): readonly string[] {
  return nearMisses(policyOf(...statements), REQUEST);
}

describe('a statement that nearly lets a distribution in', () => {
  it.each<[string, object, RegExp]>([
    ['another action', { Action: ['s3:ListBucket'] }, /allows s3:ListBucket alone/],
    ['all actions but this', { Action: undefined, NotAction: 's3:Get*' }, /all but s3:Get\* alone/],
    [
      'another folder',
      { Resource: 'arn:aws:s3:::files/x/*' },
      /covers arn:aws:s3:::files\/x\/\* alone/,
    ],
    ['the bucket itself', { Resource: 'arn:aws:s3:::files' }, /“\/\*” is missing at its end/],
    [
      'another distribution',
      { Condition: { StringEquals: { 'AWS:SourceArn': OTHER_DISTRIBUTION } } },
      /is for arn:aws:cloudfront::111122223333:distribution\/E2OTHER alone/,
    ],
    [
      'another account',
      { Condition: { StringEquals: { 'AWS:SourceAccount': '444455556666' } } },
      /is for account 444455556666 alone/,
    ],
    [
      'an asterisk that is none',
      { Condition: { StringEquals: { 'AWS:SourceArn': `${DISTRIBUTION}*` } } },
      /an asterisk in StringEquals, where it stands for itself/,
    ],
    [
      'another condition',
      { Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1' } } },
      /conditions that are not met \(aws:SourceVpce\)/,
    ],
  ])('is told apart by %s', (_name, changes, says) => {
    const statement = cloudFrontStatement({ Sid: 'Nearly', ...changes });
    expect(missesOf(statement)).toEqual([expect.stringMatching(says)]);
    expect(missesOf(statement)[0]).toMatch(/^Statement “Nearly” .*\.$/);
  });
});

describe('a policy without such a statement', () => {
  it('says so, whatever it says of everybody', () => {
    const open = cloudFrontStatement({ Principal: '*', Action: 's3:PutObject' });
    expect(missesOf(open)).toEqual(['None names cloudfront.amazonaws.com.']);
    expect(missesOf(cloudFrontStatement({ Effect: 'Deny' }))).toEqual([
      'None names cloudfront.amazonaws.com.',
    ]);
  });

  it('names the identity that it is for instead', () => {
    expect(missesOf(cloudFrontStatement({ Principal: { AWS: IDENTITY } }))).toEqual([
      'None names cloudfront.amazonaws.com.',
      'One names origin access identity E5IDENTITY, which the origin does not have.',
    ]);
  });
});
