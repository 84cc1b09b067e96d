import { describe, expect, it } from 'vitest';
import type { MistakeCode } from '../../../../src/core/inspect/mistakes.ts';
import { EC, RSA } from '../cloudfront/nodeSigner.ts';
import {
  inspect,
  linkAsWritten,
  linkWithEnd,
  linkWithPolicy,
  NOW,
  policyWith,
  someLink,
  URL_OF_A,
} from './someLinks.ts';

const good = someLink();
const json = (policy: object): string => linkWithPolicy(JSON.stringify(policy));
const ofSignature = (change: (signature: string) => string): string =>
  good.replace(/(?<=Signature=)[^&]*/, change);

const PRESIGNED =
  'https://films.s3.eu-west-1.amazonaws.com/a.mp4?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAEXAMPLE%2F20260921%2Feu-west-1%2Fs3%2Faws4_request&X-Amz-Date=20260921T120000Z&X-Amz-SignedHeaders=host&X-Amz-Signature=' +
  '0'.repeat(64);

/** A text with each mistake, and what is said of its signature. */
const WRONG: Readonly<Record<MistakeCode, readonly [text: string, signature: string]>> = {
  'html-escaped': [good.replaceAll('&', '&amp;'), 'mendable'],
  'json-escaped': [`{"url":"${good.replaceAll('&', '\\u0026')}"}`, 'mendable'],
  'quoted-printable': [
    `${good.replaceAll('=', '=3D').slice(0, 70)}=\n${good.replaceAll('=', '=3D').slice(70)}`,
    'mendable',
  ],
  'line-broken': [`${good.slice(0, 76)}\n> ${good.slice(76)}`.replace('> ', ' '), 'mendable'],
  'trailing-punctuation': [`See ${good}.`, 'mendable'],
  'parameter-missing': [good.replace(/&Key-Pair-Id=.*/, ''), 'mendable'],
  'signature-cut': [ofSignature((signature) => signature.slice(0, 200)), 'altered'],
  'parameter-duplicate': [`${good}&Expires=1`, 'mendable'],
  'parameter-spelling': [someLink({ resource: `${URL_OF_A}?expires=1` }), 'intact'],
  'expires-and-policy': [`${someLink({ ipAddress: '192.0.2.0/24' })}&Expires=${NOW}`, 'intact'],
  'percent-encoded': [ofSignature((signature) => signature.replaceAll('_', '%5F')), 'mendable'],
  'base64-standard': [
    ofSignature((signature) =>
      signature.replaceAll('-', '+').replaceAll('_', '=').replaceAll('~', '/'),
    ),
    'mendable',
  ],
  'base64-url': [
    ofSignature((signature) => signature.replace(/_+$/, '').replaceAll('~', '_')),
    'mendable',
  ],
  'base64-broken': [ofSignature((signature) => `*${signature}`), 'altered'],
  'key-pair-id-odd': [good.slice(0, -8), 'mendable'],
  'hash-unknown': [`${good}&Hash-Algorithm=sha256`, 'mendable'],
  'hash-other': [someLink({}, EC, 'SHA256').replace('&Hash-Algorithm=SHA256', ''), 'mendable'],
  'url-too-long': [good.replace('/c.zip', `/${'c'.repeat(8192)}`), 'altered'],
  'url-rewritten': [linkAsWritten("https://d111111abcdef8.cloudfront.net/a?it's"), 'intact'],
  'not-covered': [someLink({ ipAddress: '192.0.2.0/24' }).replace('/c.zip', '/d.zip'), 'altered'],
  'other-url': [good.replace('https:', 'http:'), 'altered'],
  'other-key': [good.replace(RSA.keyPairId, EC.keyPairId), 'mendable'],
  's3-host': [someLink({ resource: 'https://films.s3.eu-west-1.amazonaws.com/a.mp4' }), 'mendable'],
  milliseconds: [linkWithEnd(`${NOW}000`), 'mendable'],
  'moment-odd': [
    json(policyWith({}, { DateLessThan: { 'AWS:EpochTime': String(NOW + 60) } })),
    'intact',
  ],
  'end-too-late': [linkWithEnd('4000000000'), 'mendable'],
  'end-missing': [json({ Statement: [{ Resource: URL_OF_A, Condition: {} }] }), 'intact'],
  'begins-after-end': [
    json(policyWith({}, { DateGreaterThan: { 'AWS:EpochTime': NOW + 7200 } })),
    'intact',
  ],
  'policy-unreadable': [linkWithPolicy('{"Statement":['), 'intact'],
  'policy-white-space': [linkWithPolicy(JSON.stringify(policyWith({}), null, 2)), 'intact'],
  'statement-object': [json({ Statement: { Resource: URL_OF_A } }), 'intact'],
  'statement-count': [json({ Statement: [] }), 'intact'],
  'policy-extra': [json(policyWith({ Effect: 'Allow' })), 'intact'],
  'resource-missing': [json(policyWith({ Resource: undefined })), 'intact'],
  'resource-everything': [json(policyWith({ Resource: 'http*://*' })), 'intact'],
  'resource-odd': [json(policyWith({ Resource: '/a%20b/c.zip' })), 'altered'],
  'resource-parameters': [json(policyWith({ Resource: `${URL_OF_A}?Expires=1` })), 'altered'],
  'address-odd': [
    json(policyWith({}, { IpAddress: { 'AWS:SourceIp': '2001:db8::/32' } })),
    'intact',
  ],
  'presigned-too-long': [`${PRESIGNED}&X-Amz-Expires=604801`, 'unchecked'],
  'signature-version-2': [
    'https://films.s3.amazonaws.com/a?AWSAccessKeyId=AKIAEXAMPLE&Expires=1790000100&Signature=a%2Bb%3D',
    'unchecked',
  ],
};

/** What a link works with all the same, as far as is known. */
const HARMLESS: readonly string[] = [
  'parameter-spelling',
  'expires-and-policy',
  'url-rewritten',
  'resource-missing',
  'resource-everything',
  'signature-version-2',
];

describe.each(Object.entries(WRONG))('a text with %s', (code, [text, signature]) => {
  const inspected = inspect(text);
  const found = inspected.mistakes.find((mistake) => mistake.code === code);

  it('is told so, by what the link is worth then', () => {
    expect(found).toMatchObject({ breaks: !HARMLESS.includes(code) });
    expect(inspected).toMatchObject({ signature });
  });

  it('is told in words what to do', () => {
    expect(found?.title).toMatch(/^\S.*[^.\s]$/);
    expect(found?.remedy).toMatch(/^[A-Z“].*\.$/);
    expect(JSON.stringify(found)).not.toMatch(/undefined|null|NaN|\[object/);
  });

  it('has nothing of its signature told', () => {
    const written = /(?<=Signature=)[^&]{40,}/.exec(text)?.[0] ?? 'none';
    expect(JSON.stringify(inspected)).not.toContain(written.slice(0, 40));
  });
});

it('what breaks a link comes first', () => {
  const text = someLink({ resource: `${URL_OF_A}?expires=1` }).replaceAll('&', '&amp;');
  expect(inspect(text).mistakes.map(({ code }) => code)).toEqual([
    'html-escaped',
    'parameter-spelling',
  ]);
});
