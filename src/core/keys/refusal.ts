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
