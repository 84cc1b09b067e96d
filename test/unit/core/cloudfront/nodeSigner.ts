import { generateKeyPairSync, type KeyPairKeyObjectResult, sign, verify } from 'node:crypto';
import type {
  HashAlgorithm,
  SigningKey,
  SignPolicy,
} from '../../../../src/core/cloudfront/signedUrl.ts';
import { ok } from '../../../../src/core/outcome.ts';

/** Both kinds of key that CloudFront takes, made for this run. */
export const RSA = signingKey('KRSAEXAMPLE', generateKeyPairSync('rsa', { modulusLength: 2048 }));
export const EC = signingKey('KECEXAMPLE00', generateKeyPairSync('ec', { namedCurve: 'P-256' }));

function signingKey(
  keyPairId: string,
  { privateKey, publicKey }: KeyPairKeyObjectResult,
): SigningKey {
  return { keyPairId, privateKey, publicKey };
}

/** Signs with Node alone. */
export const signPolicy: SignPolicy = (document, { privateKey }, hashAlgorithm) =>
  ok(toCloudFront(sign(hashAlgorithm, Buffer.from(document), privateKey).toString('base64')));

/** Puts standard base64 into CloudFront's alphabet. */
export function toCloudFront(base64: string): string {
  return base64.replaceAll('+', '-').replaceAll('=', '_').replaceAll('/', '~');
}

/** Decodes CloudFront's base64. */
export function fromCloudFront(text: string): Buffer {
  const base64 = text.replaceAll('-', '+').replaceAll('_', '=').replaceAll('~', '/');
  return Buffer.from(base64, 'base64');
}

/** Whether the signature in a URL is one of the document, to a key's public half. */
export function isSigned(
  url: string,
  document: string,
  key: SigningKey,
  hashAlgorithm: HashAlgorithm,
): boolean {
  const signature = new URL(url).searchParams.get('Signature') ?? '';
  const bytes = Buffer.from(document);
  return verify(hashAlgorithm, bytes, key.publicKey, fromCloudFront(signature));
}

/** The bytes that CloudFront rebuilds for a canned policy, written out. */
export function cannedDocument(resource: string, expires: number): string {
  return `{"Statement":[{"Resource":"${resource}","Condition":{"DateLessThan":{"AWS:EpochTime":${expires}}}}]}`;
}
