import { inPolicy, oneCharacterOff, without, withMore, withOther, withPath } from './changes.ts';
import { SPECIAL_KEYS, UNREACHABLE_KEYS } from './objectKeys.ts';
import {
  denied,
  HOUR,
  KEY,
  KEY_PAIR_IDS,
  NOW,
  type Option,
  type Row,
  rowsOf,
  served,
} from './row.ts';

const YEAR = 365 * 24 * HOUR;
const LAST_SECOND = 2 ** 31 - 1;
const NEIGHBOUR = `${KEY}~`;
const EVERY_LINK: Option = { option: 'nothing but an end' };
const CUSTOM = { policies: ['custom'] } as const;
const CANNED = { policies: ['canned'] } as const;

const ENDS: readonly Row[] = [
  ...rowsOf(
    { option: 'ends in a minute', grant: { expiresAt: NOW + 60 } },
    served('at once'),
    served('in its last second', { at: NOW + 59 }),
    denied('in the second of its end', { at: NOW + 60 }),
    denied('a day later', { at: NOW + 24 * HOUR }),
    denied('for a part, after its end', { at: NOW + 61, headers: { range: 'bytes=0-3' } }),
  ),
  ...rowsOf(
    { option: 'ends in ten years', grant: { expiresAt: NOW + 10 * YEAR } },
    served('at once'),
    served('in nine years', { at: NOW + 9 * YEAR }),
    denied('in eleven years', { at: NOW + 11 * YEAR }),
  ),
  ...rowsOf(
    { option: 'ends in the last second of 32 bits', grant: { expiresAt: LAST_SECOND } },
    served('at once'),
    served('a second before it', { at: LAST_SECOND - 1 }),
    denied('in it', { at: LAST_SECOND }),
  ),
  ...rowsOf(
    { option: 'ended an hour ago', grant: { expiresAt: NOW - HOUR } },
    denied('at once'),
    served('by a clock that is two hours slow', { at: NOW - HOUR - 1 }),
  ),
];

const BEGINNINGS: readonly Row[] = [
  ...rowsOf(
    { option: 'begins an hour ago', grant: { notBefore: NOW - HOUR }, ...CUSTOM },
    served('at once'),
    denied('two hours ago', { at: NOW - 2 * HOUR }),
    denied('after its end', { at: NOW + HOUR }),
  ),
  ...rowsOf(
    { option: 'begins now', grant: { notBefore: NOW }, ...CUSTOM },
    denied('in the same second'),
    served('a second later', { at: NOW + 1 }),
  ),
  ...rowsOf(
    {
      option: 'begins in a week, for an hour',
      grant: { notBefore: NOW + 168 * HOUR, expiresAt: NOW + 169 * HOUR },
      ...CUSTOM,
    },
    denied('at once'),
    served('a second after it began', { at: NOW + 168 * HOUR + 1 }),
    denied('in the second of its end', { at: NOW + 169 * HOUR }),
  ),
];

const ADDRESSES: readonly Row[] = [
  ...rowsOf(
    { option: 'for 127.0.0.1/32', grant: { ipAddress: '127.0.0.1/32' }, ...CUSTOM },
    served('from there'),
    served('from ::ffff:127.0.0.1', { from: '::ffff:127.0.0.1' }),
    denied('from 127.0.0.2', { from: '127.0.0.2' }),
    denied('from ::1', { from: '::1' }),
  ),
  ...rowsOf(
    { option: 'for 192.0.2.0/24', grant: { ipAddress: '192.0.2.0/24' }, ...CUSTOM },
    served('from 192.0.2.0', { from: '192.0.2.0' }),
    served('from 192.0.2.255', { from: '192.0.2.255' }),
    denied('from 192.0.1.255', { from: '192.0.1.255' }),
    denied('from 192.0.3.0', { from: '192.0.3.0' }),
    denied('from this computer'),
  ),
  ...rowsOf(
    { option: 'for 203.0.113.64/26', grant: { ipAddress: '203.0.113.64/26' }, ...CUSTOM },
    served('from 203.0.113.127', { from: '203.0.113.127' }),
    denied('from 203.0.113.128', { from: '203.0.113.128' }),
  ),
  ...rowsOf(
    { option: 'for 128.0.0.0/1', grant: { ipAddress: '128.0.0.0/1' }, ...CUSTOM },
    served('from 255.255.255.255', { from: '255.255.255.255' }),
    denied('from 127.255.255.255', { from: '127.255.255.255' }),
  ),
  ...rowsOf(
    { option: 'for 0.0.0.0/0', grant: { ipAddress: '0.0.0.0/0' }, ...CUSTOM },
    served('from this computer'),
    served('from 203.0.113.9', { from: '203.0.113.9' }),
    denied('from 2001:db8::9', { from: '2001:db8::9' }),
  ),
  ...rowsOf(
    {
      option: 'begins now, for 192.0.2.0/24, ends in an hour',
      grant: { notBefore: NOW, ipAddress: '192.0.2.0/24' },
      ...CUSTOM,
    },
    served('from there, in time', { from: '192.0.2.9', at: NOW + 1 }),
    denied('from there, too soon', { from: '192.0.2.9', at: NOW }),
    denied('from there, too late', { from: '192.0.2.9', at: NOW + HOUR }),
    denied('from elsewhere, in time', { from: '198.51.100.9', at: NOW + 1 }),
  ),
];

