import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fromUrlBase64,
  isCanned,
  parseIpv4Range,
  policyDocument,
  toUrlBase64,
} from '../../../../src/core/cloudfront/policy.ts';
import { fromCloudFront } from './nodeSigner.ts';

const resource = 'https://d111111abcdef8.cloudfront.net/horizon.jpg?size=large&license=yes';
const expiresAt = 1_767_290_400;

describe('the document', () => {
  it('of a canned policy is what CloudFront rebuilds, byte by byte', () => {
    expect(policyDocument({ resource, expiresAt })).toBe(
      '{"Statement":[{"Resource":"https://d111111abcdef8.cloudfront.net/horizon.jpg?size=large&license=yes","Condition":{"DateLessThan":{"AWS:EpochTime":1767290400}}}]}',
    );
  });

  it('of a custom policy has its conditions in CloudFront’s order', () => {
    const conditions = { ipAddress: '192.0.2.0/24', notBefore: 1_767_200_000, expiresAt };
    expect(policyDocument({ ...conditions, resource: 'https://a.example/a%2A' })).toBe(
      '{"Statement":[{"Resource":"https://a.example/a%2A","Condition":{"DateLessThan":{"AWS:EpochTime":1767290400},"DateGreaterThan":{"AWS:EpochTime":1767200000},"IpAddress":{"AWS:SourceIp":"192.0.2.0/24"}}}]}',
    );
  });

  it('has no condition that was not asked for', () => {
    expect(policyDocument({ resource: 'https://a.example/a', expiresAt, notBefore: 0 })).toBe(
      '{"Statement":[{"Resource":"https://a.example/a","Condition":{"DateLessThan":{"AWS:EpochTime":1767290400},"DateGreaterThan":{"AWS:EpochTime":0}}}]}',
    );
    expect(
      policyDocument({ resource: 'https://a.example/a', expiresAt, ipAddress: '192.0.2.7/32' }),
    ).toBe(
      '{"Statement":[{"Resource":"https://a.example/a","Condition":{"DateLessThan":{"AWS:EpochTime":1767290400},"IpAddress":{"AWS:SourceIp":"192.0.2.7/32"}}}]}',
    );
  });
});

describe('a policy', () => {
  it.each([
    [true, {}],
    [false, { notBefore: 0 }],
    [false, { ipAddress: '192.0.2.0/24' }],
    [false, { notBefore: 1_767_200_000, ipAddress: '192.0.2.0/24' }],
  ])('is canned: %s, with %j', (canned, conditions) => {
    expect(isCanned({ resource, expiresAt, ...conditions })).toBe(canned);
  });
});

describe('CloudFront’s base64', () => {
  it.each([
    ['', []],
    ['AA__', [0]],
    ['AAA_', [0, 0]],
    ['AAAA', [0, 0, 0]],
    // In standard base64: `+/+/` and `/w==`.
    ['-~-~', [0xfb, 0xff, 0xbf]],
    ['~w__', [0xff]],
  ])('writes %j', (text, bytes) => {
    expect(toUrlBase64(Uint8Array.from(bytes))).toBe(text);
    expect([...fromUrlBase64(text)]).toEqual(bytes);
  });

  it('is base64 with three characters exchanged, and loses nothing', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const text = toUrlBase64(bytes);
        expect(text).toMatch(/^[A-Za-z0-9~-]*_{0,2}$/);
        expect(fromCloudFront(text)).toEqual(Buffer.from(bytes));
        expect([...fromUrlBase64(text)]).toEqual([...bytes]);
      }),
    );
  });
});

describe('an IPv4 range', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7/32'],
    ['192.0.2.0/24', '192.0.2.0/24'],
    // Whether CloudFront takes bits behind the length is not documented.
    ['192.0.2.77/24', '192.0.2.0/24'],
    ['10.255.255.255/8', '10.0.0.0/8'],
    ['192.0.2.255/31', '192.0.2.254/31'],
    ['255.255.255.255', '255.255.255.255/32'],
    ['255.255.255.255/1', '128.0.0.0/1'],
    ['203.0.113.9/0', '0.0.0.0/0'],
    [' 192.0.2.7\n', '192.0.2.7/32'],
  ])('%j is %s', (text, range) => {
    expect(parseIpv4Range(text)).toBe(range);
  });

  it('keeps of the address as many bits as its length says', () => {
    const octet = fc.nat(255);
    fc.assert(
      fc.property(fc.tuple(octet, octet, octet, octet), fc.nat(32), (octets, length) => {
        const bits = octets.map((number) => number.toString(2).padStart(8, '0')).join('');
        const kept = bits.slice(0, length).padEnd(32, '0').match(/.{8}/g) ?? [];
        const dotted = kept.map((eight) => Number.parseInt(eight, 2)).join('.');
        expect(parseIpv4Range(`${octets.join('.')}/${length}`)).toBe(`${dotted}/${length}`);
      }),
    );
  });

  it.each([
    '',
    'localhost',
    '192.0.2',
    '192.0.2/24',
    '192.0.2.1.1',
    '192.0.2.',
    '.192.0.2.1',
    '192..2.1',
    '192.0.2.256',
    '1000.0.2.1',
    '192.0.2.-1',
    '192.0.2.0/33',
    '192.0.2.0/-1',
    '192.0.2.0/',
    '192.0.2.0/24/24',
    '192.0.2.0 /24',
    '192.0.2.0/255.255.255.0',
    // Octal to some, decimal to others.
    '192.0.2.01',
    '010.0.0.1',
    '192.0.2.00',
    '192.0.2.0/08',
    '0xC0.0.2.1',
    '3221225985',
    '::1',
    '2001:db8::/32',
    '::ffff:192.0.2.1',
    '192.0.2.0/24,198.51.100.0/24',
    '192.0.2.1-192.0.2.9',
    '192.0.2.*',
    '١٩٢.٠.٢.١',
  ])('is not %j', (text) => {
    expect(parseIpv4Range(text)).toBeUndefined();
  });
});
