import { describe, expect, it } from 'vitest';
import { parseSignOptions } from '../../../../src/core/cloudfront/signOptions.ts';
import { fail, ok } from '../../../../src/core/outcome.ts';
import { valueOf } from '../valueOf.ts';

describe('an option', () => {
  it.each([
    [{ expiresIn: '15m' }, { expiry: { kind: 'duration', seconds: 900 } }],
    [{ expiresIn: '1d12h' }, { expiry: { kind: 'duration', seconds: 129_600 } }],
    [{ expiresAt: '2026-12-24T18:00Z' }, { expiry: { kind: 'moment', epoch: 1_798_135_200 } }],
    [{ expiresAt: '90 minutes' }, { expiry: { kind: 'duration', seconds: 5400 } }],
    [{ expiresAt: 1_798_135_200 }, { expiry: { kind: 'moment', epoch: 1_798_135_200 } }],
    [{ notBefore: '2026-12-24T18:00Z' }, { notBefore: { kind: 'moment', epoch: 1_798_135_200 } }],
    [{ notBefore: '1h' }, { notBefore: { kind: 'duration', seconds: 3600 } }],
    [{ notBefore: 0 }, { notBefore: { kind: 'moment', epoch: 0 } }],
    [{ ipAddress: '192.0.2.7' }, { ipAddress: '192.0.2.7/32' }],
    [{ ipAddress: '192.0.2.77/24' }, { ipAddress: '192.0.2.0/24' }],
    [{ hashAlgorithm: 'SHA1' }, { hashAlgorithm: 'SHA1' }],
    [{ hashAlgorithm: 'SHA256' }, { hashAlgorithm: 'SHA256' }],
    [
      { distribution: 'Files.Example.com' },
      { distribution: { domain: 'files.example.com', protocol: 'https' } },
    ],
    [
      { distribution: 'http://localhost:8080/' },
      { distribution: { domain: 'localhost:8080', protocol: 'http' } },
    ],
    [{ distribution: ' E2QWRUHAPOMQZL ' }, { distribution: { id: 'E2QWRUHAPOMQZL' } }],
    [{ keyPairId: 'K2JCJMDEHXQW5F' }, { keyPairId: 'K2JCJMDEHXQW5F' }],
    [{ format: 'url' }, { format: expect.objectContaining({ name: 'url' }) }],
    [{ format: 'powershell' }, { format: expect.objectContaining({ name: 'powershell' }) }],
    [{ query: {} }, { query: {} }],
    [{ query: { size: 'large', a: '' } }, { query: { size: 'large', a: '' } }],
    [{ query: Object.assign(Object.create(null), { a: 'b' }) }, { query: { a: 'b' } }],
  ])('is read: %j', (raw, options) => {
    expect(parseSignOptions(raw)).toEqual(ok(options));
  });

  it('takes effect beside others', () => {
    expect(
      parseSignOptions({ format: 'markdown', expiresIn: '1h', notBefore: 5, query: { a: 'b' } }),
    ).toEqual(
      ok({
        format: expect.objectContaining({ name: 'markdown' }),
        expiry: { kind: 'duration', seconds: 3600 },
        notBefore: { kind: 'moment', epoch: 5 },
        query: { a: 'b' },
      }),
    );
  });

  it('names a template of the user’s own as well, and a refusal tells them', () => {
    const templates = [{ name: 'Ticket', pieces: ['x'] }];
    expect(parseSignOptions({ format: 'Ticket' }, templates)).toEqual(
      ok({ format: expect.objectContaining({ name: 'Ticket' }) }),
    );
    expect(parseSignOptions({ format: 'ticket' }, templates)).toEqual(
      fail({
        code: 'option-invalid',
        option: 'format',
        detail:
          'Give one of these: url, markdown, html, rst, curl, wget, powershell, awscli, json, csv, Ticket.',
      }),
    );
  });

  it('that is not given is left to the settings', () => {
    expect(parseSignOptions({})).toEqual(ok({}));
  });
});

