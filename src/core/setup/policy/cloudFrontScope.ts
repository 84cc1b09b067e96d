import { accountOfArn } from './access.ts';
import { isPositive, takesWildcards, type Condition } from './condition.ts';
import type { Statement } from './policyDocument.ts';
import { CLOUDFRONT } from './principal.ts';
import { isOpen } from '../../wildcards.ts';

/** For whose distributions a statement lets CloudFront in. */
export type CloudFrontScope =
  /** Those of every account: whoever makes a distribution reads through it (a confused deputy). */
  | { readonly kind: 'anybody' }
  | { readonly kind: 'organization'; readonly ids: readonly string[] }
  | { readonly kind: 'accounts'; readonly accounts: readonly string[] }
  | { readonly kind: 'distributions'; readonly arns: readonly string[] };

/**
 * For whose distributions a statement allows CloudFront something: as narrow as its narrowest
 * condition. Undefined where it allows CloudFront nothing by name.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
export function cloudFrontScope({
  effect,
  principals,
  conditions,
}: Statement): CloudFrontScope | undefined {
  const isForCloudFront =
    effect === 'Allow' &&
    !principals.negated &&
    principals.listed.some((one) => one.kind === 'service' && one.service === CLOUDFRONT);
  return isForCloudFront ? scopeOf(conditions) : undefined;
}

/** The distributions that conditions narrow a statement to: as few as the narrowest of them. */
export function scopeOf(conditions: readonly Condition[]): CloudFrontScope {
  return conditions
    .filter(isPositive)
    .map(scopeOfOne)
    .reduce(
      (narrowest, scope) => (WIDTHS[scope.kind] < WIDTHS[narrowest.kind] ? scope : narrowest),
      {
        kind: 'anybody',
      },
    );
}

const WIDTHS: Readonly<Record<CloudFrontScope['kind'], number>> = {
  distributions: 0,
  accounts: 1,
  organization: 2,
  anybody: 3,
};

function scopeOfOne(condition: Condition): CloudFrontScope {
  const { key, values } = condition;
  // Where an asterisk is no wildcard it fits nothing, so that it opens nothing either.
  const isFixed = (text: string): boolean =>
    takesWildcards(condition) ? !isOpen(text) : !text.includes('${');
  switch (key) {
    case 'aws:sourcearn': {
      if (values.every(isFixed)) return { kind: 'distributions', arns: values };
      const accounts = values.map(accountOfArn);
      return accounts.every((account) => /^\d{12}$/.test(account))
        ? { kind: 'accounts', accounts }
        : { kind: 'anybody' };
    }
    case 'aws:sourceaccount':
      return values.every(isFixed) ? { kind: 'accounts', accounts: values } : { kind: 'anybody' };
    case 'aws:sourceorgid':
    case 'aws:sourceorgpaths':
      return values.every((value) => value.startsWith('o-') && isFixed(value.replace(/\/\*$/, '')))
        ? { kind: 'organization', ids: values }
        : { kind: 'anybody' };
    default:
      return { kind: 'anybody' };
  }
}
