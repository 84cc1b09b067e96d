/**
 * What a signature grants: one resource until a moment, and for a custom policy also from a moment
 * on, or to one IPv4 range.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-creating-signed-url-custom-policy.html
 */
export interface Policy {
  /** The canonical URL that is opened; one that ends with `*` opens all that begins like it. */
  readonly resource: string;
  /** In epoch seconds: access ends at this second. */
  readonly expiresAt: number;
  /** In epoch seconds: access begins after this second. */
  readonly notBefore?: number;
  /** One IPv4 range, such as `192.0.2.0/24`. */
  readonly ipAddress?: string;
}

/** Whether CloudFront can rebuild the policy from the URL, so that it need not be sent. */
export function isCanned({ resource, notBefore, ipAddress }: Policy): boolean {
  return notBefore === undefined && ipAddress === undefined && !resource.includes('*');
}

/**
 * The bytes that are signed: compact JSON in the order CloudFront documents, which for a canned
 * policy it rebuilds byte by byte.
 */
export function policyDocument({ resource, expiresAt, notBefore, ipAddress }: Policy): string {
  return JSON.stringify({
    Statement: [
      {
        Resource: resource,
        Condition: {
          DateLessThan: { 'AWS:EpochTime': expiresAt },
          ...(notBefore !== undefined && { DateGreaterThan: { 'AWS:EpochTime': notBefore } }),
          ...(ipAddress !== undefined && { IpAddress: { 'AWS:SourceIp': ipAddress } }),
        },
      },
    ],
  });
}

/** CloudFront's base64: `+`, `=` and `/` become `-`, `_` and `~`. Not RFC 4648's base64url. */
export function toUrlBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString('base64')
    .replace(/[+=/]/g, (character) => (character === '+' ? '-' : character === '=' ? '_' : '~'));
}

/** The bytes behind {@link toUrlBase64}. */
export function fromUrlBase64(text: string): Uint8Array {
  return Buffer.from(
    text.replace(/[-_~]/g, (character) =>
      character === '-' ? '+' : character === '_' ? '=' : '/',
    ),
    'base64',
  );
}

/**
 * Reads an IPv4 address or CIDR range and brings it into CloudFront's form: with its length, and
 * with no bits set behind it. Undefined where it is anything else; IPv6 is not supported.
 */
export function parseIpv4Range(text: string): string | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?:\/(\d{1,2}))?$/.exec(text.trim());
  if (match === null) return undefined;
  // A leading zero is octal to some programs and decimal to others, so it is neither here.
  if (match.slice(1).some((number) => /^0\d/.test(number ?? ''))) return undefined;
  const octets = match.slice(1, 5).map(Number);
  const length = match[5] === undefined ? 32 : Number(match[5]);
  if (octets.some((octet) => octet > 255) || length > 32) return undefined;
  const address = octets.reduce((sum, octet) => sum * 256 + octet, 0);
  const network = address - (address % 2 ** (32 - length));
  const dotted = [24, 16, 8, 0].map((shift) => Math.floor(network / 2 ** shift) % 256).join('.');
  return `${dotted}/${length}`;
}
