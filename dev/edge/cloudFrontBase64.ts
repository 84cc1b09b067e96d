/**
 * The bytes of a value in CloudFront's own alphabet: base64 with padding, in which `+`, `=` and
 * `/` are written `-`, `_` and `~`. `undefined` for anything else, RFC 4648's base64url included.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-creating-signed-url-canned-policy.html
 */
export function decodeCloudFrontBase64(value: string): Buffer | undefined {
  if (value.length % 4 !== 0 || !/^[A-Za-z0-9\-~]+_{0,2}$/.test(value)) {
    return undefined;
  }
  const base64 = value.replaceAll('-', '+').replaceAll('_', '=').replaceAll('~', '/');
  const bytes = Buffer.from(base64, 'base64');
  return bytes.toString('base64') === base64 ? bytes : undefined;
}
