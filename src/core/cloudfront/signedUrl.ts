import { verify, type KeyObject } from 'node:crypto';
import { fail, ok, type Result } from '../outcome.ts';
import { fromUrlBase64, isCanned, policyDocument, toUrlBase64, type Policy } from './policy.ts';

/** The hash a signature is made over. CloudFront takes SHA-1 where the URL does not say. */
export type HashAlgorithm = 'SHA1' | 'SHA256';

/** A stored private key, ready to sign, with the public half that CloudFront knows by the ID. */
export interface SigningKey {
  readonly keyPairId: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** Signs a policy's bytes and gives the signature in CloudFront's base64. */
export type SignPolicy = (
  document: string,
  key: SigningKey,
  hashAlgorithm: HashAlgorithm,
) => Result<string>;

/**
 * The longest URL that CloudFront accepts, in bytes.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html
 */
const MAXIMUM_URL_BYTES = 8192;

/**
 * Signs a policy and puts the signed URL together: the canonical URL exactly as signed, then
 * CloudFront's own parameters. The URL is checked with the public half before it is given out.
 *
 * @param unsigned the canonical URL, where the policy opens more than that
 *
 * Errors: `signing-failed`, `url-too-long`, `self-check-failed`.
 */
export function signUrl(
  policy: Policy,
  key: SigningKey,
  hashAlgorithm: HashAlgorithm,
  signPolicy: SignPolicy,
  unsigned = policy.resource,
): Result<string> {
  const document = policyDocument(policy);
  const signature = signPolicy(document, key, hashAlgorithm);
  if (signature.kind !== 'ok') return signature;
  const url = signedUrlText(policy, signature.value, key.keyPairId, hashAlgorithm, unsigned);
  const bytes = Buffer.byteLength(url);
  if (bytes > MAXIMUM_URL_BYTES) return fail({ code: 'url-too-long', bytes });
  return selfCheck(url, unsigned, policy, key.publicKey);
}

/**
 * The text of a signed URL: the canonical URL, then CloudFront's parameters.
 *
 * @param signature in CloudFront's base64
 */
export function signedUrlText(
  policy: Policy,
  signature: string,
  keyPairId: string,
  hashAlgorithm: HashAlgorithm,
  unsigned = policy.resource,
): string {
  const parameters = [
    isCanned(policy)
      ? `Expires=${policy.expiresAt}`
      : `Policy=${toUrlBase64(Buffer.from(policyDocument(policy)))}`,
    `Signature=${signature}`,
    `Key-Pair-Id=${keyPairId}`,
    ...(hashAlgorithm === 'SHA256' ? ['Hash-Algorithm=SHA256'] : []),
  ];
  const separator = unsigned.includes('?') ? '&' : '?';
  return `${unsigned}${separator}${parameters.join('&')}`;
}

/** A signed URL without CloudFront's parameters, which are its last: what was signed. */
export function unsignedUrl(url: string): string {
  return url.replace(/[?&](?:Expires|Policy)=.*$/, '');
}

/** Whether a resource is a URL, or what the URL begins with and a `*`. */
function opens(resource: string, url: string): boolean {
  return resource.endsWith('*') ? url.startsWith(resource.slice(0, -1)) : url === resource;
}

function wrong(detail: string): Result<string> {
  return fail({ code: 'self-check-failed', detail });
}

/**
 * Looks at a signed URL as CloudFront does: from the text alone it takes the parameters off, rebuilds
 * or decodes the policy, and verifies the signature with the public half.
 *
 * Errors: `self-check-failed`.
 */
function selfCheck(
  url: string,
  unsigned: string,
  meant: Policy,
  publicKey: KeyObject,
): Result<string> {
  if (new URL(url).href !== url) return wrong('A client would rewrite the URL before sending it');

  const question = url.indexOf('?');
  const own: string[] = [];
  const parameters = new Map<string, string>();
  for (const pair of url.slice(question + 1).split('&')) {
    const [name = '', value = ''] = pair.split('=');
    if (/^(?:Expires|Policy|Signature|Key-Pair-Id|Hash-Algorithm)$/.test(name)) {
      parameters.set(name, value);
    } else own.push(pair);
  }
  const before = url.slice(0, question) + (own.length === 0 ? '' : `?${own.join('&')}`);
  const sent = parameters.get('Policy');
  const document =
    sent === undefined
      ? policyDocument({ resource: before, expiresAt: Number(parameters.get('Expires')) })
      : Buffer.from(fromUrlBase64(sent)).toString('utf8');
  if (before !== unsigned || document !== policyDocument(meant))
    return wrong('The URL does not carry the policy it should');
  if (!opens(meant.resource, before)) return wrong('The policy does not open the URL');

  const hash = parameters.get('Hash-Algorithm') ?? 'SHA1';
  const fault = signatureFault(document, parameters.get('Signature') ?? '', hash, publicKey);
  return fault === undefined ? ok(url) : wrong(fault);
}

/** What is wrong with the signature of a policy as it is written; undefined where it is right. */
export function signatureFault(
  document: string,
  written: string,
  hash: string,
  publicKey: KeyObject,
): string | undefined {
  const signature = fromUrlBase64(written);
  // Other alphabets are decoded here, too, but CloudFront refuses them.
  if (toUrlBase64(signature) !== written) return 'The signature is not in CloudFront’s base64';
  return verify(hash, Buffer.from(document), publicKey, signature)
    ? undefined
    : 'The signature does not cover the URL';
}
