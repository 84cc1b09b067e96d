/**
 * Why a text is not a private key that CloudFront's signatures can be made with: RSA of 2048 bits or
 * ECDSA on P-256, as PEM.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-trusted-signers.html
 */
export type KeyRefusal =
  | 'empty'
  | 'not-pem'
  | 'der'
  | 'public-key'
  | 'certificate'
  | 'certificate-request'
  | 'openssh'
  | 'putty'
  | 'pkcs12'
  | 'several-keys'
  | 'damaged'
  | 'cipher-unsupported'
  | 'rsa-size'
  | 'rsa-pss'
  | 'curve'
  | 'ed25519'
  | 'key-type';

const MAKE_RSA = 'openssl genrsa -out private_key.pem 2048';
const MAKE_EITHER = `Make one with “${MAKE_RSA}”, or with “openssl ecparam -name prime256v1 -genkey -noout -out private_key.pem”, and give CloudFront its public half: “openssl pkey -in private_key.pem -pubout -out public_key.pem”.`;

/** Each refusal in words: what is wrong without a full stop, and the command that mends it. */
export const KEY_REFUSALS: Readonly<
  Record<KeyRefusal, { readonly title: string; readonly remedy: string }>
> = {
  empty: { title: 'There is no private key in it: it is empty', remedy: MAKE_EITHER },
  'not-pem': {
    title: 'This is not a private key in PEM',
    remedy: `A PEM begins with “-----BEGIN PRIVATE KEY-----” or “-----BEGIN RSA PRIVATE KEY-----”. ${MAKE_EITHER}`,
  },
  der: {
    title: 'This is DER, not PEM',
    remedy: 'Convert it with “openssl pkey -inform DER -in private_key.der -out private_key.pem”.',
  },
  'public-key': {
    title: 'This is a public key',
    remedy:
      'CloudFront has this half. Signing takes the private half that was made with it, usually the file private_key.pem.',
  },
  certificate: {
    title: 'This is a certificate',
    remedy: `It holds a public key alone, and CloudFront’s signatures need no certificate. ${MAKE_EITHER}`,
  },
  'certificate-request': {
    title: 'This is a certificate signing request',
    remedy: `It holds a public key alone, and CloudFront’s signatures need no certificate. ${MAKE_EITHER}`,
  },
  openssh: {
    title: 'This private key is in OpenSSH’s own format',
    remedy:
      'Convert a copy of it with “ssh-keygen -p -m PEM -f copy_of_key”, which rewrites the file in place.',
  },
  putty: {
    title: 'This private key is in PuTTY’s own format',
    remedy:
      'Convert it with “puttygen key.ppk -O private-openssh -o private_key.pem”, then with “ssh-keygen -p -m PEM -f private_key.pem”.',
  },
  pkcs12: {
    title: 'This is a PKCS#12 file',
    remedy:
      'Take the key out with “openssl pkcs12 -in file.p12 -nocerts -noenc -out private_key.pem”.',
  },
  'several-keys': {
    title: 'There are several private keys in it',
    remedy: 'Keep the one whose public half CloudFront has, from its BEGIN line to its END line.',
  },
  damaged: {
    title: 'This PEM is damaged',
    remedy:
      'Something was lost or changed on the way. Take it again from where it came, from the BEGIN line to the END line.',
  },
  'cipher-unsupported': {
    title: 'This private key is encrypted in a way that cannot be read here',
    remedy:
      'Encrypt it anew with “openssl pkcs8 -topk8 -v2 aes-256-cbc -in old.pem -out new.pem”. For a cipher of old, OpenSSL 3 wants “-provider default -provider legacy” there, too.',
  },
  'rsa-size': {
    title: 'This RSA key is not of 2048 bits',
    remedy: `CloudFront takes no other size. Make one with “${MAKE_RSA}”.`,
  },
  'rsa-pss': {
    title: 'This RSA key is for PSS signatures only',
    remedy: `CloudFront’s signatures use PKCS #1 v1.5 padding. Make a plain one with “${MAKE_RSA}”.`,
  },
  curve: {
    title: 'This elliptic-curve key is not on the curve P-256',
    remedy:
      'CloudFront takes no other curve. Make one with “openssl ecparam -name prime256v1 -genkey -noout -out private_key.pem”.',
  },
  ed25519: {
    title: 'This is an Ed25519 key',
    remedy: `CloudFront takes RSA of 2048 bits and ECDSA on P-256. ${MAKE_EITHER}`,
  },
  'key-type': {
    title: 'This kind of private key cannot sign for CloudFront',
    remedy: `CloudFront takes RSA of 2048 bits and ECDSA on P-256. ${MAKE_EITHER}`,
  },
};
