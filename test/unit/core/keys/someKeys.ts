import { execFileSync } from 'node:child_process';
import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';

/** Opens every encrypted key of the tests. */
export const PASSPHRASE = 'correct horse';

/** The two kinds of key that CloudFront's signatures can be made with, made for this run. */
export const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
export const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;

type Form = 'pkcs1' | 'pkcs8' | 'sec1';

/** A private key as a PEM in one of its forms. */
export function pemOf(key: KeyObject, type: Form): string {
  return key.export({ type, format: 'pem' }).toString();
}

/** A private key as a PEM that {@link PASSPHRASE}, or another, opens. */
export function encryptedPemOf(
  key: KeyObject,
  type: Form,
  cipher: string,
  passphrase = PASSPHRASE,
): string {
  return key.export({ type, format: 'pem', cipher, passphrase }).toString();
}

export function publicPemOf(key: KeyObject): string {
  return createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString();
}

/** The bytes in the first block of a PEM that is not encrypted in the traditional way. */
export function derOf(pem: string): Buffer {
  return Buffer.from(pem.split('-----')[2] ?? '', 'base64');
}

/** What the `openssl` binary makes of its standard input. */
export function openssl(args: readonly string[], input: string | Buffer = ''): Buffer {
  return execFileSync('openssl', args, { input, stdio: 'pipe' });
}

/** A private key as `openssl pkcs8` encrypts it, which knows more ways than Node. */
export function encryptedByOpenssl(key: KeyObject, ...ways: readonly string[]): string {
  const args = ['pkcs8', '-topk8', ...ways, '-passout', `pass:${PASSPHRASE}`];
  return openssl(args, pemOf(key, 'pkcs8')).toString();
}
