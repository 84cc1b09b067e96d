import { malformed } from './policyJson.ts';
import { parsePolicyDocument, type PolicyDocument } from './policyDocument.ts';
import { matchesWildcards } from './wildcards.ts';

/**
 * Reads the policy of a bucket.
 *
 * @throws S3Error `MalformedPolicy` for what is no policy, or speaks of anything but this bucket
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html
 */
export function parseBucketPolicy(text: string, bucket: string): PolicyDocument {
  const policy = parsePolicyDocument(text);
  const arn = `arn:aws:s3:::${bucket}`;
  const resources = policy.statements.flatMap((statement) => statement.resources.patterns);
  if (!resources.every((one) => matchesWildcards(one.split('/')[0] ?? '', arn))) {
    throw malformed('Policy has invalid resource');
  }
  return policy;
}
