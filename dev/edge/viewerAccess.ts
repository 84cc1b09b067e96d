import { constants, createPublicKey, type KeyObject, verify } from 'node:crypto';
import {
  accessParameters,
  type AccessParameters,
  decodeCloudFrontBase64,
  withoutOwnParameters,
} from './accessParameters.ts';
import {
  type AccessPolicy,
  cidrContains,
  parseAccessPolicy,
  parseExpires,
} from './accessPolicy.ts';
import type {
  CacheBehaviorSettings,
  Distribution,
  DistributionStore,
} from './distributionStore.ts';
import { type RequestedUrl, resourceCovers } from './policyResource.ts';
import { type ViewerRequest, writeUrl } from './viewerRequest.ts';

/** Why a viewer is refused, in CloudFront's own codes. */
export type ViewerRefusal =
  'MissingKey' | 'InvalidKey' | 'MalformedSignature' | 'MalformedPolicy' | 'AccessDenied';

/** What a viewer is judged by beside the request itself. */
export interface Circumstances {
  /** The time at the edge, in whole epoch seconds. */
  readonly now: number;
  /** The viewer's IP address. */
  readonly clientAddress: string;
  /** The country that the address is taken to be in, as two capitals. */
  readonly country: string;
  /** Whether a web ACL, by its ARN, blocks the request. */
  readonly isBlocked: (webAclArn: string) => boolean;
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
  store: DistributionStore,
  distribution: Distribution,
  behavior: CacheBehaviorSettings,
  request: ViewerRequest,
  circumstances: Circumstances,
): ViewerRefusal | undefined {
  if (!behavior.TrustedKeyGroups.Enabled && !behavior.TrustedSigners.Enabled) {
    return undefined;
  }
  const given = accessParameters(request);
  if (given.keyPairId === undefined || given.keyPairId === '') {
    return 'MissingKey';
  }
  const key =
    keyOfGroup(store, behavior, given.keyPairId) ??
    keyOfAccount(store, distribution, behavior, given.keyPairId);
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
  const url: RequestedUrl = { ...request, query: withoutOwnParameters(request.query) };
  const signed = signedPolicy(given, url);
  if (typeof signed === 'string') {
    return signed;
  }
  return isSigned(signed.bytes, signature, key, hash) && holds(signed.policy, url, circumstances)
    ? undefined
    : 'AccessDenied';
}

/**
 * The public key under an ID, if a trusted key group holds it and it is of a kind CloudFront
 * takes: RSA 2048 or ECDSA P-256.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-trusted-signers.html
 */
function keyOfGroup(
  store: DistributionStore,
  { TrustedKeyGroups: trusted }: CacheBehaviorSettings,
  keyPairId: string,
): KeyObject | undefined {
  const isTrusted =
    trusted.Enabled &&
    store.KeyGroups.some(
      (group) => trusted.Items.includes(group.Id) && group.KeyGroupConfig.Items.includes(keyPairId),
    );
  const stored = store.PublicKeys.find((publicKey) => publicKey.Id === keyPairId);
  if (!isTrusted || stored === undefined) {
    return undefined;
  }
  const key = createPublicKey(stored.PublicKeyConfig.EncodedKey);
  const details = key.asymmetricKeyDetails;
  const accepted =
    key.asymmetricKeyType === 'rsa'
      ? details?.modulusLength === 2048
      : details?.namedCurve === 'prime256v1';
  return accepted ? key : undefined;
}

/**
 * The legacy key pair under an ID, if it is of an account that the behavior trusts; `self` is the
 * one that the distribution belongs to.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-trusted-signers.html
 */
function keyOfAccount(
  store: DistributionStore,
  { ARN }: Distribution,
  { TrustedSigners: trusted }: CacheBehaviorSettings,
  keyPairId: string,
): KeyObject | undefined {
  const pair = store.KeyPairs.find(({ Id }) => Id === keyPairId);
  if (!trusted.Enabled || pair === undefined) {
    return undefined;
  }
  const owner = pair.AwsAccountNumber;
  const isTrusted =
    trusted.Items.includes(owner) || (trusted.Items.includes('self') && ARN.includes(`:${owner}:`));
  return isTrusted ? createPublicKey(pair.EncodedKey) : undefined;
}

interface SignedPolicy {
  readonly bytes: Buffer;
  readonly policy: AccessPolicy;
}

function signedPolicy(given: AccessParameters, url: RequestedUrl): SignedPolicy | ViewerRefusal {
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
    : { bytes: cannedPolicy(url, given.expires), policy: { dateLessThan } };
}

/**
 * The policy that a canned signature covers, built anew from the request as it came over the
 * wire: these bytes, this order, no white space. That it was signed proves the resource, which
 * therefore is not matched again: in a canned policy `*` and `?` are no wildcards.
 */
function cannedPolicy(url: RequestedUrl, expires: string): Buffer {
  return Buffer.from(
    `{"Statement":[{"Resource":"${writeUrl(url)}","Condition":{"DateLessThan":{"AWS:EpochTime":${expires}}}}]}`,
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
  return key.asymmetricKeyType === 'ec'
    ? verify(hash, policy, { key, dsaEncoding: 'der' }, signature)
    : verify(hash, policy, { key, padding: constants.RSA_PKCS1_PADDING }, signature);
}

/** Expiry is exclusive; not-before denies "on or before" its second. */
function holds(
  policy: AccessPolicy,
  url: RequestedUrl,
  { now, clientAddress }: Circumstances,
): boolean {
  return (
    now < policy.dateLessThan &&
    (policy.dateGreaterThan === undefined || now > policy.dateGreaterThan) &&
    (policy.sourceIp === undefined || cidrContains(policy.sourceIp, clientAddress)) &&
    (policy.resource === undefined || resourceCovers(policy.resource, url))
  );
}
