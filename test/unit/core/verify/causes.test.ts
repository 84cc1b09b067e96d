import { describe, expect, it } from 'vitest';
import type { LinkAnswer } from '../../../../src/core/cloudfront/linkAnswer.ts';
import { fail, ok } from '../../../../src/core/outcome.ts';
import {
  causesOf,
  causeText,
  type CauseCode,
  type Certainty,
} from '../../../../src/core/verify/causes.ts';
import {
  wellMade,
  type KnownWay,
  type LinkFindings,
} from '../../../../src/core/verify/evidence.ts';
import { judgeAnswer } from '../../../../src/core/verify/judgeAnswer.ts';
import { someDistribution } from '../cloudfront/someDistribution.ts';
import { someAnswer } from '../setup/someFacts.ts';

const NOW = 1_790_000_000;
const DOMAIN = 'files.example.com';

/** An answer of CloudFront itself, without an error body. */
const bare = someAnswer({ code: undefined });

const wellMadeLink = wellMade({ protocol: 'https', domain: DOMAIN }, 'K2JCJMDEHXQW5F', NOW + 300);

/** What is known, where it is not a well-made link that CloudFront answers without a word. */
interface Known {
  readonly answer?: Partial<LinkAnswer & { kind: 'answer' }>;
  readonly link?: Partial<LinkFindings>;
  readonly way?: Partial<KnownWay>;
}

function causes({ answer, link, way }: Known): readonly (readonly [CauseCode, Certainty])[] {
  return causesOf({
    link: { ...wellMadeLink, ...link },
    answer: { ...bare, ...answer },
    now: NOW,
    way: way && {
      distribution: undefined,
      behavior: undefined,
      origin: undefined,
      object: undefined,
      signature: undefined,
      ...way,
    },
  }).map(({ code, certainty }) => [code, certainty]);
}

const DENIED = { code: 'AccessDenied', message: 'Access denied' };
const DENIED_BY_S3 = { code: 'AccessDenied', message: 'Access Denied', fromOrigin: true };
const PRESIGNED = { kind: 'presigned-url', keyPairId: undefined, signature: 'unchecked' } as const;
const S3 = { fromCloudFront: false, fromOrigin: true };

