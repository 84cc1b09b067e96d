import { canonicalUserId } from './identity.ts';
import { malformed, record, strings } from './policyJson.ts';

/** Who asks, as policies name it. */
export type Principal =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'user'; readonly arn: string; readonly account: string }
  | { readonly kind: 'service'; readonly service: string }
  /** CloudFront by the legacy identity that a distribution may have for an origin; `E…`. */
  | { readonly kind: 'origin-access-identity'; readonly id: string };

/** The Principal element of a statement. */
export interface PrincipalElement {
  /** Whether it is `*`, in either of its two forms: everybody, services included. */
  readonly everybody: boolean;
  readonly aws: readonly string[];
  readonly services: readonly string[];
  readonly canonicalUsers: readonly string[];
}

/**
 * Reads the Principal element of a statement.
 *
 * @throws S3Error `MalformedPolicy` for what is none
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function parsePrincipal(value: unknown): PrincipalElement {
  if (value === '*') return { everybody: true, aws: [], services: [], canonicalUsers: [] };
  const element = record(value, 'Principal');
  const { AWS = [], Service = [], CanonicalUser = [], ...others } = element;
  if (Object.keys(others).length > 0 || Object.keys(element).length === 0) {
    throw malformed('Invalid principal in policy');
  }
  const aws = strings(AWS, 'Principal');
  return {
    everybody: aws.includes('*'),
    aws,
    services: strings(Service, 'Principal'),
    canonicalUsers: strings(CanonicalUser, 'Principal'),
  };
}

/** Whether a Principal element names who asks. */
export function includesPrincipal(element: PrincipalElement, principal: Principal): boolean {
  const { everybody, aws, services, canonicalUsers } = element;
  if (everybody) return true;
  if (principal.kind === 'anonymous') return false;
  if (principal.kind === 'service') return services.includes(principal.service);
  const { arns, canonicalId } = namesOf(principal);
  return arns.some((arn) => aws.includes(arn)) || canonicalUsers.includes(canonicalId);
}

/**
 * All by which a policy may name a user or an origin access identity.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
 */
function namesOf(principal: Exclude<Principal, { readonly kind: 'anonymous' | 'service' }>) {
  if (principal.kind === 'user') {
    const { arn, account } = principal;
    return {
      arns: [arn, account, `arn:aws:iam::${account}:root`],
      canonicalId: canonicalUserId(account),
    };
  }
  const { id } = principal;
  return {
    arns: [`arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity ${id}`],
    canonicalId: canonicalUserId(id),
  };
}
