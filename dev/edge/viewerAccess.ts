import { constants, type KeyObject, verify } from 'node:crypto';
import { accessParameters, type AccessParameters, withoutOwnParameters } from './accessParameters.ts';
import { type AccessPolicy, parseAccessPolicy, parseExpires } from './accessPolicy.ts';
import { decodeCloudFrontBase64 } from './cloudFrontBase64.ts';
import type { CacheBehaviorSettings, CloudFrontState } from './distribution.ts';
import { cidrContains } from './ipv4Cidr.ts';
import { resourceCovers } from './policyResource.ts';
import { restrictsViewers, trustedKey } from './trustedKeys.ts';
import type { ViewerRequest } from './viewerRequest.ts';

/** Why a viewer is refused, in CloudFront's own codes. */
export type ViewerRefusal =
  'MissingKey' | 'InvalidKey' | 'MalformedSignature' | 'MalformedPolicy' | 'AccessDenied';

/** What a viewer is judged by beside the request itself. */
export interface Circumstances {
  /** The time at the edge, in whole epoch seconds. */
  readonly now: number;
  /** The viewer's IP address. */
  readonly clientAddress: string;
}

/**
 * Whether a request may pass a cache behavior: `undefined` if it may, else CloudFront's code.
 *
 * The order is that of the codes known from the field: the key first, then what cannot be
 * decoded, then the signature, then the policy's conditions. Where AWS documents no code (no
 * signature, neither policy nor expiry, an unknown hash algorithm) the answer is AccessDenied.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-signed-urls.html
 * @see https://repost.aws/knowledge-center/cloudfront-troubleshoot-signed-url-cookies
 */
export function judgeViewer(
  state: CloudFrontState,
  behavior: CacheBehaviorSettings,
  request: ViewerRequest,
  circumstances: Circumstances,
): ViewerRefusal | undefined {
  if (!restrictsViewers(behavior)) {
    return undefined;
  }
  const given = accessParameters(request);
  if (given.keyPairId === undefined || given.keyPairId === '') {
    return 'MissingKey';
  }
  const key = trustedKey(state, behavior, given.keyPairId);
  if (key === undefined) {
    return 'InvalidKey';
  }
  const hash = hashName(given.hashAlgorithm);
  if (given.ambiguous || given.signature === undefined || hash === undefined) {
    return 'AccessDenied';
  }
  const signature = decodeCloudFrontBase64(given.signature);
  if (signature === undefined) {
    return 'MalformedSignature';
  }
  const signed = signedPolicy(given, request);
  if (typeof signed === 'string') {
    return signed;
  }
  return isSigned(signed.bytes, signature, key, hash) && holds(signed.policy, request, circumstances)
    ? undefined
    : 'AccessDenied';
}

interface SignedPolicy {
  readonly bytes: Buffer;
  readonly policy: AccessPolicy;
}

function signedPolicy(given: AccessParameters, request: ViewerRequest): SignedPolicy | ViewerRefusal {
  if (given.policy !== undefined) {
    const bytes = decodeCloudFrontBase64(given.policy);
    const policy = bytes === undefined ? undefined : parseAccessPolicy(bytes);
    return bytes === undefined || policy === undefined ? 'MalformedPolicy' : { bytes, policy };
  }
  if (given.expires === undefined) {
    return 'AccessDenied';
  }
  const dateLessThan = parseExpires(given.expires);
  return dateLessThan === undefined
    ? 'MalformedPolicy'
    : { bytes: cannedPolicy(request, given.expires), policy: { dateLessThan } };
}

/**
 * The policy that a canned signature covers, built anew from the request as it came over the
 * wire: these bytes, this order, no white space. That it was signed proves the resource, which
 * therefore is not matched again: in a canned policy `*` and `?` are no wildcards.
 */
function cannedPolicy(request: ViewerRequest, expires: string): Buffer {
  const query = withoutOwnParameters(request.query);
  const resource = `${request.protocol}://${request.host}${request.path}${query === undefined ? '' : `?${query}`}`;
  return Buffer.from(
    `{"Statement":[{"Resource":"${resource}","Condition":{"DateLessThan":{"AWS:EpochTime":${expires}}}}]}`,
    'latin1',
  );
}

/** Absent means SHA-1, for both kinds of key. */
function hashName(parameter: string | undefined): 'sha1' | 'sha256' | undefined {
  switch (parameter) {
    case undefined:
    case 'SHA1':
      return 'sha1';
    case 'SHA256':
      return 'sha256';
    default:
      return undefined;
  }
}

function isSigned(policy: Buffer, signature: Buffer, key: KeyObject, hash: string): boolean {
  const how =
    key.asymmetricKeyType === 'ec'
      ? { key, dsaEncoding: 'der' as const }
      : { key, padding: constants.RSA_PKCS1_PADDING };
  return verify(hash, policy, how, signature);
}

/** Expiry is exclusive; not-before denies "on or before" its second. */
function holds(
  policy: AccessPolicy,
  request: ViewerRequest,
  { now, clientAddress }: Circumstances,
): boolean {
  const url = { ...request, domain: request.host, query: withoutOwnParameters(request.query) };
  return (
    now < policy.dateLessThan &&
    (policy.dateGreaterThan === undefined || now > policy.dateGreaterThan) &&
    (policy.sourceIp === undefined || cidrContains(policy.sourceIp, clientAddress)) &&
    (policy.resource === undefined ||
      resourceCovers(Buffer.from(policy.resource, 'utf8').toString('latin1'), url))
  );
}