describe('a wrong value', () => {
  it.each([
    ['expiresIn', ['soon', '0d', '-1d', '2026-12-24', '2026-12-24T18:00Z', 900, 1_798_135_200]],
    ['expiresAt', ['soon', '2026-02-30', -1, 1.5, NaN, Infinity, new Date(0)]],
    ['notBefore', ['soon', '2026-02-30', -1, 1.5, NaN, Infinity, new Date(0)]],
    ['ipAddress', ['::1', '192.0.2.0/33', '192.0.2.01', 3_221_225_985, ['192.0.2.7']]],
    ['hashAlgorithm', ['sha1', 'sha256', 'SHA-256', 'SHA512', 'MD5', 1, ['SHA1']]],
    ['distribution', [1, ['a.example'], { id: 'E2QWRUHAPOMQZL' }]],
    ['keyPairId', [1, ['K2JCJMDEHXQW5F']]],
    ['format', ['URL', 'qr-code', 'Ticket', 1, ['url']]],
    ['query', ['a=b', 1, [['a', 'b']], { a: 1 }, { a: undefined }, { a: ['b'] }, { a: null }]],
    // Their content is not in properties: it would be lost.
    ['query', [new Map([['a', 'b']]), new URLSearchParams('a=b'), new Date(0)]],
  ])('of %s is refused by its name: %j', (option, values) => {
    const noValueOfAny = [undefined, null, true, [], () => '1h', Symbol('1h')];
    for (const value of [...values, ...noValueOfAny]) {
      expect(parseSignOptions({ [option]: value })).toEqual(
        fail({ code: 'option-invalid', option, detail: expect.stringMatching(/\S/) }),
      );
    }
  });

  it.each([
    ['distribution', 'domain-invalid', ['', 'a b', '*.example.com', 'a.example/b', 'a@b.example']],
    ['keyPairId', 'key-pair-id-invalid', ['', 'K1', 'k2jcjmdehxqw5f', 'E2QWRUHAPOMQZL']],
  ])('of %s is refused as %s: %j', (option, code, values) => {
    for (const value of values) {
      expect(parseSignOptions({ [option]: value })).toMatchObject({ problem: { code } });
    }
  });

  it.each(['expiresAt', 'notBefore'])('in milliseconds is told as such: %s', (option) => {
    for (const milliseconds of [1e11, 1_798_135_200_000, Number.MAX_SAFE_INTEGER, 1e300]) {
      expect(parseSignOptions({ [option]: milliseconds })).toEqual(
        fail({ code: 'option-invalid', option, detail: expect.stringMatching(/milliseconds/) }),
      );
    }
    expect(parseSignOptions({ [option]: 1e11 - 1 }).kind).toBe('ok');
  });

  it('that is long is not repeated in full', () => {
    const refused = parseSignOptions({ expiresAt: 'a'.repeat(1000) });
    expect(JSON.stringify(refused).length).toBeLessThan(200);
  });

  it('is refused though others are right', () => {
    expect(parseSignOptions({ expiresIn: '1h', format: 'doc' }).kind).toBe('problem');
    expect(parseSignOptions({ format: 'doc', expiresIn: '1h' }).kind).toBe('problem');
  });
});

it.each([
  { expiresIn: '1h', expiresAt: 1_798_135_200 },
  { expiresAt: 1_798_135_200, expiresIn: '1h' },
])('two expiries are one too many: %j', (raw) => {
  expect(parseSignOptions(raw)).toEqual(
    fail({
      code: 'option-invalid',
      option: 'expiresAt',
      detail: expect.stringMatching(/not both/),
    }),
  );
});

describe('a name that is no option', () => {
  it.each(['expires', 'ExpiresIn', 'expiresin', 'expiry', 'prefix', '', '0'])(
    'is refused, and the names there are told: %j',
    (option) => {
      expect(parseSignOptions({ [option]: '1h' })).toEqual(
        fail({
          code: 'option-invalid',
          option,
          detail:
            'There is no such option. There are: expiresIn, expiresAt, notBefore, ipAddress, hashAlgorithm, distribution, keyPairId, format, query, preset.',
        }),
      );
    },
  );

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'])(
    'is refused though every object has it: %s',
    (option) => {
      expect(parseSignOptions(JSON.parse(`{"${option}": {"format": "markdown"}}`))).toMatchObject({
        problem: { code: 'option-invalid', option },
      });
    },
  );
});

describe('the names in a query', () => {
  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', '1'])(
    'may be any, %s too',
    (name) => {
      const { query } = valueOf(parseSignOptions(JSON.parse(`{"query": {"${name}": "a"}}`)));
      expect(Object.entries(query ?? {})).toEqual([[name, 'a']]);
    },
  );
});
