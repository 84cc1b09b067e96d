import type { AwsService, Problem } from '../core/problem.ts';
import { redact } from '../core/redact.ts';
import type { S3Location } from '../core/s3/location.ts';

/** Who is asking, for the words of a problem. */
export interface Identity {
  readonly profile: string | undefined;
  /** The command that signs the profile in again, where one does. */
  readonly login: string | undefined;
}

/** What is known of an SDK error without trusting its class, which a bundle may hold twice. */
interface Facts {
  readonly name: string;
  readonly message: string;
  readonly status: number | undefined;
  /** The system's code of a network error, such as ECONNREFUSED. */
  readonly systemCode: string | undefined;
  readonly region: string | undefined;
}

function factsOf(error: unknown): Facts {
  const fields = fieldsOf(error);
  const response = fieldsOf(fields['$response']);
  const headers = fieldsOf(response['headers']);
  return {
    name: textOf(fields['name']) ?? '',
    message: redact(textOf(fields['message']) ?? ''),
    status: numberOf(fieldsOf(fields['$metadata'])['httpStatusCode']),
    systemCode: textOf(fields['code']) ?? textOf(fieldsOf(fields['cause'])['code']),
    region: textOf(headers['x-amz-bucket-region']) ?? textOf(fields['Region']),
  };
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(
        Object.getOwnPropertyNames(value).map((key) => [key, Reflect.get(value, key)]),
      )
    : {};
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

const NETWORK_CODE =
  /^(?:E(?:AI_AGAIN|CONN\w+|HOST\w+|NET\w+|NOTFOUND|PIPE|PROTO|TIMEDOUT|ADDR\w+)|ERR_TLS\w*|ERR_SSL\w*|CERT_\w+|DEPTH_ZERO\w*|SELF_SIGNED\w*|UNABLE_TO_\w+)$/;

function networkProblem(
  { name, message, systemCode }: Facts,
  service: AwsService,
): Problem | undefined {
  const isNetwork = name === 'TimeoutError' || NETWORK_CODE.test(systemCode ?? '');
  return isNetwork
    ? { code: 'network-unreachable', service, detail: message || systemCode || name }
    : undefined;
}

/** The region of the bucket that was asked for, which S3 tells with a refusal as well. */
export function regionOf(error: unknown): string | undefined {
  return factsOf(error).region;
}

/** Translates what getting credentials failed with. */
export function credentialsProblem(error: unknown, { profile, login }: Identity): Problem {
  const facts = factsOf(error);
  const network = networkProblem(facts, 'The credential service');
  if (network) return network;
  const { name, message } = facts;
  if (/expired/i.test(`${name} ${message}`)) return { code: 'credentials-expired', profile, login };
  if (
    login !== undefined &&
    /sso|login|token|authenticate|Unauthorized/i.test(`${name} ${message}`)
  ) {
    return { code: 'credentials-expired', profile, login };
  }
  if (/Could not load credentials|Could not resolve credentials/.test(message)) {
    return { code: 'credentials-missing', profile };
  }
  if (/InvalidClientTokenId|SignatureDoesNotMatch|UnrecognizedClient/.test(name)) {
    return { code: 'credentials-refused', profile, detail: message };
  }
  // A failed credential_process reports its command line first, which may hold a secret.
  const detail = message.startsWith('Command failed:')
    ? `credential_process failed. ${message.split('\n').slice(1).join(' ').trim()}`.trim()
    : message;
  return { code: 'credentials-failed', profile, detail };
}

/** What was asked of AWS when it failed. */
export interface FailedRequest extends Identity {
  readonly service: AwsService;
  /** The IAM action that the request needs. */
  readonly permission: string;
  readonly bucket?: string;
  readonly location?: S3Location;
  /** Name or ID of the one thing in CloudFront that is made or changed. */
  readonly resource?: string;
}

/**
 * Translates an error of a service by its code, or where a HEAD leaves none, by its status.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 * https://docs.aws.amazon.com/cloudfront/latest/APIReference/CommonErrors.html
 */
export function serviceProblem(error: unknown, request: FailedRequest): Problem {
  const { service, profile, login, permission, bucket } = request;
  const facts = factsOf(error);
  const network = networkProblem(facts, service);
  if (network) return network;
  const { name, message, status, region } = facts;
  switch (name) {
    // Credentials end, and are had anew, while a session is in use.
    case 'CredentialsProviderError':
    case 'TokenProviderError':
      return credentialsProblem(error, request);
    case 'ExpiredToken':
    case 'ExpiredTokenException':
    case 'TokenRefreshRequired':
      return { code: 'credentials-expired', profile, login };
    case 'InvalidAccessKeyId':
    case 'InvalidClientTokenId':
    case 'UnrecognizedClientException':
    case 'SignatureDoesNotMatch':
    case 'InvalidToken':
    case 'InvalidSecurity':
      return { code: 'credentials-refused', profile, detail: message || name };
    case 'RequestTimeTooSkewed':
    case 'RequestExpired':
      return { code: 'clock-skewed' };
    case 'NoSuchBucket':
      if (bucket !== undefined) return { code: 'bucket-missing', bucket };
      break;
    case 'NoSuchKey':
    case 'NotFound':
      if (request.location) return { code: 'object-missing', location: request.location };
      if (bucket !== undefined) return { code: 'bucket-missing', bucket };
      break;
    case 'PermanentRedirect':
    case 'TemporaryRedirect':
    case 'AuthorizationHeaderMalformed':
    case 'IllegalLocationConstraintException':
      if (bucket !== undefined) return { code: 'bucket-elsewhere', bucket, region };
      break;
    case 'SlowDown':
    case 'ServiceUnavailable':
    case 'Throttling':
    case 'ThrottlingException':
    case 'RequestLimitExceeded':
    case 'TooManyRequestsException':
      return { code: 'throttled' };
  }
  const ofResource =
    request.resource === undefined ? undefined : resourceProblem(name, request.resource);
  if (ofResource) return ofResource;
  // Some services say it with 400.
  if (status === 403 || name === 'AccessDeniedException') {
    return { code: 'access-denied', bucket, permission };
  }
  if (status === 503 || status === 429) return { code: 'throttled' };
  const words = [name, message].filter((word) => word !== '').join(': ');
  return {
    code: 'service-failed',
    service,
    detail: `${words || 'Unknown error'}${status ? ` (${status})` : ''}`,
  };
}

/** What CloudFront's error says of the thing that is made or changed. */
function resourceProblem(error: string, resource: string): Problem | undefined {
  switch (error) {
    case 'PublicKeyAlreadyExists':
      return { code: 'name-taken', kind: 'public key', name: resource };
    case 'KeyGroupAlreadyExists':
      return { code: 'name-taken', kind: 'key group', name: resource };
    case 'TooManyPublicKeys':
      return { code: 'quota-reached', quota: 'public keys in an account' };
    case 'TooManyKeyGroups':
      return { code: 'quota-reached', quota: 'key groups in an account' };
    case 'TooManyPublicKeysInKeyGroup':
      return { code: 'quota-reached', quota: 'public keys in a key group' };
    case 'NoSuchResource':
      return { code: 'key-group-missing', id: resource };
    case 'PublicKeyInUse':
      return { code: 'public-key-in-use', keyPairId: resource };
    case 'PreconditionFailed':
    case 'InvalidIfMatchVersion':
      return { code: 'change-overtaken', resource };
    default:
      return undefined;
  }
}
