import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSignOptions, type SignOptions } from '../../../../src/core/cloudfront/signOptions.ts';
import { writtenOptions } from '../../../../src/core/cloudfront/writtenOptions.ts';
import { linkFormats } from '../../../../src/core/linkFormats/linkFormats.ts';
import { ok } from '../../../../src/core/outcome.ts';
import { valueOf } from '../valueOf.ts';

const TEMPLATES = [{ name: 'Ticket', pieces: ['x'] }];

const anyWhen = fc.oneof(
  fc.record({ kind: fc.constant('duration'), seconds: fc.integer({ min: 1, max: 1e9 }) } as const),
  fc.record({ kind: fc.constant('moment'), epoch: fc.integer({ min: 0, max: 4e9 }) } as const),
);

const anyOptions: fc.Arbitrary<SignOptions> = fc.record(
  {
    expiry: anyWhen,
    notBefore: anyWhen,
    ipAddress: fc.constantFrom('192.0.2.7/32', '192.0.2.0/24', '0.0.0.0/0'),
    hashAlgorithm: fc.constantFrom('SHA1', 'SHA256'),
    distribution: fc.constantFrom(
      { id: 'E2QWRUHAPOMQZL' },
      { domain: 'a.example', protocol: 'https' } as const,
      { domain: 'a.example:443', protocol: 'http' } as const,
      { domain: '127.0.0.1:8080', protocol: 'http' } as const,
    ),
    keyPairId: fc.constantFrom('K2JCJMDEHXQW5F', 'APKAIOSFODNN7EXAMPLE'),
    format: fc.constantFrom(...linkFormats(TEMPLATES)),
    query: fc.dictionary(fc.string(), fc.string()).map((query) => ({ ...query })),
  },
  { requiredKeys: [] },
);

/** As they come back from where they are kept. */
function kept(options: SignOptions): object {
  const raw: unknown = JSON.parse(JSON.stringify(writtenOptions(options)));
  return typeof raw === 'object' && raw !== null ? raw : {};
}

describe('options, written as scripts give them', () => {
  it('are read as the same again', () => {
    fc.assert(
      fc.property(anyOptions, (options) => {
        const { format, ...others } = options;
        const { format: again, ...othersAgain } = valueOf(
          parseSignOptions(kept(options), TEMPLATES),
        );
        expect(othersAgain).toEqual(others);
        expect(again?.name).toBe(format?.name);
      }),
    );
  });

  it('look as people write them', () => {
    const [, markdown] = linkFormats([]);
    expect(
      writtenOptions({
        expiry: { kind: 'duration', seconds: 129_600 },
        notBefore: { kind: 'moment', epoch: 1_798_135_200 },
        distribution: { domain: 'a.example', protocol: 'https' },
        ...(markdown && { format: markdown }),
        query: { a: 'b' },
      }),
    ).toEqual({
      expiresIn: '1d12h',
      notBefore: '2026-12-24T18:00:00Z',
      distribution: 'a.example',
      format: 'markdown',
      query: { a: 'b' },
    });
    expect(writtenOptions({})).toEqual({});
  });
});

describe('a preset', () => {
  const presets = [
    { name: 'customer', raw: { expiresIn: '30d', hashAlgorithm: 'SHA256', query: { a: 'b' } } },
    { name: 'ticket', raw: { format: 'Ticket' } },
    { name: 'lost', raw: { format: 'Lost' } },
  ];
  const parse = (raw: object) => parseSignOptions(raw, TEMPLATES, presets);
  const month = { kind: 'duration', seconds: 2_592_000 } as const;

  it('stands for what is not given, wherever it is named', () => {
    expect(parse({ preset: 'customer' })).toEqual(
      ok({ expiry: month, hashAlgorithm: 'SHA256', query: { a: 'b' } }),
    );
    for (const raw of [
      { preset: 'customer', expiresAt: 5, hashAlgorithm: 'SHA1' },
      { expiresAt: 5, hashAlgorithm: 'SHA1', preset: 'customer' },
    ]) {
      expect(parse(raw)).toEqual(
        ok({ expiry: { kind: 'moment', epoch: 5 }, hashAlgorithm: 'SHA1', query: { a: 'b' } }),
      );
    }
  });

  it('names a template of the user’s own', () => {
    expect(parse({ preset: 'ticket' })).toEqual(
      ok({ format: expect.objectContaining({ name: 'Ticket' }) }),
    );
  });

  it.each([
    [{ preset: 'custom' }, 'preset', 'Give one of these: customer, ticket, lost.'],
    [{ preset: 7 }, 'preset', 'Give one of these: customer, ticket, lost.'],
    [{ preset: 'lost' }, 'format', expect.stringContaining('Ticket')],
    [{ preset: 'customer', expiresIn: 'soon' }, 'expiresIn', expect.any(String)],
  ])('is refused: %j', (raw, option, detail) => {
    expect(parse(raw)).toEqual({
      kind: 'problem',
      problem: { code: 'option-invalid', option, detail },
    });
  });

  it('is refused where there is none', () => {
    expect(parseSignOptions({ preset: 'a' })).toMatchObject({
      problem: { detail: 'There is none; the setting cloudfrontSigner.presets has them.' },
    });
  });
});
