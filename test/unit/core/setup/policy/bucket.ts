import {
  parsePolicy,
  type PolicyDocument,
} from '../../../../../src/core/setup/policy/policyDocument.ts';

export const DISTRIBUTION = 'arn:aws:cloudfront::111122223333:distribution/E1EXAMPLE';
export const OTHER_DISTRIBUTION = 'arn:aws:cloudfront::111122223333:distribution/E2OTHER';
export const STRANGERS = 'arn:aws:cloudfront::999988887777:distribution/E9STRANGER';
export const OBJECT = 'arn:aws:s3:::files/private/a.txt';
export const IDENTITY = 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E5IDENTITY';

/** The statement that AWS documents, unless it says else. */
export function cloudFrontStatement(changes: object = {}): Record<string, unknown> {
  return {
    Sid: 'AllowCloudFrontServicePrincipalReadOnly',
    Effect: 'Allow',
    Principal: { Service: 'cloudfront.amazonaws.com' },
    Action: 's3:GetObject',
    Resource: 'arn:aws:s3:::files/*',
    Condition: { StringEquals: { 'AWS:SourceArn': DISTRIBUTION } },
    ...changes,
  };
}

/** A policy of statements, read. */
export function policyOf(...statements: readonly object[]): PolicyDocument {
  const policy = parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: statements }));
  if (policy.kind !== 'ok') throw new Error(policy.problem.code);
  return policy.value;
}
