import { describe, expect, it, vi } from 'vitest';
import type { LinkAnswer } from '../../../../src/core/cloudfront/linkAnswer.ts';
import { cancelled, fail } from '../../../../src/core/outcome.ts';
import { verifyLink, type VerifySources } from '../../../../src/core/verify/verifyLink.ts';
import { RSA } from '../cloudfront/nodeSigner.ts';
import { KEYS, NOW, someLink, URL_OF_A } from '../inspect/someLinks.ts';
import { someAnswer } from '../setup/someFacts.ts';
import { valueOf } from '../valueOf.ts';

const SERVED = someAnswer({ status: 206, code: undefined, contentType: 'image/png', size: 7 });
const MISSING_KEY = someAnswer();

/** Answers to the link, and to its URL without a signature. */
function sourcesWith(signed: LinkAnswer = SERVED, unsigned: LinkAnswer = MISSING_KEY) {
  return {
    keys: KEYS,
    mappings: [],
    probeLink: vi.fn<VerifySources['probeLink']>(async (url) =>
      url.includes('Signature=') ? signed : unsigned,
    ),
    now: () => NOW,
    account: vi.fn<VerifySources['account']>(async () => undefined),
    describeObject: vi.fn<VerifySources['describeObject']>(async () => undefined),
  };
}

const { signal } = new AbortController();

describe('without a request', () => {
  it.each([
    ['a link that is right', someLink(), 'unknown', []],
    ['one that has ended', someLink({ expiresAt: NOW - 1 }), 'fails', ['expired']],
    ['one that has not begun', someLink({ notBefore: NOW + 5 }), 'fails', ['not-yet']],
    ['one that was altered', someLink().replace('c.zip', 'd.zip'), 'fails', ['altered']],
    ['one with another protocol', someLink().replace('https', 'http'), 'fails', ['altered']],
    [
      'one that was cut off',
      someLink().replace(/&Key-Pair.*/, ''),
      'fails',
      ['missing-key', 'spoilt'],
    ],
    ['one that was escaped', someLink().replaceAll('&', '&amp;'), 'fails', ['spoilt']],
    ['a URL that nothing signs', URL_OF_A, 'fails', ['missing-key']],
    ['one of S3', someLink({ resource: 'https://b.s3.amazonaws.com/a' }), 'fails', ['s3-host']],
    [
      'cookies',
      `CloudFront-Expires=${NOW - 1};CloudFront-Signature=a;CloudFront-Key-Pair-Id=${RSA.keyPairId}`,
      'fails',
      ['malformed-signature', 'expired'],
    ],
    [
      'a policy',
      `{"Statement":[{"Resource":"*","Condition":{"DateLessThan":{"AWS:EpochTime":${NOW + 1}}}}]}`,
      'unknown',
      [],
    ],
  ])('%s is judged by itself', async (_what, text, verdict, codes) => {
    const sources = sourcesWith();
    const verified = valueOf(await verifyLink(text, false, sources, signal));
    expect(verified.verdict).toBe(verdict);
    expect(verified.causes.map(({ code }) => code)).toEqual(codes);
    expect(
      [sources.probeLink, sources.account, sources.describeObject].map(
        (one) => one.mock.calls.length,
      ),
    ).toEqual([0, 0, 0]);
  });

  it('what opens nothing is refused', async () => {
    expect(await verifyLink('text', true, sourcesWith(), signal)).toEqual(
      fail({ code: 'link-unreadable' }),
    );
  });
});

describe('with a request', () => {
  it('the link is sent to its host and nothing else is, but for the same without its signature', async () => {
    const sources = sourcesWith();
    const link = someLink();
    expect(valueOf(await verifyLink(`<${link}>`, true, sources, signal))).toMatchObject({
      verdict: 'works',
      isOpen: false,
      answer: { status: 206, contentType: 'image/png', size: 7 },
    });
    expect(sources.probeLink.mock.calls.map(([url]) => url)).toEqual([link, URL_OF_A]);
  });

  it('a link that nobody needs is told so', async () => {
    const verified = await verifyLink(someLink(), true, sourcesWith(SERVED, SERVED), signal);
    expect(valueOf(verified)).toMatchObject({ verdict: 'works', isOpen: true });
  });

  it('cookies are sent nowhere', async () => {
    const sources = sourcesWith();
    const text = 'Cookie: CloudFront-Expires=1; CloudFront-Signature=a; CloudFront-Key-Pair-Id=b';
    await verifyLink(text, true, sources, signal);
    expect(sources.probeLink).not.toHaveBeenCalled();
  });

  it('the object is the one that the settings map, and looked at where S3 refuses', async () => {
    const denied = someAnswer({ code: 'AccessDenied', fromOrigin: true });
    const mapping = {
      bucket: 'films',
      prefix: '',
      protocol: 'https',
      domain: 'd111111abcdef8.cloudfront.net',
      originPath: '/media',
      keyPairId: undefined,
    } as const;
    const sources: VerifySources = {
      ...sourcesWith(denied),
      mappings: [mapping],
      describeObject: async ({ key }) => (key === 'media/a b/c.zip' ? 'missing' : undefined),
      account: async () => ({ distributions: [], publicKeys: undefined }),
    };
    expect(valueOf(await verifyLink(someLink(), true, sources, signal))).toMatchObject({
      verdict: 'fails',
      location: { bucket: 'films', key: 'media/a b/c.zip' },
      causes: [{ code: 'object-missing', certainty: 'certain' }],
    });
  });

  it('a key that the account has under the ID counts for more than the one that is kept here', async () => {
    const denied = someAnswer({ code: 'AccessDenied' });
    const [, other] = KEYS;
    const account = async () => ({
      distributions: [],
      publicKeys: [{ id: RSA.keyPairId, name: 'other', encodedKey: other?.publicKeyPem ?? '' }],
    });
    const sources = { ...sourcesWith(denied), account };
    expect(valueOf(await verifyLink(someLink(), true, sources, signal)).causes).toMatchObject([
      { code: 'wrong-key', certainty: 'certain' },
    ]);
  });

  it('is given up when told to', async () => {
    const abort = new AbortController();
    const sources: VerifySources = {
      ...sourcesWith(),
      probeLink: async () => {
        abort.abort();
        return SERVED;
      },
    };
    expect(await verifyLink(someLink(), true, sources, abort.signal)).toBe(cancelled);
  });

  it('tells nothing of the signature', async () => {
    const link = someLink();
    const told = JSON.stringify(await verifyLink(link, true, sourcesWith(), signal));
    expect(told).not.toContain((/Signature=([^&]*)/.exec(link)?.[1] ?? '').slice(0, 40));
  });
});
