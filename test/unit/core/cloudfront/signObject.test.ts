import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Endpoint } from '../../../../src/core/cloudfront/distribution.ts';
import { signObject, type Grant } from '../../../../src/core/cloudfront/signObject.ts';
import { fail } from '../../../../src/core/outcome.ts';
import { valueOf } from '../valueOf.ts';
import { anyKey, isReachable } from './anyKey.ts';
import { cannedDocument, EC, fromCloudFront, isSigned, RSA, signPolicy } from './nodeSigner.ts';

const endpoint: Endpoint = { protocol: 'https', domain: 'a.example', originPath: '/media' };
const grant: Grant = { expiresAt: 2_000_000_000, hashAlgorithm: 'SHA1', query: {} };
const signing = { endpoint, key: RSA, grant };

describe('a signed object', () => {
  it('is its URL on the distribution, signed', () => {
    const url = valueOf(signObject('media/a (1).txt', signing, signPolicy));
    expect(url).toMatch(/^https:\/\/a\.example\/a%20%281%29\.txt\?Expires=2000000000&Signature=/);
    const document = cannedDocument('https://a.example/a%20%281%29.txt', 2_000_000_000);
    expect(isSigned(url, document, RSA, 'SHA1')).toBe(true);
  });

  it('has its query signed along', () => {
    const query = { 'response-content-type': 'text/plain' };
    const url = valueOf(
      signObject('media/a', { ...signing, grant: { ...grant, query } }, signPolicy),
    );
    const resource = 'https://a.example/a?response-content-type=text%2Fplain';
    expect(url.startsWith(`${resource}&Expires=`)).toBe(true);
    expect(isSigned(url, cannedDocument(resource, 2_000_000_000), RSA, 'SHA1')).toBe(true);
  });

  it.each([
    [{ notBefore: 1_900_000_000 }, ',"DateGreaterThan":{"AWS:EpochTime":1900000000}'],
    [{ ipAddress: '192.0.2.0/24' }, ',"IpAddress":{"AWS:SourceIp":"192.0.2.0/24"}'],
  ])('has its conditions in a policy: %j', (conditions, text) => {
    const bound: Grant = { ...grant, ...conditions, hashAlgorithm: 'SHA256' };
    const url = valueOf(signObject('media/a', { ...signing, grant: bound }, signPolicy));
    const document = fromCloudFront(new URL(url).searchParams.get('Policy') ?? '').toString();
    expect(document).toBe(
      `{"Statement":[{"Resource":"https://a.example/a","Condition":{"DateLessThan":{"AWS:EpochTime":2000000000}${text}}}]}`,
    );
    expect(isSigned(url, document, RSA, 'SHA256')).toBe(true);
  });

  it('is never more than one object, whatever its key', () => {
    const bound = { ...signing, key: EC, grant: { ...grant, ipAddress: '192.0.2.7/32' } };
    fc.assert(
      fc.property(anyKey.filter(isReachable), (key) => {
        const url = valueOf(signObject(`media/${key}`, bound, signPolicy));
        const [address = '', query] = url.split('?');
        expect(address).not.toMatch(/[*?]/);
        const document = fromCloudFront(new URLSearchParams(query).get('Policy') ?? '').toString();
        expect(document).toContain(`"Resource":"${address}"`);
        expect(isSigned(url, document, EC, 'SHA1')).toBe(true);
      }),
    );
  });
});

describe('what cannot be signed', () => {
  it.each([{ notBefore: 1_900_000_000 }, { ipAddress: '192.0.2.0/24' }])(
    'is a query together with %j, where its “?” would open other objects',
    (conditions) => {
      const wild: Grant = { ...grant, ...conditions, query: { size: 'large' } };
      expect(signObject('media/a', { ...signing, grant: wild }, signPolicy)).toEqual(
        fail({
          code: 'option-invalid',
          option: 'query',
          detail: expect.stringMatching(/wildcard/),
        }),
      );
    },
  );

  it.each([
    ['other/a', {}, 'key-outside-origin-path'],
    ['media/../a', {}, 'key-unreachable'],
    ['media/a', { Expires: '1' }, 'query-reserved'],
    [`media/${'a'.repeat(9000)}`, {}, 'url-too-long'],
  ])('says why: %s with %j', (key, query, code) => {
    expect(signObject(key, { ...signing, grant: { ...grant, query } }, signPolicy)).toMatchObject({
      kind: 'problem',
      problem: { code },
    });
  });
});
