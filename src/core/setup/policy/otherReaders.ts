import { accountOfArn, coversAction } from './access.ts';
import { cloudFrontScope, scopeOf } from './cloudFrontScope.ts';
import { isPositive, type Condition } from './condition.ts';
import type { PolicyDocument, Statement } from './policyDocument.ts';
import { CLOUDFRONT, type Principal } from './principal.ts';
import { isPublic } from './publicStatement.ts';

/** Somebody whom a bucket policy lets read beside the distribution in question. */
export interface OtherReader {
  readonly statement: Statement;
  /** Who it is, such as `account 444455556666`. */
  readonly who: string;
}

/** Whom a policy has to do with: what does not count as others. */
export interface Insiders {
  /** The account that owns the bucket; undefined where it is not known. */
  readonly account: string | undefined;
  /** The ARNs of distributions that are meant to read. */
  readonly distributionArns: readonly string[];
  /** The origin access identities that are meant to. */
  readonly identityIds: readonly string[];
}

/**
 * Who may read a bucket beside its owner and those who are meant to, and is named: the public, and
 * CloudFront for everybody's distributions, are not among them.
 */
export function otherReaders(policy: PolicyDocument, insiders: Insiders): readonly OtherReader[] {
  return policy.statements
    .filter((statement) => statement.effect === 'Allow' && lets(statement) && !isPublic(statement))
    .flatMap((statement) =>
      readersOf(statement, insiders).map((who): OtherReader => ({ statement, who })),
    );
}

function lets({ actions }: Statement): boolean {
  return ['s3:getobject', 's3:getobjectversion'].some(
    (action) => coversAction(actions, action) !== 'no',
  );
}

function readersOf(statement: Statement, insiders: Insiders): readonly string[] {
  const { principals, conditions } = statement;
  return principals.listed.flatMap((principal): readonly string[] =>
    principal.kind === 'service' && principal.service === CLOUDFRONT
      ? throughCloudFront(statement, insiders)
      : named(principal, conditions, insiders),
  );
}

function throughCloudFront(
  statement: Statement,
  { account, distributionArns }: Insiders,
): readonly string[] {
  const scope = cloudFrontScope(statement);
  if (scope?.kind === 'distributions') {
    return scope.arns
      .filter((arn) => !distributionArns.includes(arn))
      .map((arn) => `distribution ${arn.split('/').at(-1)} of account ${accountOfArn(arn)}`);
  }
  if (scope?.kind === 'accounts') {
    return scope.accounts.map((one) =>
      one === account
        ? `every distribution of this account, ${one}`
        : `every distribution of account ${one}`,
    );
  }
  return scope?.kind === 'organization'
    ? scope.ids.map((id) => `every distribution of organization ${id}`)
    : [];
}

function named(
  principal: Principal,
  conditions: readonly Condition[],
  insiders: Insiders,
): readonly string[] {
  const { account, identityIds } = insiders;
  if (principal.kind === 'everybody') {
    if (isAmongInsiders(conditions, insiders)) return [];
    const by = conditions.map(({ keyName, values }) => `${keyName} ${values.join(', ')}`);
    return [`everybody with ${by.join(' and ')}`];
  }
  const isInsider =
    ('account' in principal && principal.account === account) ||
    (principal.kind === 'origin-access-identity' && identityIds.includes(principal.id));
  return isInsider ? [] : [nameOf(principal)];
}

/** A principal in words. */
function nameOf(principal: Exclude<Principal, { readonly kind: 'everybody' }>): string {
  if (principal.kind === 'account') return `account ${principal.account}`;
  if (principal.kind === 'identity') return principal.arn;
  if (principal.kind === 'service') return `the service ${principal.service}`;
  if (principal.kind === 'origin-access-identity') {
    return `origin access identity ${principal.id}`;
  }
  return principal.kind === 'canonical-user'
    ? `the account or identity with the canonical ID ${principal.id}`
    : principal.name;
}

/** Whether conditions narrow everybody to those who are meant to read. */
function isAmongInsiders(
  conditions: readonly Condition[],
  { account, distributionArns }: Insiders,
): boolean {
  const scope = scopeOf(conditions);
  return (
    (scope.kind === 'distributions' && scope.arns.every((arn) => distributionArns.includes(arn))) ||
    conditions.some(
      (condition) =>
        condition.key === 'aws:principalaccount' &&
        isPositive(condition) &&
        condition.values.every((value) => value === account),
    )
  );
}
