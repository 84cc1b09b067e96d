/** What a policy asks of a request. Times are whole epoch seconds. */
export interface AccessPolicy {
  /** Absent: every file of every distribution that trusts the key. */
  readonly resource?: string;
  readonly dateLessThan: number;
  readonly dateGreaterThan?: number;
  readonly sourceIp?: Ipv4Cidr;
}

/** A range of IPv4 addresses: the network as an unsigned number and how many leading bits count. */
export interface Ipv4Cidr {
  readonly network: number;
  readonly bits: number;
}

/** The last second that fits CloudFront's "32-bit integer", in January 2038. */
const LATEST_SECOND = 2_147_483_647;

/**
 * Reads a custom policy from its decoded bytes; `undefined` where it is malformed.
 *
 * Enforced as documented: UTF-8, no white space outside strings but one newline behind the closing
 * brace, exactly one statement in an array, names exactly as given and no others, unquoted whole
 * seconds within 32 bits, a required DateLessThan, one IPv4 CIDR. CloudFront may forgive some of
 * it; a link must not count on that.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-creating-signed-url-custom-policy.html
 */
export function parseAccessPolicy(bytes: Uint8Array): AccessPolicy | undefined {
  const text = decodeUtf8(bytes)?.replace(/\}\n$/, '}');
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

/** Whether an address, as a socket reports it, lies in the range. An IPv6 viewer never does. */
export function cidrContains(range: Ipv4Cidr, address: string): boolean {
  const viewer = parseIpv4(address.replace(/^::ffff:/i, ''));
  if (viewer === undefined) {
    return false;
  }
  const size = 2 ** (32 - range.bits);
  return Math.floor(viewer / size) === Math.floor(range.network / size);
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

/** `a.b.c.d/n` alone: neither a bare address, for which `/32` is written, nor IPv6, nor a list. */
function cidr(value: unknown): Ipv4Cidr | 'malformed' | undefined {
  if (value === undefined) {
    return undefined;
  }
  const text = record(value, ['AWS:SourceIp'])?.['AWS:SourceIp'];
  const match = typeof text === 'string' ? /^([\d.]+)\/(\d{1,2})$/.exec(text) : null;
  const network = match?.[1] === undefined ? undefined : parseIpv4(match[1]);
  const bits = Number(match?.[2]);
  return network === undefined || bits > 32 ? 'malformed' : { network, bits };
}

function parseIpv4(text: string): number | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  const parts = match?.slice(1).map(Number);
  if (parts === undefined || parts.some((part) => part > 255)) {
    return undefined;
  }
  return parts.reduce((sum, part) => sum * 256 + part, 0);
}
