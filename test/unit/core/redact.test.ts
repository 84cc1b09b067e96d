import { generateKeyPairSync } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redact } from '../../../src/core/redact.ts';
import { policyDocument, toUrlBase64 } from '../../../src/core/cloudfront/policy.ts';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pkcs8 = String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
const pkcs1 = String(privateKey.export({ type: 'pkcs1', format: 'pem' }));
const sec1 = String(
  generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({
    type: 'sec1',
    format: 'pem',
  }),
);
const encrypted = String(
  privateKey.export({
    type: 'pkcs8',
    format: 'pem',
    cipher: 'aes-256-cbc',
    passphrase: 'a passphrase',
  }),
);

const bytes = (minLength: number, maxLength = minLength) =>
  fc.uint8Array({ minLength, maxLength }).map((array) => Buffer.from(array));

/** Secrets as they are, each with the text that nothing may be left of. */
const anySecret = fc.oneof(
  fc.constantFrom(pkcs8, pkcs1, sec1, encrypted),
  // Signatures of RSA 2048 and P-256, as CloudFront writes them.
  bytes(256).map(toUrlBase64),
  bytes(70, 72).map(toUrlBase64),
  // Secret access keys have 40 characters, session tokens hundreds.
  bytes(30).map((key) => key.toString('base64')),
  bytes(200, 600).map((token) => token.toString('base64')),
  // Signatures of SigV4.
  bytes(32).map((signature) => signature.toString('hex')),
  fc.webPath().map((path) =>
    toUrlBase64(
      Buffer.from(
        policyDocument({
          resource: `https://a.example${path}`,
          expiresAt: 2_000_000_000,
          ipAddress: '192.0.2.7/32',
        }),
      ),
    ),
  ),
);

/** What a secret is found in. */
const CARRIERS: readonly ((secret: string) => string)[] = [
  (secret) => secret,
  (secret) => `"${secret}"`,
  (secret) => `(${secret})`,
  (secret) => JSON.stringify({ secret }),
  (secret) => JSON.stringify({ error: JSON.stringify([secret]) }),
  (secret) => JSON.stringify({ SecretAccessKey: secret, SessionToken: secret }, null, 2),
  (secret) => `aws_secret_access_key = ${secret}\naws_session_token=${secret}\n`,
  (secret) => `AWS_SECRET_ACCESS_KEY='${secret}' aws s3 ls`,
  (secret) => `https://a.example/a?Expires=1&Signature=${secret}&Key-Pair-Id=K2JCJMDEHXQW5F`,
  (secret) => `[a](https://a.example/a?Policy=${secret}&Signature=${secret}&Key-Pair-Id=K1)`,
  (secret) => `<https://b.s3.amazonaws.com/a?X-Amz-Signature=${secret}>`,
  (secret) => `?X-Amz-Credential=${secret}&X-Amz-Security-Token=${encodeURIComponent(secret)}`,
  (secret) => `redirect=${encodeURIComponent(`https://a.example/a?Signature=${secret}`)}`,
  (secret) => `Cookie: CloudFront-Policy=${secret}; CloudFront-Signature=${secret}; a=b`,
  (secret) => `Authorization: AWS4-HMAC-SHA256 Credential=${secret}, Signature=${secret}`,
  (secret) => `x-amz-security-token: ${secret}\r\n`,
  (secret) => secret.replaceAll('\n', '\\n'),
  (secret) => secret.replaceAll('\n', '\r\n'),
  (secret) => secret.replaceAll('\n', ' '),
  (secret) => secret.replaceAll('\n', '\n    '),
  // Cut off in the middle, as by a limit on a message's length.
  (secret) => secret.slice(0, Math.max(40, Math.floor(secret.length * 0.7))),
];

const anyNoise = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '',
    ' ',
    '\n',
    'Signed ',
    '"',
    '=',
    'password="',
    'Policy=',
    '-----BEGIN',
    '-----END A-----',
  ),
);