describe('the causes of an answer', () => {
  it.each([
    [200, 'the whole object'],
    [206, 'its first byte'],
    [416, 'an object of no bytes'],
  ])('of %i are none: %s', (status) => {
    expect(causes({ answer: { status } })).toEqual([]);
  });

  it.each<[string, Known, CauseCode, Certainty]>([
    ['another server', { answer: { fromCloudFront: false } }, 'not-cloudfront', 'certain'],
    [
      'another server’s 404',
      { answer: { fromCloudFront: false, status: 404 } },
      'not-cloudfront',
      'certain',
    ],
    [
      'S3 in the place of CloudFront',
      { answer: { ...S3, ...DENIED_BY_S3, fromCloudFront: false } },
      's3-host',
      'certain',
    ],
    [
      'an unknown key under another code',
      { answer: { code: 'AccessDenied', message: 'Unknown Key' } },
      'unknown-key',
      'certain',
    ],
    ['a denial of a good link', { answer: DENIED }, 'wrong-key', 'likely'],
    [
      'the same where CloudFront has another key',
      { answer: DENIED, way: { signature: 'altered' } },
      'wrong-key',
      'certain',
    ],
    [
      'a denial of what another key has signed',
      { answer: DENIED, link: { signature: 'altered' } },
      'altered',
      'certain',
    ],
    [
      'what CloudFront’s key has signed, for an address',
      { answer: DENIED, link: { ipAddress: '192.0.2.0/24' }, way: { signature: 'intact' } },
      'address',
      'certain',
    ],
    [
      'a good link for an address',
      { answer: DENIED, link: { ipAddress: '192.0.2.0/24' } },
      'address',
      'likely',
    ],
    [
      'an end that is past by CloudFront’s clock alone',
      { answer: { ...DENIED, date: NOW + 400 } },
      'clock',
      'certain',
    ],
    [
      'an end that is past',
      { answer: { ...DENIED, date: NOW }, link: { expiresAt: NOW } },
      'expired',
      'certain',
    ],
    [
      'a beginning that is the moment',
      { answer: DENIED, link: { notBefore: NOW } },
      'not-yet',
      'certain',
    ],
    [
      'a change that is on its way',
      { answer: { code: 'X' }, way: { distribution: someDistribution({ deployed: false }) } },
      'deploying',
      'possible',
    ],
    [
      'a function',
      { answer: { cache: 'FunctionGeneratedResponse from cloudfront' } },
      'function',
      'certain',
    ],
    [
      'Lambda',
      { answer: { status: 502, cache: 'LambdaExecutionError from cloudfront' } },
      'function',
      'certain',
    ],
    ['a custom origin without the object', { answer: { status: 404 } }, 'object-missing', 'likely'],
    ['an origin that is slow', { answer: { status: 504 } }, 'origin-fails', 'certain'],
    [
      'S3, which has enough to do',
      { answer: { status: 503, code: 'SlowDown', fromOrigin: true } },
      'origin-fails',
      'certain',
    ],
    [
      'a page in the place of an error',
      { answer: { cache: 'Error from cloudfront', page: 'Sorry' } },
      'error-page',
      'likely',
    ],
    [
      'a page in the place of an error, as if it were none',
      { answer: { status: 200, cache: 'Error from cloudfront' } },
      'error-page',
      'likely',
    ],
    [
      'S3 to a distribution with an open eye on the object',
      {
        answer: DENIED_BY_S3,
        way: { object: { storageClass: 'STANDARD', archived: false, kmsKeyId: undefined } },
      },
      's3-denies',
      'likely',
    ],
    [
      'a redirect to elsewhere',
      { answer: { status: 301, location: 'https://other.example/' } },
      'other',
      'possible',
    ],
    [
      'a code that nobody knows',
      { answer: { status: 400, code: 'BadRequest' } },
      'other',
      'possible',
    ],
    [
      'S3 to an end that is past',
      { answer: { ...S3, code: 'AccessDenied', message: 'Request has expired' }, link: PRESIGNED },
      'expired',
      'certain',
    ],
    [
      'S3 to a session that is over',
      { answer: { ...S3, code: 'ExpiredToken' }, link: PRESIGNED },
      'session-ended',
      'certain',
    ],
    [
      'S3 to a key that is gone',
      { answer: { ...S3, code: 'InvalidAccessKeyId' }, link: PRESIGNED },
      'session-ended',
      'certain',
    ],
    [
      'S3 to a changed URL',
      { answer: { ...S3, code: 'SignatureDoesNotMatch' }, link: PRESIGNED },
      'altered',
      'certain',
    ],
    [
      'S3 to a signer without rights',
      { answer: { ...S3, code: 'AccessDenied', message: 'Access Denied' }, link: PRESIGNED },
      'signer-denied',
      'likely',
    ],
    [
      'S3 about an object that is not there',
      { answer: { ...S3, status: 404, code: 'NoSuchKey' }, link: PRESIGNED },
      'object-missing',
      'certain',
    ],
  ])('tell %s', (_from, known, code, certainty) => {
    expect(causes(known)[0]).toEqual([code, certainty]);
  });

  it('leave out what is only possible where one is certain', () => {
    const link = { expiresAt: NOW - 1, ipAddress: '192.0.2.0/24' };
    expect(causes({ answer: DENIED, link })).toEqual([['expired', 'certain']]);
  });

  it('are all that it can be where none is certain, the likely ones first', () => {
    expect(causes({ answer: DENIED_BY_S3 }).map(([, certainty]) => certainty)).toEqual([
      'possible',
      'possible',
      'possible',
    ]);
    const encrypted = { storageClass: 'STANDARD', archived: false, kmsKeyId: 'key-1' };
    expect(causes({ answer: DENIED_BY_S3, way: { object: encrypted } })).toEqual([
      ['key-policy', 'likely'],
      ['s3-denies', 'possible'],
    ]);
  });

  it('are in whole sentences, which say how sure they are', () => {
    expect(textOf('certain')).toBe('It broke. Mend it.');
    expect(textOf('likely')).toBe('Most likely: It broke. Mend it.');
    expect(textOf('possible')).toBe('Possibly: It broke. Mend it.');
  });

  it('repeat what was said where nothing is known of it', () => {
    expect(said({ code: 'Odd', message: 'Very odd' })).toBe('It said: Odd: Very odd.');
    expect(said({ code: 'Odd' })).toBe('It said: Odd.');
    expect(said({ status: 301 })).toBe('Check the domain name and the key pair ID.');
  });
});

function said(answer: Known['answer']): string | undefined {
  const [cause] = causesOf({
    link: wellMadeLink,
    answer: { ...bare, ...answer },
    now: NOW,
    way: undefined,
  });
  return cause?.remedy;
}

function judge(answer: LinkAnswer) {
  return judgeAnswer({ link: wellMadeLink, answer, now: NOW, way: undefined });
}

function textOf(certainty: Certainty): string {
  return causeText({ code: 'other', certainty, title: 'It broke', remedy: 'Mend it.' });
}

describe('what is judged of a link that was just made', () => {
  it('is right where it is served', () => {
    expect(judge({ ...bare, status: 206 })).toEqual(ok(undefined));
  });

  it('is the first cause where it is refused', () => {
    expect(judge({ ...bare, code: 'InvalidKey', message: 'Unknown Key' })).toEqual(
      fail({
        code: 'link-refused',
        domain: DOMAIN,
        status: 403,
        cause: expect.stringMatching(
          /^The distribution trusts no key with the ID K2JCJMDEHXQW5F for this path\. Add it/,
        ),
      }),
    );
  });

  it('is why nobody answers', () => {
    expect(judge({ kind: 'unreachable', detail: 'getaddrinfo ENOTFOUND' })).toEqual(
      fail({ code: 'link-unchecked', domain: DOMAIN, detail: 'getaddrinfo ENOTFOUND' }),
    );
  });
});
