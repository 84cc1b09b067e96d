import { partsOf, type AccessRequest } from './access.ts';
import { takesWildcards } from './condition.ts';
import { scopeOf } from './cloudFrontScope.ts';
import type { PolicyDocument, Statement } from './policyDocument.ts';

/**
 * What keeps the statements that are for somebody from allowing a request, in sentences: for what
 * else each of them is.
 */
export function nearMisses(policy: PolicyDocument, request: AccessRequest): readonly string[] {
  const own = policy.statements.filter(
    (statement) => statement.effect === 'Allow' && isFor(statement, request),
  );
  if (own.length > 0) return own.map((statement) => missOf(statement, request));
  const { principal } = request;
  const name =
    principal.kind === 'service'
      ? principal.service
      : principal.kind === 'origin-access-identity'
        ? `origin access identity ${principal.id}`
        : 'it';
  const old = policy.statements
    .flatMap(({ principals }) => principals.listed)
    .find(({ kind }) => kind === 'origin-access-identity');
  return [
    `None names ${name}.`,
    ...(old?.kind === 'origin-access-identity' && principal.kind === 'service'
      ? [`One names origin access identity ${old.id}, which the origin does not have.`]
      : []),
  ];
}

function isFor(statement: Statement, request: AccessRequest): boolean {
  const isForEverybody = statement.principals.listed.some(({ kind }) => kind === 'everybody');
  return !isForEverybody && partsOf(statement, request).principal === 'yes';
}

function missOf(statement: Statement, request: AccessRequest): string {
  const { name, actions, resources, conditions } = statement;
  const parts = partsOf(statement, request);
  if (parts.action === 'no') {
    return `Statement ${name} allows ${actions.negated ? 'all but ' : ''}${actions.patterns.join(', ')} alone.`;
  }
  if (parts.resource === 'no') {
    const bucketAlone = resources.patterns.find((pattern) =>
      request.resource.startsWith(`${pattern}/`),
    );
    return bucketAlone === undefined
      ? `Statement ${name} covers ${resources.negated ? 'all but ' : ''}${resources.patterns.join(', ')} alone.`
      : `Statement ${name} covers ${bucketAlone} itself and not what is in it: “/*” is missing at its end.`;
  }
  const literal = conditions.find(
    (condition) =>
      !takesWildcards(condition) &&
      /^String/i.test(condition.operator) &&
      condition.values.some((value) => value.includes('*')),
  );
  if (literal !== undefined) {
    return `Statement ${name} has an asterisk in ${literal.operator}, where it stands for itself; in ArnLike it is a wildcard.`;
  }
  const scope = scopeOf(conditions);
  if (scope.kind === 'distributions') {
    return `Statement ${name} is for ${scope.arns.join(', ')} alone.`;
  }
  return scope.kind === 'accounts'
    ? `Statement ${name} is for account ${scope.accounts.join(', ')} alone.`
    : `Statement ${name} has conditions that are not met (${conditions.map(({ keyName }) => keyName).join(', ')}).`;
}
