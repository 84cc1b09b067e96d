import { describe, expect, it } from 'vitest';
import { inspectText } from '../../../../src/core/inspect/inspectText.ts';
import { fail } from '../../../../src/core/outcome.ts';
import { EC, RSA } from '../cloudfront/nodeSigner.ts';
import {
  inspect,
  KEY_OF_EC,
  KEY_OF_RSA,
  KEYS,
  linkAsWritten,
  NOW,
  policyWith,
  someLink,
  URL_OF_A,
} from './someLinks.ts';

const canned = someLink();
const custom = someLink({ notBefore: NOW - 60, ipAddress: '192.0.2.0/24' }, EC, 'SHA256');

/** A parameter of a signed URL. */
function parameter(url: string, name: string): string {
  return new RegExp(`[?&]${name}=([^&]*)`).exec(url)?.[1] ?? '';
}

describe('a signed URL', () => {
  it('tells its canned policy', () => {
    expect(inspect(canned)).toEqual({
      kind: 'signed-url',
      url: URL_OF_A,
      policy: 'canned',
      resource: URL_OF_A,
      opens: 'This one URL',
      expiresAt: NOW + 3600,
      notBefore: undefined,
      ipAddress: undefined,
      state: 'alive',
      remainingSeconds: 3600,
      keyPairId: RSA.keyPairId,
      hashAlgorithm: 'SHA1',
      signature: 'intact',
      signedBy: RSA.keyPairId,
      cookieScope: undefined,
      mistakes: [],
    });
  });

  it('tells its custom policy', () => {
    expect(inspect(custom)).toMatchObject({
      policy: 'custom',
      resource: URL_OF_A,
      notBefore: NOW - 60,
      ipAddress: '192.0.2.0/24',
      hashAlgorithm: 'SHA256',
      signature: 'intact',
      signedBy: EC.keyPairId,
      mistakes: [],
    });
  });

  it.each([
    [NOW + 3599, 'alive', 1],
    [NOW + 3600, 'expired', 0],
    [NOW - 60, 'not-yet', 3660],
    [NOW - 59, 'alive', 3659],
  ])('at %i is %s, for %i seconds', (now, state, remainingSeconds) => {
    const inspected = inspectText(custom, KEYS, now);
    expect(inspected).toMatchObject({ value: { state, remainingSeconds } });
  });

  it.each([
    ['nobody’s key', [], 'unchecked', undefined],
    ['another key', KEYS.slice(1), 'unchecked', undefined],
    [
      'another key by the same ID',
      [{ ...KEY_OF_EC, keyPairId: RSA.keyPairId }],
      'altered',
      undefined,
    ],
    ['its key', KEYS, 'intact', RSA.keyPairId],
    [
      'its key by another ID',
      [{ ...KEY_OF_RSA, keyPairId: 'KSOMEOTHER123' }],
      'mendable',
      'KSOMEOTHER123',
    ],
    [
      'a key that cannot be read',
      [{ keyPairId: RSA.keyPairId, publicKeyPem: 'no PEM' }],
      'altered',
      undefined,
    ],
  ])('is, to who has %s, %s', (_whose, keys, signature, signedBy) => {
    expect(inspectText(canned, keys, NOW)).toMatchObject({ value: { signature, signedBy } });
  });

  it.each([
    ['alone', (url: string) => url],
    ['between white space', (url: string) => ` \n${url}\t\n`],
    ['in words', (url: string) => `Here it is: ${url} and it is good.`],
    ['between angle brackets', (url: string) => `See <${url}>.`],
    ['in quotes', (url: string) => `const link = '${url}';`],
    ['in other quotes', (url: string) => `href="${url}"`],
    ['in parentheses', (url: string) => `It is there (${url}).`],
    ['in Markdown', (url: string) => `[a](${url}), then`],
    ['in JSON', (url: string) => JSON.stringify({ url })],
    ['as an argument of curl', (url: string) => `curl -o a.zip '${url}'`],
    ['with a host in capitals', (url: string) => url.replace('d111111', 'D111111')],
    ['with a fragment', (url: string) => `${url}#page=2`],
    [
      'with its parameters in the order of the SDK',
      (url: string) => url.replace(/(&Signature=[^&]*)(&Key-Pair-Id=.*)/, '$2$1'),
    ],
  ])('is intact %s', (_where, write) => {
    expect(inspect(write(canned))).toMatchObject({ signature: 'intact' });
  });

  it.each([
    ['the other protocol', canned.replace('https:', 'http:'), URL_OF_A],
    ['a query that was added', canned.replace('?', '?utm_source=mail&'), URL_OF_A],
    ['a port', canned.replace('.net/', '.net:8443/'), URL_OF_A],
    ['its path decoded', canned.replace('a%20b', 'a+b'), URL_OF_A],
    [
      'its path encoded, though it was signed as it is',
      linkAsWritten("https://d111111abcdef8.cloudfront.net/it's(1)").replace(
        "it's(1)",
        'it%27s%281%29',
      ),
      "https://d111111abcdef8.cloudfront.net/it's(1)",
    ],
  ])('with %s tells what was signed', (_what, text, signedFor) => {
    const { mistakes } = inspect(text);
    expect(mistakes).toContainEqual(expect.objectContaining({ code: 'other-url', signedFor }));
  });
});

