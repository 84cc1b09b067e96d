import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { signObject } from '../../../../src/core/cloudfront/signObject.ts';
import { referencesIn } from '../../../../src/core/references/referencesIn.ts';
import {
  fragmentOf,
  isSigned,
  withoutSignature,
} from '../../../../src/core/references/signature.ts';
import { canonicalUrl } from '../../../../src/core/cloudfront/canonicalUrl.ts';
import { anyKey, isReachable } from '../cloudfront/anyKey.ts';
import { EC, signPolicy } from '../cloudfront/nodeSigner.ts';
import { valueOf } from '../valueOf.ts';

const endpoint = { protocol: 'https', domain: 'cdn.example.com', originPath: '' } as const;
const query = fc.dictionary(
  fc
    .string({ minLength: 1 })
    .filter((name) => !/^(?:expires|policy|signature|key-pair-id|hash-algorithm)$/i.test(name)),
  fc.string(),
  { maxKeys: 3 },
);

describe('a signature', () => {
  it('comes off and leaves the URL that was signed, whatever that is', () => {
    fc.assert(
      fc.property(
        anyKey.filter(isReachable),
        query,
        fc.constantFrom('', '#', '#page=2&Signature=3'),
        fc.constantFrom('SHA1', 'SHA256'),
        (key, parameters, fragment, hashAlgorithm) => {
          const url = valueOf(canonicalUrl(endpoint, key, parameters));
          const grant = { expiresAt: 1_800_000_000, hashAlgorithm, query: parameters };
          const signed = valueOf(signObject(key, { endpoint, key: EC, grant }, signPolicy));
          const written = signed + fragment;
          expect([isSigned(url + fragment), isSigned(written)]).toEqual([false, true]);
          expect(withoutSignature(written)).toBe(url + fragment);
          expect(referencesIn(`(${signed})`)).toEqual([{ start: 1, end: signed.length + 1 }]);
        },
      ),
    );
  });

  it('comes off a custom policy, and from between other parameters', () => {
    const url = 'https://a.example/b?c&Policy=d__&e=f&Signature=g&Key-Pair-Id=h&i=#j';
    expect(withoutSignature(url)).toBe('https://a.example/b?c&e=f&i=#j');
  });

  it('is none where only some of it is there', () => {
    const partly = [
      'https://a.example/b',
      'https://a.example/b?Expires=1',
      'https://a.example/b?Signature=c&AWSAccessKeyId=d&Expires=1',
      'https://a.example/b?X-Amz-Signature=c',
      'https://a.example/b#Signature=c&Key-Pair-Id=d',
    ];
    expect(partly.filter(isSigned)).toEqual([]);
  });

  it('leaves a fragment, which is never sent', () => {
    expect(fragmentOf('https://a.example/b?c#d#e')).toBe('#d#e');
    expect(fragmentOf('https://a.example/b?c')).toBe('');
  });
});