const DISPOSITION = 'attachment; filename="a b.pdf"';
const QUERIES: readonly Row[] = [
  ...rowsOf(
    {
      option: 'response-content-disposition',
      grant: { query: { 'response-content-disposition': DISPOSITION } },
    },
    served('at once', { ...CANNED, answerHeaders: { 'content-disposition': DISPOSITION } }),
    denied('for another name', {
      ...CANNED,
      change: withOther('response-content-disposition', 'attachment'),
    }),
    denied('without it', { ...CANNED, change: without('response-content-disposition') }),
    { refused: 'option-invalid', ...CUSTOM },
  ),
  ...rowsOf(
    {
      option: 'response-content-type and -disposition',
      grant: {
        query: {
          'response-content-type': 'text/plain; charset=utf-8',
          'response-content-disposition': `attachment; filename*=UTF-8''%C3%BC.txt`,
        },
      },
    },
    served('at once', {
      ...CANNED,
      answerHeaders: {
        'content-type': 'text/plain; charset=utf-8',
        'content-disposition': `attachment; filename*=UTF-8''%C3%BC.txt`,
      },
    }),
    denied('the other way round', {
      ...CANNED,
      change: (url) => url.replace(/\?(response[^&]*)&(response[^&]*)/, '?$2&$1'),
    }),
    { refused: 'option-invalid', ...CUSTOM },
  ),
  ...rowsOf(
    {
      option: 'versionId, which the behavior keeps to itself',
      grant: { query: { versionId: '3sL4kqtJlcpXroDTDmJ.rmSpXd3dIbrHY' } },
    },
    served('at once', CANNED),
    denied('for another version', { ...CANNED, change: withOther('versionId', 'null') }),
    { refused: 'option-invalid', ...CUSTOM },
  ),
  ...rowsOf(
    {
      option: 'a query with & = ? % + * and umlauts',
      grant: { query: { 'a&b': '=?%+*', grüße: 'ä ö', empty: '' } },
    },
    served('at once', CANNED),
    denied('with + for a space', { ...CANNED, change: (url) => url.replace('%20', '+') }),
    denied('without an empty value', { ...CANNED, change: without('empty') }),
    { refused: 'option-invalid', ...CUSTOM },
  ),
  ...rowsOf(
    { option: 'a query that is named Policy', grant: { query: { Policy: '1' } } },
    { refused: 'query-reserved' },
  ),
  ...rowsOf(
    { option: 'a query that is named expires', grant: { query: { expires: '1' } } },
    { refused: 'query-reserved' },
  ),
];

const KEYS: readonly Row[] = [
  ...Object.entries(SPECIAL_KEYS).flatMap(([option, objectKey]) =>
    rowsOf(
      { option, objectKey },
      served('at once'),
      denied('for an object that begins like it', { object: `${objectKey}~` }),
      ...(/[*?]/.test(objectKey)
        ? [
            denied('for what a wildcard would open', {
              object: objectKey.replaceAll(/[*?]/g, 'x'),
            }),
            denied('with its wildcards unencoded', {
              change: withPath((path) => path.replaceAll('%2A', '*').replaceAll('%3F', '?')),
            }),
          ]
        : []),
    ),
  ),
  ...Object.entries(UNREACHABLE_KEYS).flatMap(([option, objectKey]) =>
    rowsOf({ option, objectKey }, { refused: 'key-unreachable' }),
  ),
];

