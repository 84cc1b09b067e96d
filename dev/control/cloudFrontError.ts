import { ServiceError } from './serviceError.ts';

/**
 * CloudFront's errors, with its status and words.
 *
 * @see https://docs.aws.amazon.com/cloudfront/latest/APIReference/CommonErrors.html
 */
const ERRORS = {
  CNAMEAlreadyExists: [
    409,
    'One or more of the CNAMEs you provided are already associated with a different resource.',
  ],
  CachePolicyAlreadyExists: [
    409,
    'A cache policy with this name already exists. You must provide a unique name.',
  ],
  DistributionAlreadyExists: [
    409,
    'The caller reference that you are using to create a distribution is associated with another distribution.',
  ],
  IllegalOriginAccessConfiguration: [
    400,
    'An origin cannot contain both an origin access control and an origin access identity.',
  ],
  IllegalUpdate: [400, 'The update contains modifications that are not allowed.'],
  InconsistentQuantities: [400, 'The value of Quantity and the size of Items do not match.'],
  InvalidArgument: [400, 'An argument is not valid.'],
  InvalidIfMatchVersion: [400, 'The If-Match version is missing or not valid for the resource.'],
  InvalidOriginAccessControl: [400, 'The origin access control is not valid.'],
  InvalidViewerCertificate: [
    400,
    'To add an alternate domain name (CNAME) to a CloudFront distribution, you must attach a trusted certificate that validates your authorization to use the domain name.',
  ],
  KeyGroupAlreadyExists: [
    409,
    'A key group with this name already exists. You must provide a unique name.',
  ],
  MalformedInput: [400, 'The request body is not the XML document that is expected.'],
  MissingBody: [400, 'This operation requires a body.'],
  NoSuchCachePolicy: [404, 'The specified cache policy does not exist.'],
  NoSuchDistribution: [404, 'The specified distribution does not exist.'],
  NoSuchOrigin: [404, 'One or more of your origins or origin groups do not exist.'],
  NoSuchOriginAccessControl: [404, 'The specified origin access control does not exist.'],
  NoSuchOriginRequestPolicy: [404, 'The specified origin request policy does not exist.'],
  NoSuchPublicKey: [404, 'The specified public key does not exist.'],
  NoSuchResource: [404, 'The specified key group does not exist.'],
  NotImplemented: [501, 'Nothing here implements that.'],
  OriginAccessControlAlreadyExists: [
    409,
    'An origin access control with the same name already exists.',
  ],
  PreconditionFailed: [
    412,
    "The request failed because it didn't meet the preconditions in one or more request-header fields.",
  ],
  PublicKeyAlreadyExists: [409, 'The specified public key already exists.'],
  PublicKeyInUse: [409, 'The specified public key is in use.'],
  ResourceInUse: [409, 'The specified key group is in use by a distribution.'],
  TooManyKeyGroupsAssociatedToDistribution: [
    400,
    'The number of key groups referenced by this distribution is more than the maximum allowed.',
  ],
  TooManyPublicKeysInKeyGroup: [
    400,
    'The number of public keys in this key group is more than the maximum allowed.',
  ],
  TrustedKeyGroupDoesNotExist: [400, 'The specified key group does not exist.'],
} as const satisfies Record<string, readonly [status: number, message: string]>;

export type CloudFrontErrorCode = keyof typeof ERRORS;

/** @param message instead of the usual one */
export function cloudFrontError(code: CloudFrontErrorCode, message?: string): ServiceError {
  const [status, usual] = ERRORS[code];
  return new ServiceError(code, status, message ?? usual);
}
