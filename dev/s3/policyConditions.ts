import { isInRange, parseIpRange } from './ipRange.ts';
import { malformed, record, strings } from './policyJson.ts';
import { matchesWildcards } from './wildcards.ts';

/** One test of a policy's Condition element. */
export interface Condition {
  /** Such as `StringEquals`, with its `IfExists` where it has one. */
  readonly operator: string;
  /** In lower case: condition keys are case-insensitive. */
  readonly key: string;
  readonly expected: readonly string[];
  readonly holds: (value: string | undefined) => boolean;
}

/** Whether a value of the context, undefined where it has none, is as expected. */
type Operator = (value: string | undefined, expected: readonly string[]) => boolean;
type Test = (value: string, expected: string) => boolean;

const any =
  (test: Test): Operator =>
  (value, expected) =>
    value !== undefined && expected.some((one) => test(value, one));
/** What a context does not have is not as expected, so a negated operator holds without it. */
const none =
  (test: Test): Operator =>
  (value, expected) =>
    !any(test)(value, expected);

const equal: Test = (value, expected) => value === expected;
const equalInAnyCase: Test = (value, expected) => value.toLowerCase() === expected.toLowerCase();
const like: Test = (value, expected) => matchesWildcards(expected, value);
const inRange: Test = (value, expected) => {
  const range = parseIpRange(expected);
  return range !== undefined && isInRange(value, range);
};

/** The condition operators that are understood, beside `IfExists` behind all but the last. */
const OPERATORS: Readonly<Record<string, Operator>> = {
  StringEquals: any(equal),
  StringNotEquals: none(equal),
  StringEqualsIgnoreCase: any(equalInAnyCase),
  StringNotEqualsIgnoreCase: none(equalInAnyCase),
  StringLike: any(like),
  StringNotLike: none(like),
  // AWS has both match with wildcards.
  ArnEquals: any(like),
  ArnLike: any(like),
  ArnNotEquals: none(like),
  ArnNotLike: none(like),
  Bool: any(equalInAnyCase),
  NumericEquals: any((value, expected) => Number(value) === Number(expected)),
  NumericNotEquals: none((value, expected) => Number(value) === Number(expected)),
  NumericLessThan: any((value, expected) => Number(value) < Number(expected)),
  NumericLessThanEquals: any((value, expected) => Number(value) <= Number(expected)),
  NumericGreaterThan: any((value, expected) => Number(value) > Number(expected)),
  NumericGreaterThanEquals: any((value, expected) => Number(value) >= Number(expected)),
  IpAddress: any(inRange),
  NotIpAddress: none(inRange),
  Null: (value, expected) => expected.includes(String(value === undefined)),
};

/**
 * Reads the Condition element of a statement.
 *
 * @throws S3Error `MalformedPolicy` for an operator that is not understood
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function parseConditions(element: unknown): readonly Condition[] {
  return Object.entries(record(element ?? {}, 'Condition')).flatMap(([operator, tests]) => {
    const holds = findOperator(operator);
    return Object.entries(record(tests, 'Condition')).map(([key, values]) => {
      const expected = strings(values, 'Condition', String);
      if (/^(?:Not)?IpAddress/.test(operator) && !expected.every((one) => parseIpRange(one))) {
        throw malformed('Invalid IP address in Conditions');
      }
      return {
        operator,
        key: key.toLowerCase(),
        expected,
        holds: (value: string | undefined) => holds(value, expected),
      };
    });
  });
}

function findOperator(name: string): Operator {
  const base = name.replace(/(?<!^Null)IfExists$/, '');
  const operator = Object.hasOwn(OPERATORS, base) ? OPERATORS[base] : undefined;
  if (operator === undefined) throw malformed(`Invalid Condition type : ${name}`);
  return base === name
    ? operator
    : (value, expected) => value === undefined || operator(value, expected);
}
