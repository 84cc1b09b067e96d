import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A key pair that the `openssl` binary made and signs with. */
export interface KeyPair {
  /** The ID under which CloudFront would know the public half. */
  readonly id: string;
  readonly publicPem: string;
  readonly privateKeyFile: string;
}

export type HashName = 'sha1' | 'sha256';

/** How a URL is signed, and what it says about that. */
export interface Signing {
  readonly key: KeyPair;
  /** What the signature is made with; SHA-1 unless given. */
  readonly hash?: HashName;
  /** The value of `Hash-Algorithm`; the parameter is left out unless given. */
  readonly hashAlgorithm?: string;
}

/** A place for private keys, gone with the tests that made it. */
export function keyFolder() {
  const folder = mkdtempSync(path.join(tmpdir(), 'edge-keys-'));
  return {
    make(id: string, options: readonly string[]): KeyPair {
      const privateKeyFile = path.join(folder, `${id}.pem`);
      openssl(['genpkey', ...options, '-out', privateKeyFile]);
      const publicPem = openssl(['pkey', '-in', privateKeyFile, '-pubout']).toString();
      return { id, publicPem, privateKeyFile };
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}

export const RSA_2048 = ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'];
export const P_256 = ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'];

/** Signs as AWS's own example does: `openssl dgst -sha1 -sign`, base64, and three characters swapped. */
export function sign(key: KeyPair, text: string, hash: HashName = 'sha1'): string {
  return cloudFrontBase64(
    openssl(['dgst', `-${hash}`, '-sign', key.privateKeyFile, '-binary'], Buffer.from(text)),
  );
}

export function cloudFrontBase64(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('+', '-').replaceAll('=', '_').replaceAll('/', '~');
}

export function cannedPolicy(url: string, expires: number | string): string {
  return `{"Statement":[{"Resource":"${url}","Condition":{"DateLessThan":{"AWS:EpochTime":${expires}}}}]}`;
}

/** CloudFront's parameters for a canned policy, in AWS's order. */
export function cannedParameters(url: string, expires: number | string, signing: Signing) {
  return {
    Expires: String(expires),
    Signature: sign(signing.key, cannedPolicy(url, expires), signing.hash),
    ...identified(signing),
  };
}

/** CloudFront's parameters for a custom policy, given as the very text to sign. */
export function customParameters(policy: string, signing: Signing) {
  return {
    Policy: cloudFrontBase64(Buffer.from(policy)),
    Signature: sign(signing.key, policy, signing.hash),
    ...identified(signing),
  };
}

function identified({ key, hashAlgorithm }: Signing) {
  return {
    'Key-Pair-Id': key.id,
    ...(hashAlgorithm !== undefined && { 'Hash-Algorithm': hashAlgorithm }),
  };
}

/** Puts parameters behind a URL, undefined ones left out. */
export function withParameters(
  url: string,
  parameters: Readonly<Record<string, string | undefined>>,
): string {
  const pairs = Object.entries(parameters).filter(([, value]) => value !== undefined);
  const query = pairs.map(([name, value]) => `${name}=${value}`).join('&');
  return `${url}${url.includes('?') ? '&' : '?'}${query}`;
}

/** The same parameters as a `Cookie` header. */
export function asCookies(parameters: Readonly<Record<string, string>>): string {
  return Object.entries(parameters)
    .map(([name, value]) => `CloudFront-${name}=${value}`)
    .join('; ');
}

function openssl(args: readonly string[], input?: Buffer): Buffer {
  return execFileSync('openssl', args, {
    ...(input && { input }),
    stdio: ['pipe', 'pipe', 'pipe'],
  });
}
