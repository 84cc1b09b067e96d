import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSetting, SETTINGS, type SettingName } from '../../../src/core/settings.ts';

const NAMES = namesOf(SETTINGS);

function namesOf<N extends string>(settings: { readonly [K in N]: unknown }): readonly N[] {
  const names: N[] = [];
  for (const name in settings) names.push(name);
  return names;
}

function complaintOf(name: SettingName, raw: unknown): string | undefined {
  return readSetting(name, raw).complaint;
}

function valueFrom(name: SettingName, raw: unknown): unknown {
  return readSetting(name, raw).value;
}

/** Right values of each setting, and what is read from them. */
const GOOD: { readonly [N in SettingName]: readonly (readonly [raw: unknown, value: unknown])[] } =
  {
    'aws.profile': [
      ['', undefined],
      ['  ', undefined],
      [' work ', 'work'],
      ['my work', 'my work'],
    ],
    'aws.region': [
      ['', undefined],
      ['eu-west-1', 'eu-west-1'],
    ],
    's3.endpoint': [
      ['', undefined],
      ['https://s3.example.com', 'https://s3.example.com'],
      [' http://127.0.0.1:9000/ ', 'http://127.0.0.1:9000/'],
    ],
    's3.forcePathStyle': [
      [true, true],
      [false, false],
    ],
    buckets: [
      [[], []],
      [
        ['films', 'films/2026/', 's3://films/a b', 'arn:aws-cn:s3:::films'],
        [
          { bucket: 'films', prefix: '' },
          { bucket: 'films', prefix: '2026/' },
          { bucket: 'films', prefix: 'a b' },
          { bucket: 'films', prefix: '' },
        ],
      ],
    ],
    'listing.pageSize': [
      [1, 1],
      [300, 300],
      [1000, 1000],
    ],
    distributions: [
      [[], []],
      [
        [{ bucket: 'films', domain: 'd111111abcdef8.cloudfront.net' }],
        [
          {
            bucket: 'films',
            prefix: '',
            domain: 'd111111abcdef8.cloudfront.net',
            protocol: 'https',
            originPath: '',
            keyPairId: undefined,
          },
        ],
      ],
      [
        [
          {
            bucket: 's3://films',
            prefix: 'a/',
            domain: 'http://Files.example.com:8080/',
            originPath: 'media/',
            keyPairId: ' K2JCJMDEHXQW5F ',
          },
          { bucket: 'films', domain: 'http://a.example', protocol: 'https', keyPairId: '' },
        ],
        [
          {
            bucket: 'films',
            prefix: 'a/',
            domain: 'files.example.com:8080',
            protocol: 'http',
            originPath: '/media',
            keyPairId: 'K2JCJMDEHXQW5F',
          },
          {
            bucket: 'films',
            prefix: '',
            domain: 'a.example',
            protocol: 'https',
            originPath: '',
            keyPairId: undefined,
          },
        ],
      ],
    ],
    'expiry.default': [
      [' 12h ', { text: '12h', expiry: { kind: 'duration', seconds: 43_200 } }],
      [
        '2026-12-24T18:00Z',
        { text: '2026-12-24T18:00Z', expiry: { kind: 'moment', epoch: 1_798_135_200 } },
      ],
    ],
    'expiry.presets': [
      [[], []],
      [['1h'], [{ text: '1h', expiry: { kind: 'duration', seconds: 3600 } }]],
    ],
    'expiry.maximum': [
      ['', undefined],
      [' ', undefined],
      ['30d', 2_592_000],
    ],
    'link.format': [
      ['url', 'url'],
      [' powershell ', 'powershell'],
      ['My ticket', 'My ticket'],
    ],
    'link.templates': [
      [{}, []],
      [{ ' Plain ': 'as it is' }, [{ name: 'Plain', pieces: ['as it is'] }]],
      [
        { Ticket: '${fileName | html}: ${url}', Empty: '' },
        [
          {
            name: 'Ticket',
            pieces: [
              { placeholder: 'fileName', filter: 'html' },
              ': ',
              { placeholder: 'url', filter: undefined },
            ],
          },
          { name: 'Empty', pieces: [] },
        ],
      ],
    ],
    'link.hashAlgorithm': [
      ['SHA1', 'SHA1'],
      ['SHA256', 'SHA256'],
    ],
    'link.verifyOnline': [
      ['ask', 'ask'],
      ['always', 'always'],
      ['never', 'never'],
    ],
    'link.verifyAfterSigning': [
      [true, true],
      [false, false],
    ],
    'link.addressService': [
      ['', undefined],
      [' https://checkip.example.com ', 'https://checkip.example.com'],
    ],
    presets: [
      [{}, []],
      [
        { ' customer ': { expiresIn: '30d', format: 'a template', query: { a: 'b' } }, plain: {} },
        [
          { name: 'customer', raw: { expiresIn: '30d', format: 'a template', query: { a: 'b' } } },
          { name: 'plain', raw: {} },
        ],
      ],
    ],
    'editor.hover': [
      [true, true],
      [false, false],
    ],
    'ledger.enabled': [
      [true, true],
      [false, false],
    ],
    'ledger.keepDays': [
      [0, 0],
      [7, 7],
      [3650, 3650],
    ],
    'ledger.notifyBefore': [
      ['', undefined],
      ['1d', 86_400],
    ],
    'editor.documentLinks': [
      [true, true],
      [false, false],
    ],
    'editor.codeActions': [
      [true, true],
      [false, false],
    ],
  };

