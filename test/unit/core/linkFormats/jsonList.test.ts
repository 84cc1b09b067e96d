import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { JSON_LIST } from '../../../../src/core/linkFormats/jsonList.ts';
import { valueOf } from '../valueOf.ts';
import { hostileKey, SIGNED_URL, someLink, unsignedLink } from './someLink.ts';

it('a list has bucket, key, URL and end of each, whatever the keys', () => {
  fc.assert(
    fc.property(fc.array(hostileKey), (keys) => {
      const text = valueOf(JSON_LIST.write(keys.map((key) => someLink(key))));
      expect(JSON.parse(text)).toEqual(
        keys.map((key) => ({
          bucket: 'films',
          key,
          url: SIGNED_URL,
          expires: '2026-12-24T17:00:00Z',
        })),
      );
    }),
  );
});

it('a list has no end of a URL without a signature', () => {
  expect(JSON.parse(valueOf(JSON_LIST.write([unsignedLink('a')])))).toEqual([
    { bucket: 'films', key: 'a', url: 'https://files.example.com/a_' },
  ]);
});
