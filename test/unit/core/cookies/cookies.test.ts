import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import type { Policy } from '../../../../src/core/cloudfront/policy.ts';
import type { HashAlgorithm, SigningKey } from '../../../../src/core/cloudfront/signedUrl.ts';
import { COOKIE_FORMATS } from '../../../../src/core/cookies/cookieFormats.ts';
import { signCookies, type SignedCookies } from '../../../../src/core/cookies/signedCookies.ts';
import { inspectText } from '../../../../src/core/inspect/inspectText.ts';
import { fail, ok } from '../../../../src/core/outcome.ts';
import { EC, fromCloudFront, isSigned, RSA, signPolicy } from '../cloudfront/nodeSigner.ts';
import { valueOf } from '../valueOf.ts';

const END = 2_000_000_000;
const URL_OF_FOLDER = 'https://d111111abcdef8.cloudfront.net/video/a%20b/';
const policy: Policy = { resource: `${URL_OF_FOLDER}*`, expiresAt: END };

function some(
  { url = URL_OF_FOLDER, ...given }: Partial<Policy> & { url?: string } = {},
  key: SigningKey = RSA,
  hashAlgorithm: HashAlgorithm = 'SHA1',
): SignedCookies {
  const all = { ...policy, resource: `${url}*`, ...given };
  return valueOf(signCookies(all, url, key, hashAlgorithm, signPolicy));
}

/** Cookies in a format. */
function written(name: string, cookies = some()): string {
  return COOKIE_FORMATS.find((format) => format.name === name)?.write(cookies) ?? '';
}

describe('signed cookies', () => {
  it('carry the policy, its signature and who signed it', () => {
    const cookies = some();
    expect(cookies.cookies.map(([name]) => name)).toEqual([
      'CloudFront-Policy',
      'CloudFront-Signature',
      'CloudFront-Key-Pair-Id',
    ]);
    const [encoded = '', signature = '', keyPairId = ''] = cookies.cookies.map(
      ([, value]) => value,
    );
    const document = fromCloudFront(encoded).toString();
    expect(document).toBe(
      `{"Statement":[{"Resource":"${URL_OF_FOLDER}*","Condition":{"DateLessThan":{"AWS:EpochTime":${END}}}}]}`,
    );
    expect(isSigned(`https://a/?Signature=${signature}`, document, RSA, 'SHA1')).toBe(true);
    expect(keyPairId).toBe(RSA.keyPairId);
  });

  it('name the hash where it is not the one that goes unsaid', () => {
    expect(some({}, EC, 'SHA256').cookies.at(-1)).toEqual(['CloudFront-Hash-Algorithm', 'SHA256']);
  });

  it.each([
    [URL_OF_FOLDER, '/video/a%20b/', 'd111111abcdef8.cloudfront.net', true],
    ['http://127.0.0.1:8080/video/la', '/video/', '127.0.0.1', false],
    ['https://a.example/', '/', 'a.example', true],
    [`https://a.example/${'a'.repeat(1100)}/`, '/', 'a.example', true],
  ])('are sent to %s', (url, path, host, isSecure) => {
    expect(some({ url })).toMatchObject({ path, host, isSecure, expiresAt: END });
  });

  it('are refused where no browser would keep them', () => {
    const url = `https://a.example/${'a'.repeat(3000)}/`;
    expect(signCookies({ ...policy, resource: `${url}*` }, url, RSA, 'SHA1', signPolicy)).toEqual(
      fail({ code: 'cookie-too-long', bytes: expect.any(Number), maximum: 4096 }),
    );
  });

  it.each([
    ['of something else', () => signPolicy('{}', RSA, 'SHA1')],
    ['by another key', (document: string) => signPolicy(document, EC, 'SHA1')],
    ['of another hash', (document: string) => signPolicy(document, RSA, 'SHA256')],
    ['that is none', () => ok('abc')],
  ])('are checked before they are given out: a signature %s', (_what, signer) => {
    expect(signCookies(policy, URL_OF_FOLDER, RSA, 'SHA1', signer)).toMatchObject({
      kind: 'problem',
      problem: { code: 'self-check-failed' },
    });
  });
});

describe('a format of cookies', () => {
  it('is Set-Cookie lines: for the host that answers, for scripts not to read, without an end', () => {
    const lines = written('set-cookie').split('\n');
    expect(lines.length).toBe(3);
    for (const line of lines) {
      expect(line).toMatch(
        /^Set-Cookie: CloudFront-[\w-]+=[\w~-]+; Path=\/video\/a%20b\/; Secure; HttpOnly$/,
      );
    }
    expect(written('set-cookie', some({ url: 'http://a.example/' }))).not.toMatch(/Secure|Domain/);
  });

  it('is a cookie jar, with a tab between its seven columns', () => {
    const [head, ...lines] = written('cookie-jar').split('\n');
    expect(head).toBe('# Netscape HTTP Cookie File');
    expect(lines.pop()).toBe('');
    expect(lines.map((line) => line.split('\t').slice(0, 5))).toEqual(
      lines.map(() => [
        'd111111abcdef8.cloudfront.net',
        'FALSE',
        '/video/a%20b/',
        'TRUE',
        `${END}`,
      ]),
    );
  });

  it('is a script that sets each cookie, and says where', () => {
    const set: string[] = [];
    const document = {
      set cookie(text: string) {
        set.push(text);
      },
    };
    const script = written('console');
    expect(script).toMatch(/^\/\/ .* a page of d111111abcdef8\.cloudfront\.net;/);
    runInNewContext(script, { document });
    expect(set).toEqual(
      some().cookies.map(([name, value]) => `${name}=${value}; path=/video/a%20b/; Secure`),
    );
  });

  const variants = [
    ['RSA, SHA-1', RSA, 'SHA1', {}],
    ['RSA, SHA-256', RSA, 'SHA256', { ipAddress: '192.0.2.0/24' }],
    ['P-256, SHA-1', EC, 'SHA1', { notBefore: 1_000_000_000 }],
    ['P-256, SHA-256', EC, 'SHA256', {}],
  ] as const;
  const everyFormat = COOKIE_FORMATS.flatMap((format) =>
    variants.map(([what, ...variant]) => [format, what, ...variant] as const),
  );

  it.each(everyFormat)('$name is read back as intact: %s', (format, _what, key, hash, given) => {
    const text = format.write(some(given, key, hash));
    const own = [
      {
        keyPairId: key.keyPairId,
        publicKeyPem: key.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
      },
    ];
    expect(valueOf(inspectText(text, own, END - 60))).toMatchObject({
      kind: 'signed-cookies',
      signature: 'intact',
      signedBy: key.keyPairId,
      resource: `${URL_OF_FOLDER}*`,
      expiresAt: END,
      hashAlgorithm: hash,
      state: 'alive',
      mistakes: [],
      ...given,
    });
  });

  it.each([
    ['set-cookie', { domain: undefined, path: '/video/a%20b/' }],
    ['curl-cookies', { domain: undefined, path: undefined }],
    ['cookie-jar', { domain: 'd111111abcdef8.cloudfront.net', path: '/video/a%20b/' }],
    ['console', { domain: undefined, path: '/video/a%20b/' }],
  ])('%s says whom it is for', (name, cookieScope) => {
    expect(valueOf(inspectText(written(name), [], END - 60))).toMatchObject({ cookieScope });
  });
});
