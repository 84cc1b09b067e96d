import { S3Error } from './s3Error.ts';

/** A bucket policy, parsed. Everything that it holds is understood: what is not is refused. */
export interface BucketPolicy {
  readonly text: string;
  readonly statements: readonly Statement[];
}

interface Statement {
  readonly effect: 'Allow' | 'Deny';
  readonly isForPrincipal: (principal: Principal) => boolean;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions: readonly Condition[];
}

interface Condition {
  readonly holds: (value: string | undefined, expected: readonly string[]) => boolean;
  /** In lower case: condition keys are case-insensitive. */
  readonly key: string;
  readonly expected: readonly string[];
}

/** Who asks, as policies name it. */
export type Principal =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'user'; readonly arn: string; readonly account: string }
  | { readonly kind: 'service'; readonly service: string };

/** What a policy is asked about. */
export interface PolicyQuestion {
  readonly principal: Principal;
  /** Such as `s3:GetObject`. */
  readonly action: string;
  /** The ARN of a bucket or of an object. */
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
  policy: BucketPolicy | undefined,
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
    statement.isForPrincipal(principal) &&
    // Actions are case-insensitive, resources are not.
    statement.actions.some((one) => matchesWildcards(one.toLowerCase(), action.toLowerCase())) &&
    statement.resources.some((one) => matchesWildcards(one, resource)) &&
    statement.conditions.every(({ holds, key, expected }) => holds(context.get(key), expected))
  );
}

/** Whether a text fits a pattern in which `*` stands for any characters and `?` for one. */
export function matchesWildcards(pattern: string, text: string): boolean {
  const source = pattern
    .replaceAll(/[\\^$.+()[\]{}|]/g, String.raw`\$&`)
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 'su').test(text);
}

const isOneOf = (value: string | undefined, expected: readonly string[]) =>
  value !== undefined && expected.includes(value);
const isLike = (value: string | undefined, expected: readonly string[]) =>
  value !== undefined && expected.some((pattern) => matchesWildcards(pattern, value));

/** The condition operators that are understood. */
const OPERATORS: Readonly<Record<string, Condition['holds']>> = {
  StringEquals: isOneOf,
  StringNotEquals: (value, expected) => !isOneOf(value, expected),
  StringLike: isLike,
  StringNotLike: (value, expected) => !isLike(value, expected),
  // AWS has both match with wildcards.
  ArnEquals: isLike,
  ArnLike: isLike,
  ArnNotEquals: (value, expected) => !isLike(value, expected),
  ArnNotLike: (value, expected) => !isLike(value, expected),
  Bool: isOneOf,
};

/**
 * Reads a policy document.
 *
 * @throws S3Error `MalformedPolicy` for what is no policy, names nothing of this bucket, or holds an
 * element or a condition operator that is not understood
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
 */
export function parseBucketPolicy(text: string, bucket: string): BucketPolicy {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw new S3Error('MalformedPolicy');
  }
  const { Statement: statements } = record(document, 'Policy');
  if (statements === undefined) throw malformed('Missing required field Statement');
  const list: readonly unknown[] = Array.isArray(statements) ? statements : [statements];
  return { text, statements: list.map((statement) => parseStatement(statement, bucket)) };
}

const ELEMENTS = ['Sid', 'Effect', 'Principal', 'Action', 'Resource', 'Condition'];

function parseStatement(value: unknown, bucket: string): Statement {
  const statement = record(value, 'Statement');
  const unknown = Object.keys(statement).find((name) => !ELEMENTS.includes(name));
  if (unknown !== undefined) throw malformed(`Unknown field ${unknown}`);
  const { Effect: effect } = statement;
  if (effect !== 'Allow' && effect !== 'Deny') throw malformed('Invalid effect');
  const resources = strings(statement['Resource'], 'Resource');
  const arn = `arn:aws:s3:::${bucket}`;
  if (!resources.every((one) => matchesWildcards(one.split('/')[0] ?? '', arn))) {
    throw malformed('Policy has invalid resource');
  }
  return {
    effect,
    isForPrincipal: parsePrincipal(statement['Principal']),
    actions: strings(statement['Action'], 'Action'),
    resources,
    conditions: Object.entries(record(statement['Condition'] ?? {}, 'Condition')).flatMap(
      ([operator, tests]) => parseConditions(operator, tests),
    ),
  };
}

function parsePrincipal(value: unknown): (principal: Principal) => boolean {
  if (value === '*') return () => true;
  const { AWS: aws = [], Service: service = [], ...others } = record(value, 'Principal');
  if (Object.keys(others).length > 0) throw malformed('Invalid principal in policy');
  const arns = strings(aws, 'Principal');
  const services = strings(service, 'Principal');
  return (principal) => {
    if (principal.kind === 'service') return services.includes(principal.service);
    if (principal.kind === 'anonymous') return arns.includes('*');
    const { arn, account } = principal;
    return ['*', arn, account, `arn:aws:iam::${account}:root`].some((name) => arns.includes(name));
  };
}

function parseConditions(operator: string, tests: unknown): readonly Condition[] {
  const holds = OPERATORS[operator];
  if (holds === undefined) throw malformed(`Invalid Condition type : ${operator}`);
  return Object.entries(record(tests, 'Condition')).map(([key, expected]) => ({
    holds,
    key: key.toLowerCase(),
    expected: strings(expected, 'Condition'),
  }));
}

function record(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw malformed(`Invalid ${what}`);
  }
  return { ...value };
}

function strings(value: unknown, what: string): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.map((one) => {
    if (typeof one !== 'string') throw malformed(`Invalid ${what}`);
    return one;
  });
}

function malformed(message: string): S3Error {
  return new S3Error('MalformedPolicy', { message });
}
