import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isJsonObject, type JsonObject } from '../../../../src/core/json.ts';
import { issuedLinkJson, parseIssuedLink } from '../../../../src/core/ledger/issuedLink.ts';
import { anyIssued, someIssued } from './someIssued.ts';

function jsonOf(link = someIssued()): JsonObject {
  const raw: unknown = JSON.parse(issuedLinkJson(link));
  if (!isJsonObject(raw)) throw new Error('It is no JSON object.');
  return raw;
}

function grantOf(changes: JsonObject): JsonObject {
  const { grant } = jsonOf();
  return { grant: { ...(isJsonObject(grant) ? grant : {}), ...changes } };
}

it('what is written reads back, in one line', () => {
  fc.assert(
    fc.property(anyIssued, (link) => {
      const json = issuedLinkJson(link);
      expect(json).not.toMatch(/[\r\n]/);
      expect(parseIssuedLink(link.id, JSON.parse(json))).toEqual(link);
    }),
  );
});

it('what is not known of a link is not written', () => {
  const more = { ...someIssued(), signature: 'ab-~_', policy: 'eyJT' };
  expect(issuedLinkJson(more)).not.toMatch(/ab-~_|eyJT/);
});

describe('what is no link is read as none:', () => {
  const wrong: readonly (readonly [what: string, changes: JsonObject])[] = [
    ['a bucket that is none', { bucket: 'a/b' }],
    ['a bucket that is no text', { bucket: 7 }],
    ['no key', { key: undefined }],
    ['a URL that is none', { url: 'films.example.com/a' }],
    ['a URL of a command', { url: 'command:workbench.action.quit' }],
    ['a URL with a signature', { url: 'https://a.example/b?Expires=1&Signature=x&Key-Pair-Id=K' }],
    ['a URL with a policy', { url: 'https://a.example/b?c=1&Policy=x&Signature=y' }],
    ['a key pair ID that is none', { keyPairId: '../../etc' }],
    ['a moment in words', { issuedAt: '2026-12-24' }],
    ['a moment that no date can hold', { issuedAt: 1e13 }],
    ['no object', { objects: 0 }],
    ['half an object', { objects: 0.5 }],
    ['no grant', { grant: null }],
    ['a list for a grant', { grant: [] }],
    ['an end beyond all dates', grantOf({ expiresAt: Number.MAX_SAFE_INTEGER })],
    ['a negative end', grantOf({ expiresAt: -1 })],
    ['a beginning that is none', grantOf({ notBefore: 'soon' })],
    ['an address that is none', grantOf({ ipAddress: '::1' })],
    ['a hash there is not', grantOf({ hashAlgorithm: 'MD5' })],
    ['a query that is none', grantOf({ query: 'a=b' })],
    ['a query with a number', grantOf({ query: { a: 1 } })],
    ['a resource that is none', grantOf({ resource: '*' })],
  ];
  it.each(wrong)('%s', (_what, changes) => {
    expect(parseIssuedLink('1', { ...jsonOf(), ...changes })).toBeUndefined();
  });

  it('any other JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (raw) => {
        expect(parseIssuedLink('1', raw)).toBeUndefined();
      }),
    );
  });
});

it('a link in which anything was put in the place of anything is read as a link or as none', () => {
  const names = Object.keys(jsonOf());
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.json(), (name, json) => {
      const value: unknown = JSON.parse(json);
      const read = parseIssuedLink('1', { ...jsonOf(), [name]: value });
      const again = read && parseIssuedLink('1', JSON.parse(issuedLinkJson(read)));
      expect(again).toEqual(read);
    }),
  );
});
