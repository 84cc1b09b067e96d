import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import type { OwnKey } from '../cloudfront/keyMatch.ts';
import type { HashAlgorithm } from '../cloudfront/signedUrl.ts';

/** A policy that may have been signed. */
export interface SignedDocument {
  readonly text: string | Buffer;
  /** The URL that it is for, where the policy was made from that. */
  readonly url?: string;
  /** Whether that is another URL than the one at hand. */
  readonly isOther?: boolean;
}

/** A signature, and what it may be one of. */
interface SignedThing {
  readonly signature: Buffer;
  /** What the text says is signed; after that, what else may have been. */
  readonly documents: readonly SignedDocument[];
  readonly keyPairId: string | undefined;
  readonly hashAlgorithm: HashAlgorithm | undefined;
}

/** By which key a signature was made, over what and how. */
interface SignatureMatch {
  readonly keyPairId: string;
  readonly hashAlgorithm: HashAlgorithm;
  readonly document: SignedDocument;
}

/**
 * Looks for the key that a signature verifies with. The key, the hash and the policy that the text
 * names come first, so that what is right takes one look.
 */
export function findMatch(
  { signature, documents, keyPairId, hashAlgorithm }: SignedThing,
  keys: readonly OwnKey[],
): SignatureMatch | undefined {
  const isNamed = (key: OwnKey): boolean => key.keyPairId === keyPairId;
  const candidates = [...keys.filter(isNamed), ...keys.filter((key) => !isNamed(key))].map(
    (key) => ({ id: key.keyPairId, publicKey: publicKeyOf(key) }),
  );
  const hashes = hashAlgorithm === 'SHA256' ? HASHES.toReversed() : HASHES;
  for (const document of documents) {
    const bytes = Buffer.from(document.text);
    for (const { id, publicKey } of candidates) {
      const hash = hashes.find((one) => isMadeBy(publicKey, signature, bytes, one));
      if (hash !== undefined) return { keyPairId: id, hashAlgorithm: hash, document };
    }
  }
  return undefined;
}

const HASHES: readonly HashAlgorithm[] = ['SHA1', 'SHA256'];

function publicKeyOf({ publicKeyPem }: OwnKey): KeyObject | undefined {
  try {
    return createPublicKey(publicKeyPem);
  } catch {
    // What cannot be read verifies nothing.
    return undefined;
  }
}

function isMadeBy(
  key: KeyObject | undefined,
  signature: Buffer,
  bytes: Buffer,
  hashAlgorithm: HashAlgorithm,
): boolean {
  try {
    return key !== undefined && verify(hashAlgorithm, bytes, key, signature);
  } catch {
    // Nor does a hash that is switched off on this computer.
    return false;
  }
}

/**
 * Whether bytes have the form of a signature that CloudFront takes: those of RSA 2048, or of the 1024
 * bits of old key pairs of accounts, or the DER of two numbers by ECDSA P-256 (RFC 3279 section
 * 2.2.3).
 */
export function isWholeSignature(bytes: Buffer): boolean {
  const isEcdsa = bytes[0] === 0x30 && bytes[1] === bytes.length - 2 && bytes.length <= 72;
  return bytes.length === 256 || bytes.length === 128 || isEcdsa;
}