const FILM = 'films/2026/index.m3u8';
const SEGMENT = 'films/2026/720p/segment 1.ts';
const PREFIXES: readonly Row[] = [
  ...rowsOf(
    { option: 'opens films/2026/', objectKey: FILM, prefix: 'films/2026/', ...CUSTOM },
    served('at once'),
    served('for an object below', { object: SEGMENT }),
    served('for an object below, with a query', { object: SEGMENT, change: withMore('v=2') }),
    served('by cookies, for an object below', { object: SEGMENT, byCookies: true }),
    denied('for an object beside', { object: 'films/2025/index.m3u8' }),
    denied('for an object that begins like the folder', { object: 'films/2026.txt' }),
    denied('for an object above', { object: 'films/index.m3u8' }),
    denied('by cookies, for an object beside', {
      object: 'films/2025/index.m3u8',
      byCookies: true,
    }),
    denied('for an object below, after the end', { object: SEGMENT, at: NOW + HOUR }),
    denied('with another folder in its policy', {
      object: 'films/2025/index.m3u8',
      change: withOther(
        'Policy',
        inPolicy((text) => text.replace('2026', '2025')),
      ),
    }),
  ),
  ...rowsOf(
    {
      option: 'opens films/2026/, begins now, for 192.0.2.0/24',
      objectKey: FILM,
      prefix: 'films/2026/',
      grant: { notBefore: NOW, ipAddress: '192.0.2.0/24' },
      ...CUSTOM,
    },
    served('for an object below', { object: SEGMENT, at: NOW + 1, from: '192.0.2.9' }),
    denied('for an object below, too soon', { object: SEGMENT, from: '192.0.2.9' }),
    denied('for an object below, from elsewhere', { object: SEGMENT, at: NOW + 1 }),
    denied('for an object beside', {
      object: 'films/2025/index.m3u8',
      at: NOW + 1,
      from: '192.0.2.9',
    }),
  ),
  ...rowsOf(
    { option: 'opens films/20', objectKey: FILM, prefix: 'films/20', ...CUSTOM },
    served('for an object of that beginning', { object: 'films/2025/index.m3u8' }),
    denied('for another', { object: 'films/1999/index.m3u8' }),
  ),
  ...rowsOf(
    {
      option: 'opens a folder with * ? + and umlauts',
      objectKey: 'all*/wh? ü+/a.txt',
      prefix: 'all*/wh? ü+/',
      ...CUSTOM,
    },
    served('at once'),
    served('for an object below', { object: 'all*/wh? ü+/b/*?.txt' }),
    denied('for what a wildcard would open', { object: 'all/x/whx ü+/a.txt' }),
  ),
  ...rowsOf(
    {
      option: 'opens films/2026/, response-content-disposition',
      objectKey: FILM,
      prefix: 'films/2026/',
      grant: { query: { 'response-content-disposition': DISPOSITION } },
      ...CUSTOM,
    },
    served('at once', { answerHeaders: { 'content-disposition': DISPOSITION } }),
    served('without it', { change: without('response-content-disposition') }),
    denied('for an object beside', { object: 'films/2025/index.m3u8' }),
  ),
  ...rowsOf(
    { option: 'opens the whole bucket', prefix: '', ...CUSTOM },
    served('for another object', { object: FILM }),
    served('by cookies, for another object', { object: SEGMENT, byCookies: true }),
    denied('by another name of the distribution', {
      change: (url) => url.replace('127.0.0.1', 'localhost'),
    }),
  ),
  ...rowsOf(
    { option: 'opens films/../', prefix: 'films/../', ...CUSTOM },
    { refused: 'key-unreachable' },
  ),
  ...rowsOf(
    { option: 'opens films/2026/, without the object signed', prefix: 'films/2026/', ...CUSTOM },
    { refused: 'self-check-failed' },
  ),
];

