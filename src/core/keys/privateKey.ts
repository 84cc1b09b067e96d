import { createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import type { SigningKey } from '../cloudfront/signedUrl.ts';
import { fail, ok, type Failure, type Result } from '../outcome.ts';
import { findPemBlocks, isBase64, writePem, type PemBlock } from './pem.ts';
import type { KeyRefusal } from './refusal.ts';

/**
 * The kinds of key that CloudFront verifies signatures with.
 * https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_PublicKeyConfig.html
 */
export const KEY_KINDS = ['RSA 2048', 'ECDSA P-256'] as const;

export type KeyKind = (typeof KEY_KINDS)[number];

/** A private key that CloudFront's signatures can be made with, decrypted. */
export interface PrivateKeyText {
  /** PKCS#8 in PEM. */
  readonly pem: string;
  readonly kind: KeyKind;
  /** The public half, SubjectPublicKeyInfo in PEM, as CloudFront wants it. */
  readonly publicKeyPem: string;
}

function refuse(reason: KeyRefusal): Failure {
  return fail({ code: 'private-key-refused', reason });
}

/**
 * Reads a private key out of what people have of one: PKCS#1, PKCS#8 or SEC1 in PEM, encrypted or
 * not, with whatever copying has done to it.
 *
 * @param input the bytes of a file, or text
 * @param passphrase of an encrypted key
 *
 * Errors: `private-key-refused`, `passphrase-needed`, `passphrase-wrong`.
 */
export function readPrivateKey(
  input: string | Uint8Array,
  passphrase?: string,
): Result<PrivateKeyText> {
  const text = typeof input === 'string' ? ok(input) : readText(input);
  if (text.kind !== 'ok') return text;
  const block = findKeyBlock(unwrap(text.value));
  return block.kind === 'ok' ? readBlock(block.value, passphrase) : block;
}

/**
 * Makes a stored key ready to sign.
 *
 * @param pem what {@link readPrivateKey} gave
 *
 * Errors: `private-key-refused` where it is damaged.
 */
export function signingKeyOf(keyPairId: string, pem: string): Result<SigningKey> {
  try {
    const privateKey = createPrivateKey(pem);
    return ok({ keyPairId, privateKey, publicKey: createPublicKey(privateKey) });
  } catch {
    return refuse('damaged');
  }
}

function readText(bytes: Uint8Array): Result<string> {
  const [first, second] = bytes;
  const utf16 = first === 0xff && second === 0xfe ? 'utf-16le' : undefined;
  const encoding = first === 0xfe && second === 0xff ? 'utf-16be' : utf16;
  if (encoding === undefined && isDer(bytes)) return refuse(refusalOfDer(bytes));
  return ok(new TextDecoder(encoding).decode(bytes));
}

/** An ASN.1 SEQUENCE that is as long as it says. */
function isDer(bytes: Uint8Array): boolean {
  const [tag, length = 0, high = 0, low = 0] = bytes;
  if (tag !== 0x30) return false;
  if (length === 0x82) return bytes.length === 4 + high * 256 + low;
  return length === 0x81 ? bytes.length === 3 + high : bytes.length === 2 + length;
}

function refusalOfDer(bytes: Uint8Array): KeyRefusal {
  // A PKCS#12 file begins with version 3 (RFC 7292 section 4), a private key with 0 or 1.
  const afterLength = bytes[1] === 0x82 ? 4 : bytes[1] === 0x81 ? 3 : 2;
  return bytes[afterLength] === 0x02 && bytes[afterLength + 2] === 3 ? 'pkcs12' : 'der';
}

/**
 * Takes off what a PEM may be wrapped in: a byte order mark, the escapes of JSON and of shells, once
 * or several times, quotes, base64 of the whole.
 */
function unwrap(text: string): string {
  const bare = text
    .replaceAll(/\\+[nrt]/g, '\n')
    .replaceAll(/\\+u00([0-9a-f]{2})/gi, (_escape, code: string) =>
      String.fromCodePoint(Number.parseInt(code, 16)),
    )
    .replaceAll(/\\+(?=["'/])/g, '')
    // A byte order mark is white space to JavaScript, too.
    .trim()
    .replace(/^(["'`]+)([\s\S]*)\1[,;]?$/, '$2')
    .trim();
  const compact = bare.replaceAll(/\s/g, '');
  if (bare.includes('-----BEGIN ') || !isBase64(compact)) return bare;
  const inner = Buffer.from(compact, 'base64');
  return inner.includes('-----BEGIN ') ? unwrap(inner.toString('utf8')) : bare;
}

const REFUSED_LABELS: readonly (readonly [RegExp, KeyRefusal])[] = [
  [/^OPENSSH PRIVATE KEY$/, 'openssh'],
  [/PRIVATE KEY$/, 'key-type'],
  [/PUBLIC KEY$/, 'public-key'],
  [/CERTIFICATE REQUEST$/, 'certificate-request'],
  [/CERTIFICATE$/, 'certificate'],
];

function findKeyBlock(text: string): Result<PemBlock> {
  if (text === '') return refuse('empty');
  if (text.startsWith('PuTTY-User-Key-File-')) return refuse('putty');
  if (/^(?:ssh-|ecdsa-sha2-|---- BEGIN SSH2 PUBLIC KEY)/.test(text)) return refuse('public-key');
  const blocks = findPemBlocks(text);
  if (blocks === undefined) return refuse('damaged');
  const keys = blocks.filter(({ label }) => /^(?:RSA |EC |ENCRYPTED |)PRIVATE KEY$/.test(label));
  const [key, another] = keys;
  if (another !== undefined) return refuse('several-keys');
  if (key !== undefined) return ok(key);
  for (const [pattern, reason] of REFUSED_LABELS) {
    if (blocks.some(({ label }) => pattern.test(label))) return refuse(reason);
  }
  const compact = text.replaceAll(/\s/g, '');
  const bytes = isBase64(compact) ? Buffer.from(compact, 'base64') : undefined;
  return refuse(bytes !== undefined && isDer(bytes) ? refusalOfDer(bytes) : 'not-pem');
}

function readBlock(block: PemBlock, passphrase: string | undefined): Result<PrivateKeyText> {
  const isEncrypted = block.dekInfo !== undefined || block.label.startsWith('ENCRYPTED');
  if (block.dekInfo === undefined && !isDer(Buffer.from(block.base64, 'base64'))) {
    return refuse('damaged');
  }
  if (isEncrypted && passphrase === undefined) return fail({ code: 'passphrase-needed' });
  let key: KeyObject;
  try {
    key = createPrivateKey({
      key: writePem(block),
      format: 'pem',
      ...(isEncrypted && passphrase !== undefined && { passphrase }),
    });
  } catch (error) {
    return isEncrypted ? decryptionFailure(block, error) : refuse(refusalOfContent(block));
  }
  const kind = kindOf(key);
  if (kind.kind !== 'ok') return kind;
  const publicKey = publicHalf(key);
  if (publicKey === undefined) return refuse('damaged');
  return ok({
    pem: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
    kind: kind.value,
    publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  });
}

/**
 * The public half as it is in the key, where it belongs to the private one. OpenSSL does not look:
 * it reads a key in which a digit was changed, and what that signs nobody can verify.
 */
function publicHalf(key: KeyObject): KeyObject | undefined {
  const probe = Buffer.from('Do the halves belong together?');
  try {
    const publicKey = createPublicKey(key);
    const signature = sign('sha256', probe, key);
    return verify('sha256', probe, publicKey, signature) ? publicKey : undefined;
  } catch {
    return undefined;
  }
}

function kindOf({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): Result<KeyKind> {
  if (asymmetricKeyType === 'rsa') {
    return asymmetricKeyDetails?.modulusLength === 2048 ? ok('RSA 2048') : refuse('rsa-size');
  }
  if (asymmetricKeyType === 'ec') {
    return asymmetricKeyDetails?.namedCurve === 'prime256v1' ? ok('ECDSA P-256') : refuse('curve');
  }
  if (asymmetricKeyType === 'rsa-pss') return refuse('rsa-pss');
  return refuse(asymmetricKeyType === 'ed25519' ? 'ed25519' : 'key-type');
}

/** Object identifiers as they lie in DER, tag and length included, in hexadecimal. */
const OID = {
  ed25519: '06032b6570',
  rsaPss: '06092a864886f70d01010a',
  dsa: '06072a8648ce380401',
  ecPublicKey: '06072a8648ce3d0201',
  p256: '06082a8648ce3d030107',
  aesCbc: /0609608648016503040(?:102|116|12a)/,
  tripleDesCbc: '06082a864886f70d0307',
  scrypt: '06092b06010401da47040b',
} as const;

/** Why OpenSSL, or Electron's BoringSSL, which knows fewer kinds of key, could not read a key. */
function refusalOfContent({ label, base64 }: PemBlock): KeyRefusal {
  const hex = Buffer.from(base64, 'base64').toString('hex');
  if (hex.includes(OID.ed25519)) return 'ed25519';
  if (hex.includes(OID.rsaPss)) return 'rsa-pss';
  if (hex.includes(OID.dsa)) return 'key-type';
  const isOfCurve = label === 'EC PRIVATE KEY' || hex.includes(OID.ecPublicKey);
  return isOfCurve && !hex.includes(OID.p256) ? 'curve' : 'damaged';
}

/**
 * A wrong passphrase mostly shows as bad padding, and now and then as rubbish that is no key, at
 * which OpenSSL's decoder gives up. What is told apart from that is a cipher that the runtime does
 * not have.
 */
function decryptionFailure({ dekInfo, base64 }: PemBlock, error: unknown): Failure {
  const wrong = fail({ code: 'passphrase-wrong' });
  const message = error instanceof Error ? error.message : '';
  if (/bad.?decrypt|bad.?password|DECODER routines/i.test(message)) return wrong;
  const hex = Buffer.from(base64, 'base64').toString('hex');
  const isCommon =
    dekInfo === undefined
      ? (OID.aesCbc.test(hex) || hex.includes(OID.tripleDesCbc)) && !hex.includes(OID.scrypt)
      : /^(?:AES-(?:128|192|256)-CBC|DES-EDE3-CBC),/.test(dekInfo);
  return isCommon ? wrong : refuse('cipher-unsupported');
}
