import { isPositive, type Condition } from './condition.ts';
import type { PolicyDocument, Statement } from './policyDocument.ts';
import { isOpen } from '../../wildcards.ts';

/**
 * The condition keys whose fixed values make a statement for everybody one for somebody.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 */
const NARROWING_KEYS: readonly string[] = [
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:sourceip',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
  'aws:sourceowner',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:userid',
  's3:dataaccesspointaccount',
  's3:dataaccesspointarn',
  's3:x-amz-server-side-encryption-aws-kms-key-id',
];

/** The statements that make a bucket policy public, as S3 has it. */
export function publicStatements(policy: PolicyDocument): readonly Statement[] {
  return policy.statements.filter(isPublic);
}

/** Whether a statement allows something to everybody, with no condition that narrows it. */
export function isPublic({ effect, principals, conditions }: Statement): boolean {
  const toEverybody =
    principals.negated || principals.listed.some(({ kind }) => kind === 'everybody');
  return effect === 'Allow' && toEverybody && !conditions.some(narrows);
}

function narrows(condition: Condition): boolean {
  const { key, values } = condition;
  return (
    NARROWING_KEYS.includes(key) &&
    isPositive(condition) &&
    values.length > 0 &&
    values.every((value) => isFixed(key, value))
  );
}

function isFixed(key: string, value: string): boolean {
  switch (key) {
    case 'aws:sourceip':
      return isNarrowRange(value);
    case 'aws:userid':
      // Every session of one role.
      return !isOpen(value.replace(/^ARO[A-Z0-9]+:\*$/, ''));
    case 's3:dataaccesspointarn':
      return /^arn:[a-z-]+:s3:[a-z0-9-]*:\d{12}:/.test(value);
    default:
      return !isOpen(value);
  }
}

/** Ranges wider than `/8`, in IPv6 than `/32`, are as good as everybody. */
function isNarrowRange(range: string): boolean {
  const length = /\/(\d+)$/.exec(range)?.[1];
  return length === undefined ? !isOpen(range) : Number(length) >= (range.includes(':') ? 32 : 8);
}