describe('signed cookies', () => {
  const cookies = {
    'CloudFront-Policy': parameter(custom, 'Policy'),
    'CloudFront-Signature': parameter(custom, 'Signature'),
    'CloudFront-Key-Pair-Id': EC.keyPairId,
    'CloudFront-Hash-Algorithm': 'SHA256',
  };
  const pairs = Object.entries(cookies).map(([name, value]) => `${name}=${value}`);
  const scope = { domain: 'cdn.example.com', path: '/films/*' };

  it.each([
    [
      'Set-Cookie lines',
      pairs
        .map(
          (pair) => `Set-Cookie: ${pair}; Domain=cdn.example.com; Path=/films/*; Secure; HttpOnly`,
        )
        .join('\n'),
      scope,
    ],
    ['a Cookie header', `Cookie: ${pairs.join('; ')}`, {}],
    ['arguments of curl', `curl -b '${pairs.join('; ')}' https://cdn.example.com/films/a.mp4`, {}],
    [
      'a cookie jar',
      Object.entries(cookies)
        .map(([name, value]) => `cdn.example.com\tFALSE\t/films/\tTRUE\t0\t${name}\t${value}`)
        .join('\n'),
      {},
    ],
    [
      'a script',
      pairs
        .map((pair) => `document.cookie = "${pair}; path=/films/*; domain=cdn.example.com";`)
        .join('\n'),
      scope,
    ],
    ['an object in JSON', JSON.stringify(cookies), {}],
    [
      'a list in JSON',
      JSON.stringify(
        Object.entries(cookies).map(([name, value]) => ({
          name,
          value,
          domain: 'cdn.example.com',
          path: '/films/*',
        })),
      ),
      scope,
    ],
  ])('are read out of %s', (_form, text, cookieScope) => {
    expect(inspect(text)).toMatchObject({
      kind: 'signed-cookies',
      url: undefined,
      policy: 'custom',
      resource: URL_OF_A,
      expiresAt: NOW + 3600,
      signature: 'intact',
      signedBy: EC.keyPairId,
      cookieScope,
      mistakes: [],
    });
  });

  it('with an end alone cannot be checked without their URL', () => {
    const text = `CloudFront-Expires=${NOW + 60}; CloudFront-Signature=${parameter(canned, 'Signature')}; CloudFront-Key-Pair-Id=${RSA.keyPairId}`;
    expect(inspect(text)).toMatchObject({
      policy: 'canned',
      resource: undefined,
      signature: 'unchecked',
      mistakes: [],
    });
  });

  it('are told what they lack', () => {
    expect(inspect('CloudFront-Expires=1').mistakes).toMatchObject([
      { code: 'parameter-missing', names: ['CloudFront-Signature', 'CloudFront-Key-Pair-Id'] },
    ]);
  });

  it('that differ are told to be there twice', () => {
    const twice = `${pairs.join('; ')}; CloudFront-Policy=e30_`;
    expect(inspect(twice)).toMatchObject({
      signature: 'mendable',
      mistakes: [{ code: 'parameter-duplicate', name: 'CloudFront-Policy' }],
    });
    expect(inspect(`${pairs.join('; ')}\n${pairs.join('; ')}`).mistakes).toEqual([]);
  });
});

describe('a policy that stands for itself', () => {
  const policy = JSON.stringify(policyWith({ Resource: 'https://cdn.example.com/films/*' }));

  it.each([
    ['JSON', policy],
    [
      'CloudFront’s base64',
      Buffer.from(policy)
        .toString('base64')
        .replaceAll('+', '-')
        .replaceAll('=', '_')
        .replaceAll('/', '~'),
    ],
    ['standard base64', Buffer.from(policy).toString('base64')],
    ['base64url', Buffer.from(policy).toString('base64url')],
  ])('is read as %s', (_form, text) => {
    expect(inspect(`\n${text}\n`)).toMatchObject({
      kind: 'policy',
      policy: 'custom',
      resource: 'https://cdn.example.com/films/*',
      opens: 'Every URL that begins so, with any query',
      expiresAt: NOW + 3600,
      signature: 'absent',
      mistakes: [],
    });
  });
});

function v4(parameters: string, keyId = 'AKIAEXAMPLE'): string {
  return `https://films.s3.eu-west-1.amazonaws.com/a%20b/c.mp4?x-id=GetObject&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${keyId}%2F20260921%2Feu-west-1%2Fs3%2Faws4_request&X-Amz-Date=20260921T120000Z&X-Amz-SignedHeaders=host&X-Amz-Signature=${'0a'.repeat(32)}${parameters}`;
}

