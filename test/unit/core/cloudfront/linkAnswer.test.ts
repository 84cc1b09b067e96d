import { describe, expect, it } from 'vitest';
import { judgeAnswer, type LinkAnswer } from '../../../../src/core/cloudfront/linkAnswer.ts';
import { fail, ok } from '../../../../src/core/outcome.ts';

/** An answer of CloudFront itself, without an error body. */
const bare = {
  kind: 'answer',
  status: 403,
  fromCloudFront: true,
  code: undefined,
  message: undefined,
  fromOrigin: false,
  date: undefined,
} as const;

function judge(answer: LinkAnswer) {
  return judgeAnswer('files.example.com', 'K2JCJMDEHXQW5F', answer);
}

describe('an answer to a signed URL', () => {
  it.each([
    [200, 'the whole object'],
    [206, 'its first byte'],
    [416, 'an object of no bytes'],
  ])('of %i is right: %s', (status) => {
    expect(judge({ ...bare, status })).toEqual(ok(undefined));
  });

  it.each<[string, Partial<LinkAnswer & { kind: 'answer' }>, RegExp]>([
    ['another server', { fromCloudFront: false }, /other than CloudFront/],
    ['another server', { fromCloudFront: false, status: 404 }, /other than CloudFront/],
    [
      'S3, which lets CloudFront not read',
      { code: 'AccessDenied', message: 'Access Denied', fromOrigin: true },
      /accepted the signature.*S3 refused.*bucket policy/,
    ],
    [
      'S3, which has no such key',
      { status: 404, code: 'NoSuchKey', fromOrigin: true },
      /not there/,
    ],
    [
      'a behavior that does not trust the key',
      { code: 'InvalidKey', message: 'Unknown Key' },
      /trusts no key with the ID K2JCJMDEHXQW5F.*trusted key group/,
    ],
    // Some report the same words under another code.
    ['an unknown key', { code: 'AccessDenied', message: 'Unknown Key' }, /trusted key group/],
    [
      'a key that is not the one of the ID',
      { code: 'AccessDenied', message: 'Access denied' },
      /signature was not accepted.*K2JCJMDEHXQW5F/,
    ],
    ['a custom origin without the object', { status: 404 }, /no such object/],
    [
      'anything else, in its own words',
      { code: 'MalformedPolicy', message: 'Malformed Policy' },
      /It said: MalformedPolicy: Malformed Policy\./,
    ],
    [
      'anything else, with a code alone',
      { status: 400, code: 'BadRequest' },
      /It said: BadRequest\./,
    ],
    ['anything else without a word', { status: 502 }, /Check the domain name/],
    ['a redirection', { status: 301 }, /Check the domain name/],
  ])('comes from %s: %j', (_from, answer, cause) => {
    expect(judge({ ...bare, ...answer })).toEqual(
      fail({
        code: 'link-refused',
        domain: 'files.example.com',
        status: answer.status ?? 403,
        cause: expect.stringMatching(cause),
      }),
    );
  });

  it('that does not come says why', () => {
    expect(judge({ kind: 'unreachable', detail: 'getaddrinfo ENOTFOUND' })).toEqual(
      fail({
        code: 'link-unchecked',
        domain: 'files.example.com',
        detail: 'getaddrinfo ENOTFOUND',
      }),
    );
  });
});
