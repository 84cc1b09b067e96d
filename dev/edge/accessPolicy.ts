import { type Ipv4Cidr, parseIpv4Cidr } from './ipv4Cidr.ts';

/** What a policy asks of a request. Times are whole epoch seconds. */
export interface AccessPolicy {
  /** Absent: every file of every distribution that trusts the key. */
  readonly resource?: string;
  readonly dateLessThan: number;
  readonly dateGreaterThan?: number;
  readonly sourceIp?: Ipv4Cidr;
}

/** The last second that fits CloudFront's "32-bit integer", in January 2038. */
const LATEST_SECOND = 2_147_483_647;

/**
 * Reads a custom policy from its decoded bytes; `undefined` where it is malformed.
 *
 * Enforced as documented: UTF-8, no white space outside strings, exactly one statement in an
 * array, names exactly as given and no others, unquoted whole seconds within 32 bits, a required
 * DateLessThan, one IPv4 CIDR. CloudFront may forgive some of it; a link must not count on that.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-creating-signed-url-custom-policy.html
 */
export function parseAccessPolicy(bytes: Uint8Array): AccessPolicy | undefined {
  const text = decodeUtf8(bytes);
  if (text === undefined || /\s/.test(text.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""'))) {
    return undefined;
  }
  const policy = record(parseJson(text), ['Statement']);
  const statements = policy?.['Statement'];
  if (!Array.isArray(statements) || statements.length !== 1) {
    return undefined;
  }
  const statement = record(statements[0], ['Resource', 'Condition']);
  const condition = record(statement?.['Condition'], [
    'DateLessThan',
    'DateGreaterThan',
    'IpAddress',
  ]);
  const resource = statement?.['Resource'];
  const dateLessThan = epochSeconds(condition?.['DateLessThan']);
  const dateGreaterThan = epochSeconds(condition?.['DateGreaterThan']);
  const sourceIp = cidr(condition?.['IpAddress']);
  if (
    (resource !== undefined && typeof resource !== 'string') ||
    typeof dateLessThan !== 'number' ||
    dateGreaterThan === 'malformed' ||
    sourceIp === 'malformed'
  ) {
    return undefined;
  }
  return {
    dateLessThan,
    ...(resource === undefined ? {} : { resource }),
    ...(dateGreaterThan === undefined ? {} : { dateGreaterThan }),
    ...(sourceIp === undefined ? {} : { sourceIp }),
  };
}

/**
 * The value of an `Expires` parameter in epoch seconds; `undefined` unless it is a plain decimal
 * within 32 bits, so not in milliseconds either.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-creating-signed-url-canned-policy.html
 */
export function parseExpires(value: string): number | undefined {
  return /^(0|[1-9]\d*)$/.test(value) && Number(value) <= LATEST_SECOND ? Number(value) : undefined;
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function record(
  value: unknown,
  names: readonly string[],
): Readonly<Record<string, unknown>> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return undefined;
  }
  const entries = Object.entries(value);
  return entries.every(([name]) => names.includes(name)) ? Object.fromEntries(entries) : undefined;
}

function epochSeconds(value: unknown): number | 'malformed' | undefined {
  if (value === undefined) {
    return undefined;
  }
  const seconds = record(value, ['AWS:EpochTime'])?.['AWS:EpochTime'];
  return typeof seconds === 'number' &&
    Number.isInteger(seconds) &&
    seconds >= 0 &&
    seconds <= LATEST_SECOND
    ? seconds
    : 'malformed';
}

function cidr(value: unknown): Ipv4Cidr | 'malformed' | undefined {
  if (value === undefined) {
    return undefined;
  }
  const address = record(value, ['AWS:SourceIp'])?.['AWS:SourceIp'];
  return typeof address === 'string' ? (parseIpv4Cidr(address) ?? 'malformed') : 'malformed';
}