describe('a presigned URL of S3', () => {
  const signedAt = Date.UTC(2026, 8, 21, 12) / 1000;

  it('tells what it opens and until when', () => {
    expect(inspectText(v4('&X-Amz-Expires=604800'), KEYS, signedAt + 60)).toEqual({
      kind: 'ok',
      value: {
        kind: 'presigned-url',
        url: 'https://films.s3.eu-west-1.amazonaws.com/a%20b/c.mp4?x-id=GetObject',
        version: 'SigV4',
        bucket: 'films',
        key: 'a b/c.mp4',
        accessKeyId: 'AKIAEXAMPLE',
        region: 'eu-west-1',
        signedAt,
        expiresAt: signedAt + 604_800,
        endsBy: signedAt + 604_800,
        temporary: false,
        state: 'alive',
        remainingSeconds: 604_740,
        signature: 'unchecked',
        mistakes: [],
      },
    });
  });

  it.each([
    ['a session token', v4('&X-Amz-Expires=604800&X-Amz-Security-Token=abc')],
    ['a temporary access key', v4('&X-Amz-Expires=604800', 'ASIAEXAMPLE')],
  ])('with %s ends with the session at the latest', (_sign, text) => {
    const lasts = { expiresAt: signedAt + 604_800, endsBy: signedAt + 36 * 3600, temporary: true };
    expect(inspectText(text, KEYS, signedAt + 36 * 3600)).toMatchObject({
      value: { ...lasts, state: 'expired' },
    });
  });

  it('of version 2 tells its end', () => {
    const text = `https://s3.amazonaws.com/films/a.mp4?AWSAccessKeyId=AKIAEXAMPLE&Expires=${NOW + 60}&Signature=a%2Bb%3D`;
    expect(inspect(text)).toMatchObject({
      version: 'SigV2',
      url: 'https://s3.amazonaws.com/films/a.mp4',
      bucket: 'films',
      key: 'a.mp4',
      endsBy: NOW + 60,
      state: 'alive',
    });
  });

  it.each([
    [v4(''), 'parameter-missing'],
    [v4('&X-Amz-Expires=soon'), 'moment-odd'],
    [v4('&X-Amz-Expires=60').replace('20260921T120000Z', '2026-09-21'), 'moment-odd'],
    [v4('&X-Amz-Expires=60').replaceAll('&', '&amp;'), 'html-escaped'],
  ])('is told what is wrong with it', (text, code) => {
    expect(inspect(text).mistakes).toMatchObject([{ code }]);
  });
});

it('a URL that nothing signs is told to be one', () => {
  expect(inspect('See https://example.com/a?b=c.')).toEqual({
    kind: 'unsigned-url',
    url: 'https://example.com/a?b=c.',
    mistakes: [],
  });
});

describe('what opens nothing', () => {
  it.each([
    '',
    ' ',
    'text',
    '{}',
    '[]',
    '{"Version":1}',
    'aGVsbG8=',
    'ftp://a/b',
    '{"a":"CloudFront"}',
  ])('is told to be unreadable: %j', (text) => {
    expect(inspectText(text, KEYS, NOW)).toEqual(fail({ code: 'link-unreadable' }));
  });
});

describe('a text of any length is soon done with', () => {
  it.each([
    ['one letter', 'a'.repeat(2_000_000)],
    ['URLs', 'https://a?Signature='.repeat(100_000)],
    ['parameters', `https://a/?${'&Expires=1'.repeat(200_000)}`],
    ['white space', `https://a/?Expires=1${' \n'.repeat(500_000)}`],
    ['names of cookies', 'CloudFront-Policy\t\t\t'.repeat(50_000)],
    [
      'wildcards',
      linkAsWritten('https://a.example/b')
        .replace(
          'Expires=',
          `Policy=${Buffer.from(JSON.stringify(policyWith({ Resource: `https://a.example/${'*a'.repeat(2000)}` }))).toString('base64url')}&Expires=`,
        )
        .replace('/b', `/${'a'.repeat(4000)}`),
    ],
    ['brackets', '['.repeat(1_000_000)],
    ['full stops', `https://a/?Expires=1&Signature=${'.'.repeat(60_000)}`],
    ['full stops before the end', `https://a/?Expires=1&Signature=${'.'.repeat(16_000)}a`],
    ['names that nearly are', `https://a/${'?signature'.repeat(5000)}`],
    ['marks', `https://a/${'?'.repeat(60_000)}#${'?'.repeat(60_000)}`],
    ['escapes', `https://a/?Expires=3D1${'&amp;'.repeat(20_000)}${'=3D'.repeat(20_000)}`],
    ['quotes in a policy', `{"Statement":[{"Resource":"${'\\"'.repeat(30_000)}`],
    ['percent signs', `https://a/${'%'.repeat(60_000)}?Expires=1&Signature=a&Key-Pair-Id=K`],
  ])('of %s', (_what, text) => {
    const begun = performance.now();
    inspectText(text, KEYS, NOW);
    expect(performance.now() - begun).toBeLessThan(1000);
  });
});