/** Values of each setting that are wrong as a whole. */
const BAD: { readonly [N in SettingName]: readonly unknown[] } = {
  'aws.profile': [null, 1, ['work']],
  'aws.region': [null, true, {}],
  's3.endpoint': [null, 9000, 's3.example.com', 'localhost:9000', 'ftp://a.example', 'https://'],
  's3.forcePathStyle': [null, 'true', 1],
  buckets: [null, 'films', { bucket: 'films' }],
  'listing.pageSize': [null, 0, 1001, -1, 1.5, '300'],
  distributions: [null, 'films', { bucket: 'films', domain: 'a.example' }],
  'expiry.default': [null, '', 'soon', '0h', 86_400, ['1d']],
  'expiry.presets': [null, '1d', { a: '1d' }],
  'expiry.maximum': [null, 30, 'never', '2026-12-24', '0d'],
  'link.format': [null, '', ' ', 1, ['url'], { url: true }],
  'link.templates': [null, 'a ${url}', ['a ${url}'], 1],
  'link.hashAlgorithm': [null, 'sha1', 'SHA512', '', 256],
  'link.verifyOnline': [null, true, 'Ask', ''],
  'link.verifyAfterSigning': [null, 'true', 1],
  'link.addressService': [null, 1, 'checkip.example.com', 'http://checkip.example.com', 'https://'],
  presets: [null, 'customer', [{ expiresIn: '30d' }], 1],
  'editor.hover': [null, 'false', 0],
  'ledger.enabled': [null, 'true', 1],
  'ledger.keepDays': [null, -1, 0.5, 3651, '7'],
  'ledger.notifyBefore': [null, 30, 'never', '0d'],
  'editor.documentLinks': [null, 'false', 0],
  'editor.codeActions': [null, 'false', 0],
};

/** A right item of each list, and wrong ones. */
const ITEMS = {
  buckets: [['films/2026/'], [null, 1, '', 'ab', 'fi lms', '/films', {}]],
  distributions: [
    [{ bucket: 'films', domain: 'a.example' }],
    [
      null,
      'films',
      [],
      {},
      { bucket: 'films' },
      { domain: 'a.example' },
      { bucket: 'films/a', domain: 'a.example' },
      { bucket: 'f', domain: 'a.example' },
      { bucket: 1, domain: 'a.example' },
      { bucket: 'films', domain: 'a.example/b' },
      { bucket: 'films', domain: 'a b' },
      { bucket: 'films', domain: '*.example' },
      { bucket: 'films', domain: 1 },
      { bucket: 'films', domain: 'a.example', prefix: 1 },
      { bucket: 'films', domain: 'a.example', originPath: null },
      { bucket: 'films', domain: 'a.example', keyPairId: 'E2EXAMPLE' },
      { bucket: 'films', domain: 'a.example', keyPairId: 1 },
      { bucket: 'films', domain: 'a.example', protocol: 'ftp' },
    ],
  ],
  'expiry.presets': [['1h'], [null, 3600, '', 'soon', '0h']],
} as const;

const LISTS = ['buckets', 'distributions', 'expiry.presets'] as const;

