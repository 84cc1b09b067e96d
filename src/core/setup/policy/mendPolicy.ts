import { isJsonObject, type JsonObject } from '../../json.ts';
import { applies, type AccessRequest } from './access.ts';
import { cloudFrontScope } from './cloudFrontScope.ts';
import { isPositive, readConditions } from './condition.ts';
import { readStatement, type PolicyDocument } from './policyDocument.ts';
import { CLOUDFRONT, readPrincipal, type Principal } from './principal.ts';
import { isPublic } from './publicStatement.ts';
import { textsOf } from './texts.ts';

/** What a policy is to be like when it is mended. */
export interface PolicyGoal {
  /** Whether what it allows to everybody is taken out. */
  readonly closed: boolean;
  /** What has to be allowed, and by which statement where none allows it; undefined for nothing. */
  readonly allow: { readonly request: AccessRequest; readonly statement: JsonObject } | undefined;
  /** The ARNs of the distributions that CloudFront may read for, where it may for everybody's now. */
  readonly distributionArns: readonly string[];
}

/**
 * The policy that has what it had, and what the goal asks for: a statement is taken out or narrowed
 * only as far as it lets in everybody, or CloudFront for everybody, or denies what is to be allowed.
 * What is mended already comes out as it went in.
 *
 * @param policy undefined where there is none yet
 */
export function mendPolicy(policy: PolicyDocument | undefined, goal: PolicyGoal): JsonObject {
  const { closed, allow, distributionArns } = goal;
  const old = policy?.statements.map(({ json }) => json) ?? [];
  const kept = old
    .flatMap((json) => (closed ? withoutEverybody(json) : [json]))
    .flatMap((json) => narrowedTo(distributionArns, json))
    .map((json) => (allow === undefined ? json : withException(allow.request, json)));
  const statements =
    allow === undefined || kept.some((json) => allows(json, allow.request))
      ? kept
      : [...kept, withOwnSid(allow.statement, kept)];
  const isSame =
    statements.length === old.length && statements.every((json, index) => json === old[index]);
  if (policy !== undefined && isSame) return policy.json;
  return { ...(policy?.json ?? { Version: '2012-10-17' }), Statement: statements };
}

function allows(json: JsonObject, request: AccessRequest): boolean {
  const statement = readStatement(json);
  return statement?.effect === 'Allow' && applies(statement, request) === 'yes';
}

/** A public statement for those alone whom it names; nothing where it names nobody. */
function withoutEverybody(json: JsonObject): readonly JsonObject[] {
  const statement = readStatement(json);
  if (statement === undefined || !isPublic(statement)) return [json];
  return statement.principals.negated
    ? []
    : withPrincipals(json, (principal) => principal.kind !== 'everybody');
}

/**
 * A statement that lets CloudFront in for everybody's distributions, for the given ones alone. What
 * it says of others than CloudFront goes into a statement of its own.
 */
function narrowedTo(distributionArns: readonly string[], json: JsonObject): readonly JsonObject[] {
  const statement = readStatement(json);
  const isWide = statement !== undefined && cloudFrontScope(statement)?.kind === 'anybody';
  if (!isWide || distributionArns.length === 0) return [json];
  const others = withPrincipals(json, (principal) => !isCloudFront(principal));
  const narrowed = {
    ...json,
    Principal: { Service: CLOUDFRONT },
    Condition: withTest(withoutWideSources(json['Condition']), 'StringEquals', distributionArns),
  };
  return [...others, others.length === 0 ? narrowed : withOwnSid(narrowed, others)];
}

function isCloudFront(principal: Principal): boolean {
  return principal.kind === 'service' && principal.service === CLOUDFRONT;
}

/** A statement with those of its principals alone that are kept; nothing where none is. */
function withPrincipals(
  json: JsonObject,
  isKept: (principal: Principal) => boolean,
): readonly JsonObject[] {
  const element = json['Principal'];
  if (!isJsonObject(element)) return [];
  const kept = Object.entries(element).flatMap(([type, names]) => {
    const rest = textsOf(names).filter((name) => isKept(readPrincipal(type, name)));
    return rest.length === 0 ? [] : [[type, Array.isArray(names) ? rest : rest[0]] as const];
  });
  return kept.length === 0 ? [] : [{ ...json, Principal: Object.fromEntries(kept) }];
}

/** A Condition without the tests of `aws:SourceArn` and `aws:SourceAccount` that narrow nothing. */
function withoutWideSources(condition: unknown): JsonObject {
  const wide = readConditions(condition).filter(
    (one) => isPositive(one) && /^aws:source(?:arn|account)$/.test(one.key),
  );
  return Object.fromEntries(
    Object.entries(isJsonObject(condition) ? condition : {}).flatMap(([operator, tests]) => {
      const kept = Object.entries(isJsonObject(tests) ? tests : {}).filter(
        ([keyName]) => !wide.some((one) => one.operator === operator && one.keyName === keyName),
      );
      return kept.length === 0 ? [] : [[operator, Object.fromEntries(kept)]];
    }),
  );
}

/** A Condition with a test of `AWS:SourceArn` in addition. */
function withTest(condition: JsonObject, operator: string, arns: readonly string[]): JsonObject {
  const tests = condition[operator];
  return {
    ...condition,
    [operator]: {
      ...(isJsonObject(tests) ? tests : {}),
      'AWS:SourceArn': arns.length === 1 ? arns[0] : arns,
    },
  };
}

/** A statement that denies a distribution what is to be allowed, with an exception for it. */
function withException(request: AccessRequest, json: JsonObject): JsonObject {
  const statement = readStatement(json);
  const arn = request.context('aws:sourcearn');
  const denies = statement?.effect === 'Deny' && applies(statement, request) === 'yes';
  if (!denies || typeof arn !== 'string') return json;
  const condition = isJsonObject(json['Condition']) ? json['Condition'] : {};
  const others = statement.conditions.find(
    ({ operator, key }) => key === 'aws:sourcearn' && /^(?:String|Arn)Not/i.test(operator),
  );
  if (others === undefined) {
    return { ...json, Condition: withTest(condition, 'StringNotEquals', [arn]) };
  }
  const { operator, keyName, values } = others;
  const tests = condition[operator];
  const extended = { ...(isJsonObject(tests) ? tests : {}), [keyName]: [...values, arn] };
  return { ...json, Condition: { ...condition, [operator]: extended } };
}

/** A statement whose Sid none of the others has. */
function withOwnSid(json: JsonObject, others: readonly JsonObject[]): JsonObject {
  const { Sid: sid } = json;
  if (typeof sid !== 'string') return json;
  const taken = others.map((other) => other['Sid']);
  let own = sid;
  for (let number = 2; taken.includes(own); number++) own = `${sid}${number}`;
  return { ...json, Sid: own };
}
