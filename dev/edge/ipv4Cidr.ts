/** A range of IPv4 addresses: the network as an unsigned number and how many leading bits count. */
export interface Ipv4Cidr {
  readonly network: number;
  readonly bits: number;
}

/**
 * Reads `a.b.c.d/n`. `undefined` for a bare address, for IPv6 and for everything else: a single
 * address is written with `/32`.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-creating-signed-url-custom-policy.html
 */
export function parseIpv4Cidr(text: string): Ipv4Cidr | undefined {
  const match = /^([\d.]+)\/(\d{1,2})$/.exec(text);
  const network = match?.[1] === undefined ? undefined : parseIpv4(match[1]);
  const bits = Number(match?.[2]);
  return network === undefined || bits > 32 ? undefined : { network, bits };
}

/** Whether an address, as a socket reports it, lies in the range. An IPv6 viewer never does. */
export function cidrContains(cidr: Ipv4Cidr, address: string): boolean {
  const viewer = parseIpv4(address.replace(/^::ffff:/i, ''));
  if (viewer === undefined) {
    return false;
  }
  const size = 2 ** (32 - cidr.bits);
  return Math.floor(viewer / size) === Math.floor(cidr.network / size);
}

function parseIpv4(text: string): number | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  const parts = match?.slice(1).map(Number);
  if (parts === undefined || parts.some((part) => part > 255)) {
    return undefined;
  }
  return parts.reduce((sum, part) => sum * 256 + part, 0);
}