describe('a secret', () => {
  it('leaves nothing of itself behind, whatever it is in', () => {
    fc.assert(
      fc.property(
        anyNoise,
        anySecret,
        fc.constantFrom(...CARRIERS),
        anyNoise,
        (before, secret, carrier, after) => {
          expect(fragmentsLeft(redact(before + carrier(secret) + after), secret)).toEqual([]);
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('is found where there are several', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyNoise, anySecret), { maxLength: 5 }), (pieces) => {
        const clean = redact(pieces.flat().join('\n'));
        for (const [, secret] of pieces) expect(fragmentsLeft(clean, secret)).toEqual([]);
      }),
    );
  });

  it.each([
    ['password=hunter2', 'password=[redacted]'],
    ['{"passphrase":"open sesame, please"}', '{"passphrase":"[redacted]"}'],
    [String.raw`{"password":"say \"friend\"","a":"b"}`, '{"password":"[redacted]","a":"b"}'],
    ['password="cut off', 'password="[redacted]"'],
    ['passphrase: \'open "sesame"\' was wrong', "passphrase: '[redacted]' was wrong"],
    ['Signature=short&Key-Pair-Id=K1', 'Signature=[redacted]&Key-Pair-Id=K1'],
    ['https://a.example/a?Policy=e30_&a=b', 'https://a.example/a?Policy=[redacted]&a=b'],
    ['secretAccessKey: abc', 'secretAccessKey: [redacted]'],
  ])('that is short is known by its name: %s', (text, clean) => {
    expect(redact(text)).toBe(clean);
  });

  it('says where it was', () => {
    expect(redact(`key:\n${pkcs8}is no good`)).toBe('key:\n[PEM]\nis no good');
    expect(redact(`?X-Amz-Signature=${'0'.repeat(64)} failed`)).toBe(
      '?X-Amz-Signature=[redacted] failed',
    );
    expect(redact(`The key is ${'a'.repeat(40)}.`)).toBe('The key is [redacted].');
  });
});

describe('an ordinary message', () => {
  it.each([
    '',
    'Copied 3 signed URL(s), ending Thu, 24 Dec 2026, 18:00 CET · 2026-12-24 17:00 UTC',
    'Setting cloudfrontSigner.expiry.maximum has to be empty or a duration such as 30d; the default is used.',
    'AWS profile “production” does not exist',
    'Session expired: profile “production”. Sign in again with “aws sso login --profile production”.',
    'Listed s3://my-bucket/photos/2026/ in eu-west-1: 300 objects, more to come',
    'arn:aws:s3:::my-bucket/photos/2026/IMG_0001.JPG',
    'getaddrinfo ENOTFOUND my-bucket.s3.eu-west-1.amazonaws.com',
    'connect ECONNREFUSED 127.0.0.1:9000',
    'https://d111111abcdef8.cloudfront.net/photos/a%20b.jpg answered 403: AccessDenied: Access denied',
    'Key-Pair-Id=K2JCJMDEHXQW5F&Expires=1798135200&Hash-Algorithm=SHA256',
    'Request 4WT3JNX2SMRPYQ9C failed after 3 attempts with SlowDown',
    '/home/jane/.aws/credentials changed',
    'The private key is encrypted. Give its passphrase.',
    'The passphrase does not open the private key',
    'Error: x\n    at signPolicy (/home/jane/.vscode/extensions/a.b-0.1.0/dist/aws.js:1:2345)',
  ])('stays as it is: %j', (message) => {
    expect(redact(message)).toBe(message);
  });

  it('is not worn down by a hostile text', () => {
    const started = performance.now();
    for (const piece of ['-----BEGIN', '-----BEGIN A-----END-', 'password', 'Signature=', 'a ']) {
      redact(piece.repeat(20_000));
    }
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

/** How long a piece of a secret may be before it tells something. */
const FRAGMENT = 16;

/** The pieces of a secret that can be read in a text; the words around a PEM's content are none. */
function fragmentsLeft(text: string, secret: string): string[] {
  const lines = secret.split('\n').filter((line) => !line.startsWith('-----'));
  return lines.flatMap((line) =>
    Array.from({ length: Math.max(0, line.length - FRAGMENT + 1) }, (_, start) =>
      line.slice(start, start + FRAGMENT),
    ).filter((fragment) => text.includes(fragment)),
  );
}
