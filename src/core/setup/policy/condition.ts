import { isJsonObject } from '../../json.ts';
import { textsOf } from './texts.ts';
import { fitsWildcards } from '../../wildcards.ts';

/** What can be said of something that depends on more than is known here. */
export type Answer = 'yes' | 'no' | 'maybe';

/** One test of a statement's Condition. */
export interface Condition {
  /** As written, such as `StringEqualsIfExists`. */
  readonly operator: string;
  /** In lower case: condition keys are case-insensitive. */
  readonly key: string;
  /** As written. */
  readonly keyName: string;
  readonly values: readonly string[];
}

/**
 * What a request tells a policy of itself under a condition key in lower case: a value; null where it
 * tells nothing; undefined where that is not known here.
 */
export type Context = (key: string) => string | null | undefined;

/**
 * Reads a Condition element.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html
 */
export function readConditions(element: unknown): readonly Condition[] {
  if (!isJsonObject(element)) return [];
  return Object.entries(element).flatMap(([operator, tests]) =>
    isJsonObject(tests)
      ? Object.entries(tests).map(([keyName, values]) => ({
          operator,
          key: keyName.toLowerCase(),
          keyName,
          values: textsOf(values),
        }))
      : [],
  );
}

/** An operator taken apart: `ForAllValues:StringNotLikeIfExists`. */
interface Operator {
  readonly set: 'all' | 'any' | undefined;
  readonly base: string;
  readonly negated: boolean;
  readonly ifExists: boolean;
}

function readOperator(text: string): Operator {
  const match = /^(?:For(All|Any)Values:)?(.+?)(IfExists)?$/i.exec(text);
  const base = (match?.[2] ?? '').toLowerCase();
  const set = match?.[1]?.toLowerCase();
  return {
    set: set === 'all' || set === 'any' ? set : undefined,
    base: base.replace('not', ''),
    negated: /^(?:string|arn|numeric|date)not|^notip/.test(base),
    ifExists: match?.[3] !== undefined,
  };
}

/**
 * Whether a condition holds only where a request tells one of its values: not by what it is not, and
 * not where the request tells nothing.
 */
export function isPositive({ operator }: Condition): boolean {
  const { set, base, negated, ifExists } = readOperator(operator);
  return !negated && !ifExists && set !== 'all' && base !== 'null' && base !== 'bool';
}

/** Whether `*` and `?` are wildcards in a condition's values: AWS has ArnEquals match as ArnLike. */
export function takesWildcards({ operator }: Condition): boolean {
  return ['stringlike', 'arnlike', 'arnequals'].includes(readOperator(operator).base);
}

/**
 * Whether a condition holds for a request. What the request does not tell fits nothing, so that a
 * negated operator holds, and one that ends in `IfExists` does too.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function conditionHolds({ operator, key, values }: Condition, context: Context): Answer {
  const { set, base, negated, ifExists } = readOperator(operator);
  const value = context(key);
  if (value === undefined) return 'maybe';
  if (base === 'null') {
    return answer(values.some((text) => (text.toLowerCase() === 'true') === (value === null)));
  }
  if (value === null) return answer(negated || ifExists || set === 'all');
  if (values.some((text) => text.includes('${'))) return 'maybe';
  const fits = COMPARISONS[base];
  return fits === undefined
    ? 'maybe'
    : answer(values.some((text) => fits(value, text)) !== negated);
}

function answer(holds: boolean): Answer {
  return holds ? 'yes' : 'no';
}

/** What an operator asks of a value and one of those that are expected; `not` taken out of its name. */
const COMPARISONS: Readonly<Record<string, (value: string, expected: string) => boolean>> = {
  stringequals: (value, expected) => value === expected,
  stringequalsignorecase: (value, expected) => value.toLowerCase() === expected.toLowerCase(),
  stringlike: (value, expected) => fitsWildcards(expected, value),
  arnequals: (value, expected) => fitsWildcards(expected, value),
  arnlike: (value, expected) => fitsWildcards(expected, value),
  bool: (value, expected) => value.toLowerCase() === expected.toLowerCase(),
  // Ranges are of those who are known by address: CloudFront comes from none but all of them.
  ipaddress: (_value, range) => range.endsWith('/0'),
};