const ALTERED: readonly Row[] = rowsOf(
  EVERY_LINK,
  served('at once'),
  served('by cookies', { byCookies: true }),
  denied('by cookies, for an object that begins like it', { byCookies: true, object: NEIGHBOUR }),
  denied('for an object that begins like it', { object: NEIGHBOUR }),
  denied('in other letters', { change: withPath((path) => path.toUpperCase()) }),
  denied('with a letter percent-encoded', { change: withPath((path) => path.replace('s', '%73')) }),
  denied('by another name of the distribution', {
    change: (url) => url.replace('127.0.0.1', 'localhost'),
  }),
  denied('with a parameter more', { change: withMore('utm_source=mail') }),
  denied('with a later Expires', { ...CANNED, change: withOther('Expires', String(NOW + YEAR)) }),
  denied(
    'with Expires in milliseconds',
    { ...CANNED, change: withOther('Expires', (value) => `${value}000`) },
    'MalformedPolicy',
  ),
  denied('with Expires twice', { ...CANNED, change: withMore(`Expires=${NOW + HOUR}`) }),
  denied('without Expires', { ...CANNED, change: without('Expires') }),
  denied('with a later end in its policy', {
    ...CUSTOM,
    change: withOther(
      'Policy',
      inPolicy((text) => text.replace(String(NOW + HOUR), String(NOW + YEAR))),
    ),
  }),
  denied('with * for the resource in its policy', {
    ...CUSTOM,
    change: withOther(
      'Policy',
      inPolicy((text) => text.replace(/"Resource":"[^"]*"/, '"Resource":"*"')),
    ),
  }),
  denied(
    'with a policy that is cut short',
    { ...CUSTOM, change: withOther('Policy', (value) => value.slice(0, -5)) },
    'MalformedPolicy',
  ),
  denied('without its policy', { ...CUSTOM, change: without('Policy') }),
  denied('with a character of the signature off', {
    change: withOther('Signature', oneCharacterOff),
  }),
  denied(
    'with a signature that is cut short',
    { change: withOther('Signature', (value) => value.slice(0, 41)) },
    'MalformedSignature',
  ),
  denied(
    'with a + in the signature',
    { change: withOther('Signature', (value) => `+${value.slice(1)}`) },
    'MalformedSignature',
  ),
  denied('without a signature', { change: without('Signature') }),
  denied('without a key pair ID', { change: without('Key-Pair-Id') }, 'MissingKey'),
  denied('with the ID of another trusted key', {
    change: withOther('Key-Pair-Id', (id) =>
      id === KEY_PAIR_IDS.RSA ? KEY_PAIR_IDS['P-256'] : KEY_PAIR_IDS.RSA,
    ),
  }),
  denied(
    'with the ID of a key that is not trusted',
    { change: withOther('Key-Pair-Id', KEY_PAIR_IDS.untrusted) },
    'InvalidKey',
  ),
  denied('with an ID that is none', { change: withOther('Key-Pair-Id', 'KNOWHERE') }, 'InvalidKey'),
  served('with Hash-Algorithm=SHA1 written out', {
    hashes: ['SHA1'],
    change: withMore('Hash-Algorithm=SHA1'),
  }),
  denied('with Hash-Algorithm=SHA256', {
    hashes: ['SHA1'],
    change: withMore('Hash-Algorithm=SHA256'),
  }),
  denied('without Hash-Algorithm', { hashes: ['SHA256'], change: without('Hash-Algorithm') }),
  denied('with Hash-Algorithm=SHA1', {
    hashes: ['SHA256'],
    change: withOther('Hash-Algorithm', 'SHA1'),
  }),
  denied('with Hash-Algorithm=sha256', {
    hashes: ['SHA256'],
    change: withOther('Hash-Algorithm', 'sha256'),
  }),
  denied('without any of it', { change: (url) => url.replace(/\?.*/, '') }, 'MissingKey'),
);

/** Every row of the table. */
export const ROWS: readonly Row[] = [
  ...ENDS,
  ...BEGINNINGS,
  ...ADDRESSES,
  ...QUERIES,
  ...KEYS,
  ...PREFIXES,
  ...ALTERED,
];
