import { generateKeyPair } from 'node:crypto';
import { toUrlBase64, type Policy } from '../cloudfront/policy.ts';
import { signedUrlText, type HashAlgorithm } from '../cloudfront/signedUrl.ts';
import type { KeyKind, PrivateKeyText } from './privateKey.ts';

const PEM = {
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
} as const;

/**
 * Makes a key pair of a kind that CloudFront takes, off the thread that calls: an RSA key takes up to
 * a second.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-trusted-signers.html
 */
export async function newKeyPair(kind: KeyKind): Promise<PrivateKeyText> {
  return new Promise((resolve, reject) => {
    const done = (error: Error | null, publicKeyPem: string, pem: string): void => {
      if (error === null) resolve({ kind, pem, publicKeyPem });
      else reject(error);
    };
    if (kind === 'RSA 2048') generateKeyPair('rsa', { modulusLength: 2048, ...PEM }, done);
    else generateKeyPair('ec', { namedCurve: 'prime256v1', ...PEM }, done);
  });
}

/**
 * The bytes of a signature: as many as RSA's modulus has (RFC 8017 section 8.2), and for P-256 two
 * numbers of 33 bytes at most in DER (RFC 3279 section 2.2.3).
 */
const SIGNATURE_BYTES: { readonly [K in KeyKind]: number } = {
  'RSA 2048': 2048 / 8,
  'ECDSA P-256': 2 + 2 * (2 + 33),
};

const TYPICAL: Policy = {
  resource: 'https://d111111abcdef8.cloudfront.net/reports/2026/summary.pdf',
  expiresAt: 2_000_000_000,
};

/** How long a signed URL with a key of a kind is, in characters: that of a short object name. */
export function typicalUrlLength(kind: KeyKind, hashAlgorithm: HashAlgorithm): number {
  const signature = toUrlBase64(new Uint8Array(SIGNATURE_BYTES[kind]));
  return signedUrlText(TYPICAL, signature, 'K2JCJMDEHXQW5F', hashAlgorithm).length;
}
