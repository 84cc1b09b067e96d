import { S3Error, type S3ErrorCode } from '../s3/s3Error.ts';
import { ServiceError } from './serviceError.ts';

const UNKNOWN_TOKEN = [
  'InvalidClientTokenId',
  403,
  'The security token included in the request is invalid.',
] as const;

/**
 * What other services than S3 say to a signature that is not good.
 *
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html
 */
const ERRORS: Partial<Record<S3ErrorCode, readonly [string, number, string?]>> = {
  InvalidAccessKeyId: UNKNOWN_TOKEN,
  InvalidToken: UNKNOWN_TOKEN,
  ExpiredToken: ['ExpiredToken', 403, 'The security token included in the request is expired'],
  SignatureDoesNotMatch: ['SignatureDoesNotMatch', 403],
  XAmzContentSHA256Mismatch: ['SignatureDoesNotMatch', 403],
  RequestTimeTooSkewed: ['SignatureDoesNotMatch', 403, 'Signature expired.'],
};

/** What is wrong with the signature of a request to any service but S3. */
export function signerError(error: unknown): unknown {
  if (!(error instanceof S3Error)) return error;
  const [code, status, message] = ERRORS[error.code] ?? ['IncompleteSignature', 400];
  return new ServiceError(code, status, message ?? error.message);
}

/** Nobody signed it. */
export function missingSignature(): ServiceError {
  const message = 'Request is missing Authentication Token';
  return new ServiceError('MissingAuthenticationToken', 403, message);
}
