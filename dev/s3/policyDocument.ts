import { type Condition, parseConditions } from './policyConditions.ts';
import { malformed, record, strings } from './policyJson.ts';
import {
  includesPrincipal,
  parsePrincipal,
  type Principal,
  type PrincipalElement,
} from './policyPrincipal.ts';
import { S3Error } from './s3Error.ts';
import { matchesWildcards } from './wildcards.ts';

/** A policy of a resource, parsed. Everything that it holds is understood: what is not is refused. */
export interface PolicyDocument {
  readonly text: string;
  readonly statements: readonly Statement[];
}

/** One statement of a policy. */
export interface Statement {
  readonly effect: 'Allow' | 'Deny';
  readonly principal: PrincipalElement;
  readonly actions: Patterns;
  readonly resources: Patterns;
  readonly conditions: readonly Condition[];
}

/** What an element such as Action covers or, written as NotAction, what it does not. */
interface Patterns {
  readonly patterns: readonly string[];
  readonly negated: boolean;
}

/** What a policy is asked about. */
export interface PolicyQuestion {
  readonly principal: Principal;
  /** Such as `s3:GetObject`. */
  readonly action: string;
  /** The ARN of a bucket, an object or a key. */
  readonly resource: string;
  /** Condition keys in lower case, such as `aws:sourcearn`. */
  readonly context: ReadonlyMap<string, string>;
}

/** What a policy says of a request: an explicit word, or nothing. */
export type PolicyVerdict = 'allow' | 'deny' | 'silent';

/**
 * Evaluates a policy; a Deny outdoes every Allow.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function evaluatePolicy(
  policy: PolicyDocument | undefined,
  question: PolicyQuestion,
): PolicyVerdict {
  const effects = (policy?.statements ?? [])
    .filter((statement) => applies(statement, question))
    .map(({ effect }) => effect);
  if (effects.includes('Deny')) return 'deny';
  return effects.includes('Allow') ? 'allow' : 'silent';
}

function applies(statement: Statement, { principal, action, resource, context }: PolicyQuestion) {
  return (
    includesPrincipal(statement.principal, principal) &&
    // Actions are case-insensitive, resources are not.
    covers(statement.actions, action, (one) => one.toLowerCase()) &&
    covers(statement.resources, resource, (one) => one) &&
    statement.conditions.every(({ holds, key }) => holds(context.get(key)))
  );
}

function covers(
  { patterns, negated }: Patterns,
  text: string,
  fold: (text: string) => string,
): boolean {
  return patterns.some((one) => matchesWildcards(fold(one), fold(text))) !== negated;
}

/**
 * Reads a policy document.
 *
 * @throws S3Error `MalformedPolicy` for what is no policy, or holds an element, a variable or a
 * condition operator that is not understood
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
 */
export function parsePolicyDocument(text: string): PolicyDocument {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw new S3Error('MalformedPolicy');
  }
  const { Statement: statements } = record(document, 'Policy');
  if (statements === undefined) throw malformed('Missing required field Statement');
  if (text.includes('${')) throw malformed('Policy variables are not implemented');
  const list: readonly unknown[] = Array.isArray(statements) ? statements : [statements];
  return { text, statements: list.map(parseStatement) };
}

const ELEMENTS = [
  'Sid',
  'Effect',
  'Principal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
];

function parseStatement(value: unknown): Statement {
  const statement = record(value, 'Statement');
  const unknown = Object.keys(statement).find((name) => !ELEMENTS.includes(name));
  if (unknown !== undefined) throw malformed(`Unknown field ${unknown}`);
  const { Effect: effect } = statement;
  if (effect !== 'Allow' && effect !== 'Deny') throw malformed('Invalid effect');
  return {
    effect,
    principal: parsePrincipal(statement['Principal']),
    actions: parsePatterns(statement, 'Action'),
    resources: parsePatterns(statement, 'Resource'),
    conditions: parseConditions(statement['Condition']),
  };
}

function parsePatterns(statement: Readonly<Record<string, unknown>>, name: string): Patterns {
  const { [name]: plain, [`Not${name}`]: not } = statement;
  if ((plain === undefined) === (not === undefined))
    throw malformed(`Missing required field ${name}`);
  return { patterns: strings(plain ?? not, name), negated: plain === undefined };
}
