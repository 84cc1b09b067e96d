import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseKeyPairId } from '../../../../src/core/keys/keyPairId.ts';
import { fail, ok } from '../../../../src/core/outcome.ts';

describe('a key pair ID is', () => {
  it.each([
    ['of a public key', 'K2JCJMDEHXQW5F'],
    ['of a public key with 13 characters', 'KABCDEF012345'],
    ['of a legacy key pair', 'APKAEIBAERJR2EXAMPLE'],
  ])('%s: %s', (_kind, id) => {
    expect(parseKeyPairId(id)).toEqual(ok(id));
  });

  it('what is left when pasted white space is dropped', () => {
    expect(parseKeyPairId('\t K2JCJMDEHXQW5F \r\n')).toEqual(ok('K2JCJMDEHXQW5F'));
  });
});

describe('no key pair ID is', () => {
  it.each([
    ['nothing', ''],
    ['of small letters', 'k2jcjmdehxqw5f'],
    ['too short', 'K2JC'],
    ['the ID of a distribution', 'E2EXAMPLE12345'],
    ['an access key ID', 'AKIAIOSFODNN7EXAMPLE'],
    ['two of them', 'K2JCJMDEHXQW5F K2JCJMDEHXQW5F'],
    ['two of them in lines', 'K2JCJMDEHXQW5F\nK2JCJMDEHXQW5F'],
    ['what would add a parameter to the URL', 'K2JCJMDEHXQW5F&Expires=1'],
    ['of letters that only look like it', 'К2JCJMDEHXQW5F'],
  ])('%s: %j', (_kind, text) => {
    expect(parseKeyPairId(text)).toEqual(fail({ code: 'key-pair-id-invalid', text }));
  });
});

it('a long text, which may be a key that was pasted into the wrong box, is not told on', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 41, maxLength: 2000 }), (text) => {
      fc.pre(text.trim().length > 40);
      const problem = { code: 'key-pair-id-invalid', text: 'What was given' } as const;
      expect(parseKeyPairId(text)).toEqual(fail(problem));
    }),
  );
});