describe.each(NAMES)('%s', (name) => {
  const whole = `cloudfrontSigner.${name}`;

  it.each(GOOD[name])('reads %j', (raw, value) => {
    expect(readSetting(name, raw)).toEqual({ value, complaint: undefined });
  });

  it('has a default without complaint', () => {
    expect(complaintOf(name, SETTINGS[name].fallback)).toBeUndefined();
  });

  it.each(BAD[name].map((raw) => [raw]))('falls back from %j, and says so', (raw) => {
    expect(valueFrom(name, raw)).toEqual(valueFrom(name, SETTINGS[name].fallback));
    const complaint = complaintOf(name, raw);
    expect(complaint).toBe(
      `Setting ${whole} has to be ${SETTINGS[name].expects}; the default is used.`,
    );
  });

  it('takes any JSON without a throw, and complains in a sentence that names it', () => {
    const anyItem = fc.oneof(
      fc.jsonValue(),
      anyMapping,
      fc.constantFrom('films', '1h', '30d'),
      anyTemplates,
    );
    fc.assert(
      fc.property(fc.oneof(anyItem, fc.array(anyItem)), (raw) => {
        const complaint = complaintOf(name, raw) ?? `Setting ${whole} is right.`;
        expect(complaint.startsWith(`Setting ${whole}`)).toBe(true);
        expect(complaint).toMatch(/^.*\.$/);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a template that is wrong', () => {
  const name = 'link.templates';

  it.each([
    ['a ${urll} b', 'has ${urll}, which is no placeholder: there are url, '],
    ['${}', 'has ${}, which is no placeholder'],
    ['${url|shell}', 'has ${url|shell}, which is no placeholder'],
    ['${url|sh|html}', 'has ${url|sh|html}, which is no placeholder'],
    ['${toString}', 'has ${toString}, which is no placeholder'],
    ['${url|toString}', 'has ${url|toString}, which is no placeholder'],
    ['${url', 'has ${url, which is no placeholder'],
    [7, 'is no text'],
  ])('is left out, and the complaint says why: %j', (text, words) => {
    expect(valueFrom(name, { Good: '', Bad: text })).toEqual([{ name: 'Good', pieces: [] }]);
    const complaint = complaintOf(name, { Good: '', Bad: text });
    expect(complaint).toContain(
      `Setting cloudfrontSigner.link.templates: the template “Bad” ${words}`,
    );
    expect(complaint).toMatch(/; it is left out\.$/);
  });

  it.each([
    ['url', 'has the name of a format'],
    ['csv', 'has the name of a format'],
    [' ', 'has no name'],
  ])('may be so by its name: %j', (given, words) => {
    expect(valueFrom(name, { [given]: '${url}' })).toEqual([]);
    expect(complaintOf(name, { [given]: '${url}' })).toContain(words);
  });

  it('names every placeholder and every filter that there is', () => {
    expect(complaintOf(name, { Bad: '${x}' })).toContain(
      'url, unsignedUrl, domain, bucket, key, s3Uri, fileName, downloadName, expires, expiresLocal, expiresEpoch, keyPairId, and after a | html, markdown, rst, sh, powershell, json, csv, uri',
    );
  });
});

describe('a preset that is wrong', () => {
  it.each([
    ['30d', 'is no object'],
    [['30d'], 'is no object'],
    [{ expiresIn: 'soon' }, 'cannot be used: The option “expiresIn” cannot be used. Give a'],
    [{ expires: '1h' }, 'cannot be used: The option “expires” cannot be used. There is no such'],
    [{ expiresIn: '1h', expiresAt: 5 }, 'cannot be used: The option “expiresAt” cannot be used.'],
    [{ keyPairId: 'x' }, 'cannot be used: “x” is not a key pair ID.'],
    [{ format: 7 }, 'names its format by no text'],
    [{ preset: 'Good' }, 'cannot be used: The option “preset” cannot be used.'],
    [
      { ipAddress: '192.0.2.1', query: { a: 'b' } },
      'cannot be used: The option “query” cannot be used. Together with notBefore or ipAddress',
    ],
  ])('is left out, and the complaint says why: %j', (raw, words) => {
    const both = { Good: { expiresIn: '1h' }, Bad: raw };
    expect(valueFrom('presets', both)).toEqual([{ name: 'Good', raw: { expiresIn: '1h' } }]);
    const complaint = complaintOf('presets', both);
    expect(complaint).toContain(`Setting cloudfrontSigner.presets: the preset “Bad” ${words}`);
    expect(complaint).toMatch(/[^.]; it is left out\.$/);
  });

  it('may be so for lack of a name', () => {
    expect(valueFrom('presets', { ' ': { expiresIn: '1h' } })).toEqual([]);
  });
});

const anyText = fc.oneof(fc.string(), fc.constantFrom('films', 'a.example', 'http', '', 'K2'));

const anyTemplates = fc.dictionary(
  fc.string(),
  fc.string({ unit: fc.constantFrom('$', '{', '}', '|', 'url', 'sh', ' ', '\n', 'x') }),
);

const anyMapping = fc.record(
  {
    bucket: fc.oneof(fc.constant('films'), fc.jsonValue()),
    domain: fc.oneof(fc.constant('a.example'), anyText, fc.jsonValue()),
    prefix: fc.oneof(anyText, fc.jsonValue()),
    originPath: fc.oneof(anyText, fc.jsonValue()),
    keyPairId: fc.oneof(anyText, fc.jsonValue()),
    protocol: fc.oneof(anyText, fc.jsonValue()),
  },
  { requiredKeys: [] },
);

describe.each(LISTS)('the list %s', (name) => {
  const [[good], bad] = ITEMS[name];

  it.each(bad.map((item) => [item]))('leaves %j out, and says which it is', (item) => {
    expect(valueFrom(name, [good, item, good])).toEqual(valueFrom(name, [good, good]));
    expect(complaintOf(name, [good, item, good])).toBe(
      `Setting cloudfrontSigner.${name}: item 2 has to be ${SETTINGS[name].expects}; it is left out.`,
    );
  });

  it('keeps the good items among any bad ones, in their order', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constant(good), fc.constantFrom(...bad))), (items) => {
        const kept = items.filter((item) => item === good);
        expect(valueFrom(name, items)).toEqual(valueFrom(name, kept));
        const wrong = items.flatMap((item, index) => (item === good ? [] : [index + 1]));
        const told = /: item ([\d, ]+) has/.exec(complaintOf(name, items) ?? '')?.[1] ?? '';
        expect(told).toBe(wrong.join(', '));
      }),
    );
  });
});
