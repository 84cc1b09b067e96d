import { isJsonObject, parseJson, type JsonObject } from '../../json.ts';
import { fail, ok, type Result } from '../../outcome.ts';
import { readConditions, type Condition } from './condition.ts';
import { readPrincipals, type PrincipalElement } from './principal.ts';
import { textsOf } from './texts.ts';

/** A policy of a bucket or of a KMS key, read. */
export interface PolicyDocument {
  /** All of it, what is not understood included: a mend loses nothing. */
  readonly json: JsonObject;
  readonly statements: readonly Statement[];
}

/** One statement of a policy. */
export interface Statement {
  readonly json: JsonObject;
  /** What to call it: its Sid in quotes, or else its place, such as `no. 2`. */
  readonly name: string;
  readonly effect: 'Allow' | 'Deny';
  readonly principals: PrincipalElement;
  readonly actions: Patterns;
  readonly resources: Patterns;
  readonly conditions: readonly Condition[];
}

/** What an element such as Action covers, or written as NotAction what it does not. */
export interface Patterns {
  readonly patterns: readonly string[];
  readonly negated: boolean;
}

/**
 * Reads a policy document as an account has it, so one that AWS took: an element of a form that is
 * not understood names nobody and nothing.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
 *
 * Errors: `policy-unreadable` where it is no JSON object with statements.
 */
export function parsePolicy(text: string): Result<PolicyDocument> {
  const json = parseJson(text);
  if (!isJsonObject(json)) return fail({ code: 'policy-unreadable' });
  const listed = json['Statement'];
  const list: readonly unknown[] = Array.isArray(listed) ? listed : [listed];
  const statements = list.map((one, index) =>
    isJsonObject(one) ? readStatement(one, index) : undefined,
  );
  return statements.every((one) => one !== undefined)
    ? ok({ json, statements })
    : fail({ code: 'policy-unreadable' });
}

/**
 * Reads one statement.
 *
 * @param index its place in the policy, from 0
 * @returns undefined where it neither allows nor denies
 */
export function readStatement(json: JsonObject, index = 0): Statement | undefined {
  const { Effect: effect, Sid: sid } = json;
  if (effect !== 'Allow' && effect !== 'Deny') return undefined;
  return {
    json,
    name: typeof sid === 'string' && sid !== '' ? `“${sid}”` : `no. ${index + 1}`,
    effect,
    principals:
      json['NotPrincipal'] === undefined
        ? { listed: readPrincipals(json['Principal']), negated: false }
        : { listed: readPrincipals(json['NotPrincipal']), negated: true },
    actions: readPatterns(json, 'Action'),
    resources: readPatterns(json, 'Resource'),
    conditions: readConditions(json['Condition']),
  };
}

function readPatterns(json: JsonObject, element: 'Action' | 'Resource'): Patterns {
  const negated = json[`Not${element}`];
  return negated === undefined
    ? { patterns: textsOf(json[element]), negated: false }
    : { patterns: textsOf(negated), negated: true };
}
