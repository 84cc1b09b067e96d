import { parseIpRange } from './ipRange.ts';
import type { Condition } from './policyConditions.ts';
import type { PolicyDocument } from './policyDocument.ts';

/** Condition keys that make a statement for everybody one for somebody, where their value is fixed. */
const NARROWING_KEYS = [
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalorgid',
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:sourceip',
  'aws:sourceowner',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:userid',
  's3:dataaccesspointaccount',
  's3:dataaccesspointarn',
  's3:x-amz-server-side-encryption-aws-kms-key-id',
];

/** Operators that hold for nothing but what they name: neither negated ones nor any `IfExists`. */
const NARROWING_OPERATORS =
  /^(?:StringEquals|StringEqualsIgnoreCase|StringLike|ArnEquals|ArnLike|IpAddress)$/;

/**
 * Whether S3 calls a bucket policy public: an Allow for everybody that no condition narrows to
 * fixed values.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 */
export function isPublicPolicy(policy: PolicyDocument | undefined): boolean {
  return (policy?.statements ?? []).some(
    ({ effect, principal, conditions }) =>
      effect === 'Allow' && principal.everybody && !conditions.some(narrows),
  );
}

function narrows({ operator, key, expected }: Condition): boolean {
  return (
    NARROWING_OPERATORS.test(operator) &&
    NARROWING_KEYS.includes(key) &&
    expected.every((value) => (key === 'aws:sourceip' ? isNarrow(value) : !/[*?]/.test(value)))
  );
}

/** A range wider than `/8`, in IPv6 than `/32`, is as good as everybody. */
function isNarrow(text: string): boolean {
  const range = parseIpRange(text);
  return range !== undefined && range.bits >= (range.family === 'ipv4' ? 8 : 32);
}
