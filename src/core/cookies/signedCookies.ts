import { policyDocument, toUrlBase64, fromUrlBase64, type Policy } from '../cloudfront/policy.ts';
import {
  signatureFault,
  type HashAlgorithm,
  type SigningKey,
  type SignPolicy,
} from '../cloudfront/signedUrl.ts';
import { fail, ok, type Result } from '../outcome.ts';

/** The cookies that open what a custom policy says, and who is sent them. */
export interface SignedCookies {
  readonly cookies: readonly (readonly [name: string, value: string])[];
  /** The one host that they are for, without a port, which cookies know nothing of. */
  readonly host: string;
  /** What the paths begin with that they are sent to, up to a slash, percent-encoded. */
  readonly path: string;
  /** Whether they are sent over HTTPS alone. */
  readonly isSecure: boolean;
  /** When the policy ends, in epoch seconds. */
  readonly expiresAt: number;
}

/**
 * What browsers keep of a cookie at most, name and value together, and of a path, in bytes.
 * https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#section-5.7
 */
const MAXIMUM_COOKIE = 4096;
const MAXIMUM_PATH = 1024;

/**
 * Signs a custom policy for cookies. They are checked with the public half, as signed URLs are, before
 * they are given out.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-setting-signed-cookie-custom-policy.html
 *
 * @param url what all URLs begin with that are opened
 *
 * Errors: `signing-failed`, `cookie-too-long`, `self-check-failed`.
 */
export function signCookies(
  policy: Policy,
  url: string,
  key: SigningKey,
  hashAlgorithm: HashAlgorithm,
  signPolicy: SignPolicy,
): Result<SignedCookies> {
  const signature = signPolicy(policyDocument(policy), key, hashAlgorithm);
  if (signature.kind !== 'ok') return signature;
  const cookies = [
    ['CloudFront-Policy', toUrlBase64(Buffer.from(policyDocument(policy)))],
    ['CloudFront-Signature', signature.value],
    ['CloudFront-Key-Pair-Id', key.keyPairId],
    ...(hashAlgorithm === 'SHA256' ? [['CloudFront-Hash-Algorithm', 'SHA256'] as const] : []),
  ] as const;
  const bytes = Math.max(...cookies.map(([name, value]) => name.length + value.length));
  if (bytes > MAXIMUM_COOKIE)
    return fail({ code: 'cookie-too-long', bytes, maximum: MAXIMUM_COOKIE });
  const fault = faultOf(new Map(cookies), policy, key);
  if (fault !== undefined) return fail({ code: 'self-check-failed', detail: fault });
  const { hostname, pathname, protocol } = new URL(url);
  const folder = pathname.slice(0, pathname.lastIndexOf('/') + 1);
  return ok({
    cookies,
    host: hostname,
    // A longer one is dropped by browsers, which then go by the page.
    path: folder.length > MAXIMUM_PATH ? '/' : folder,
    isSecure: protocol === 'https:',
    expiresAt: policy.expiresAt,
  });
}

/** What is wrong with cookies, read as CloudFront does; undefined where they are right. */
function faultOf(
  cookies: ReadonlyMap<string, string>,
  meant: Policy,
  { publicKey }: SigningKey,
): string | undefined {
  const document = Buffer.from(fromUrlBase64(cookies.get('CloudFront-Policy') ?? '')).toString();
  if (document !== policyDocument(meant)) return 'The cookies do not carry the policy they should';
  const signature = cookies.get('CloudFront-Signature') ?? '';
  return signatureFault(
    document,
    signature,
    cookies.get('CloudFront-Hash-Algorithm') ?? 'SHA1',
    publicKey,
  );
}
