import { conditionHolds, type Answer, type Context } from './condition.ts';
import type { Patterns, PolicyDocument, Statement } from './policyDocument.ts';
import { CLOUDFRONT, type Principal, type PrincipalElement } from './principal.ts';
import { fitsWildcards } from '../../wildcards.ts';

/** What a policy is asked: whether somebody may do something. */
export interface AccessRequest {
  readonly principal: Principal;
  /** Such as `s3:GetObject`. */
  readonly action: string;
  /** An ARN. For all objects of a bucket: the one that ends in `/*`, which no lesser pattern fits. */
  readonly resource: string;
  readonly context: Context;
}

/** What a policy says to a request, and by which statement. */
export type Access =
  | { readonly kind: 'allowed'; readonly by: Statement }
  | { readonly kind: 'denied'; readonly by: readonly Statement[] }
  /** No statement speaks of it. */
  | { readonly kind: 'silent' }
  /** It depends on a condition that nobody can judge from here. */
  | { readonly kind: 'unsure'; readonly because: Statement };

/**
 * Asks a policy. A Deny outdoes every Allow.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function accessTo(policy: PolicyDocument | undefined, request: AccessRequest): Access {
  const statements = policy?.statements ?? [];
  const those = (effect: Statement['effect'], applying: Answer) =>
    statements.filter(
      (statement) => statement.effect === effect && applies(statement, request) === applying,
    );
  const denials = those('Deny', 'yes');
  if (denials.length > 0) return { kind: 'denied', by: denials };
  const [allow] = those('Allow', 'yes');
  const [unsure] = allow ? those('Deny', 'maybe') : those('Allow', 'maybe');
  if (unsure !== undefined) return { kind: 'unsure', because: unsure };
  return allow === undefined ? { kind: 'silent' } : { kind: 'allowed', by: allow };
}

/** Whether a statement speaks of a request, whatever it says. */
export function applies(statement: Statement, request: AccessRequest): Answer {
  return all(Object.values(partsOf(statement, request)));
}

/** What of a statement fits a request. */
export interface StatementFit {
  readonly principal: Answer;
  readonly action: Answer;
  readonly resource: Answer;
  readonly conditions: Answer;
}

/** How each element of a statement fits a request. */
export function partsOf(statement: Statement, request: AccessRequest): StatementFit {
  const { principals, actions, resources, conditions } = statement;
  return {
    principal: includes(principals, request.principal),
    action: coversAction(actions, request.action),
    resource: covers(resources, request.resource),
    conditions: all(conditions.map((condition) => conditionHolds(condition, request.context))),
  };
}

function all(answers: readonly Answer[]): Answer {
  if (answers.includes('no')) return 'no';
  return answers.includes('maybe') ? 'maybe' : 'yes';
}

function includes({ listed, negated }: PrincipalElement, principal: Principal): Answer {
  const answers = listed.map((one) => names(one, principal));
  const named = answers.includes('yes') ? 'yes' : answers.includes('maybe') ? 'maybe' : 'no';
  if (!negated || named === 'maybe') return named;
  return named === 'yes' ? 'no' : 'yes';
}

function names(one: Principal, asking: Principal): Answer {
  if (one.kind === 'everybody') return 'yes';
  // The ID of an origin access identity is not the one that distributions name it by.
  if (one.kind === 'canonical-user' && asking.kind === 'origin-access-identity') return 'maybe';
  const isOfAccount =
    one.kind === 'account' && asking.kind === 'identity' && asking.account === one.account;
  return isOfAccount ? 'yes' : sameAs(one, asking);
}

function sameAs(one: Principal, other: Principal): Answer {
  return JSON.stringify(one) === JSON.stringify(other) ? 'yes' : 'no';
}

/** Whether an Action element covers an action: they are case-insensitive, as ARNs are not. */
export function coversAction({ patterns, negated }: Patterns, action: string): Answer {
  const folded = patterns.map((pattern) => pattern.toLowerCase());
  return covers({ patterns: folded, negated }, action.toLowerCase());
}

function covers({ patterns, negated }: Patterns, text: string): Answer {
  const covered = patterns.some((pattern) => fitsWildcards(pattern, text));
  if (covered !== negated) return 'yes';
  return patterns.some((pattern) => pattern.includes('${')) ? 'maybe' : 'no';
}

/** Who reads for a distribution, as policies see it. */
export type Reader =
  /** CloudFront by an origin access control, on behalf of a distribution. */
  | { readonly kind: 'distribution'; readonly arn: string }
  /** CloudFront by a legacy origin access identity, on behalf of whatever distribution has it. */
  | { readonly kind: 'origin-access-identity'; readonly id: string };

/**
 * A request that CloudFront makes for a distribution. It comes from no VPC and belongs to no account
 * or organization of its own; whether it comes over TLS follows the viewer.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function cloudFrontRequest(reader: Reader, action: string, resource: string): AccessRequest {
  const told: Readonly<Record<string, string>> =
    reader.kind === 'distribution'
      ? {
          'aws:sourcearn': reader.arn,
          'aws:sourceaccount': accountOfArn(reader.arn),
          'aws:principalisawsservice': 'true',
          'aws:principalservicename': CLOUDFRONT,
          'aws:viaawsservice': 'false',
          'aws:sourceip': 'an address of CloudFront',
        }
      : { 'aws:principalisawsservice': 'false', 'aws:sourceip': 'an address of CloudFront' };
  return {
    principal:
      reader.kind === 'distribution'
        ? { kind: 'service', service: CLOUDFRONT }
        : { kind: 'origin-access-identity', id: reader.id },
    action,
    resource,
    context: (key) => told[key] ?? (NEVER_TOLD.test(key) ? null : undefined),
  };
}

/** The account in an ARN; empty where it names none. */
export function accountOfArn(arn: string): string {
  return arn.split(':')[4] ?? '';
}

const NEVER_TOLD =
  /^aws:(?:sourcearn|sourceaccount|sourcevpc|sourcevpce|vpcsourceip|sourceowner|principalorgid|principalorgpaths|principalarn|principalaccount|principaltag\/.*|userid|username)$/;
