import { BlockList, isIP } from 'node:net';

/** A range of IPv4 or IPv6 addresses. */
export interface IpRange {
  readonly network: string;
  readonly family: 'ipv4' | 'ipv6';
  /** How many leading bits count. */
  readonly bits: number;
}

/** Reads `203.0.113.0/24`, or an address that stands for itself; `undefined` for what is neither. */
export function parseIpRange(text: string): IpRange | undefined {
  const [, network = '', bits] = /^([0-9a-f.:]+)(?:\/(\d{1,3}))?$/i.exec(text) ?? [];
  const version = isIP(network);
  const size = version === 6 ? 128 : 32;
  if (version === 0 || Number(bits ?? 0) > size) return undefined;
  return { network, family: version === 6 ? 'ipv6' : 'ipv4', bits: Number(bits ?? size) };
}

/** Whether an address, as a socket reports it, lies in a range. No IPv4 address is in one of IPv6. */
export function isInRange(address: string, { network, family, bits }: IpRange): boolean {
  const plain = address.replace(/^::ffff:(?=[\d.]+$)/i, '');
  const list = new BlockList();
  list.addSubnet(network, bits, family);
  return list.check(plain, family);
}
