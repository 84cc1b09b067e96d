import { fail, ok, type Outcome, type Result } from '../outcome.ts';
import { parseIpv4Range } from './policy.ts';

/**
 * Asks a service from which address one is seen there.
 *
 * @param service its URL
 *
 * Errors: `address-unknown`.
 */
export type AskAddress = (service: string, signal: AbortSignal) => Promise<Outcome<string>>;

/**
 * Reads what such a service answers: an IPv4 address, and nothing else but white space around it.
 *
 * @returns the address as a range of one: `198.51.100.7/32`
 *
 * Errors: `address-unknown`.
 */
export function parseOwnAddress(answer: string, service: string): Result<string> {
  const text = answer.trim();
  const range = text.includes('/') ? undefined : parseIpv4Range(text);
  if (range !== undefined) return ok(range);
  return fail({
    code: 'address-unknown',
    service,
    detail: isIpv6(text)
      ? 'It sees this computer by IPv6, and a link can be bound to IPv4 addresses alone'
      : 'Its answer is no IPv4 address',
  });
}

function isIpv6(text: string): boolean {
  return /^[\da-f:.]+$/i.test(text) && URL.canParse(`http://[${text}]`);
}
