import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalUrl } from '../../../../src/core/cloudfront/canonicalUrl.ts';
import type { KnownFronts } from '../../../../src/core/cloudfront/objectAt.ts';
import { readObjectReference } from '../../../../src/core/references/objectReference.ts';
import { anyKey, isReachable } from '../cloudfront/anyKey.ts';
import { someBehavior, someDistribution, someOrigin } from '../cloudfront/someDistribution.ts';
import { someLink } from '../inspect/someLinks.ts';
import { valueOf } from '../valueOf.ts';

const NOBODY: KnownFronts = { mappings: [], distributions: [] };
const KNOWN: KnownFronts = {
  mappings: [
    {
      bucket: 'videos',
      prefix: 'video/',
      protocol: 'https',
      domain: 'cdn.example.com',
      originPath: '/video',
      keyPairId: undefined,
    },
  ],
  distributions: [
    someDistribution({
      aliases: ['films.example.com', 'cdn.example.com', 'web.example.com'],
      origins: [someOrigin(), someOrigin({ id: 'web', domainName: 'web.internal' })],
      behaviors: [someBehavior({ pathPattern: '/web/*', originId: 'web' }), someBehavior()],
    }),
  ],
};

/** Why a text names no object that can be signed. */
function reasonOf(text: string, known = KNOWN): unknown {
  const read = readObjectReference(text, known);
  if (read.kind === 'ok') return undefined;
  const { problem } = read;
  return problem.code === 'url-unsignable' ? problem.reason : problem.code;
}

describe('an S3 URI', () => {
  it('is an object by itself, its key taken literally', () => {
    for (const key of ['a', 'a b', 'a%20b', 'a?b#c', '/a', 'ü']) {
      expect(valueOf(readObjectReference(`s3://films/${key}`, NOBODY))).toEqual({
        location: { bucket: 'films', key },
        distribution: undefined,
        query: {},
        fragment: '',
      });
    }
  });

  it('is refused where it names no object', () => {
    expect(reasonOf('s3://films')).toBe('no-object');
    expect(reasonOf('s3://films/')).toBe('no-object');
    expect(reasonOf('s3://films/2026/')).toBe('no-object');
    expect(reasonOf('s3://-/a')).toBe('location-invalid');
  });
});

describe('a URL of S3', () => {
  const key = 'a b/c%.txt';
  const path = 'a%20b/c%25.txt';

  it.each([
    `https://films.s3.eu-west-1.amazonaws.com/${path}`,
    `http://films.s3.amazonaws.com/${path}`,
    `https://FILMS.s3-eu-west-1.amazonaws.com/${path}`,
    `https://s3.eu-west-1.amazonaws.com/films/${path}`,
    `https://s3.amazonaws.com/films/${path}`,
    `https://films.s3.dualstack.eu-west-1.amazonaws.com/${path}`,
    `https://films.s3.cn-north-1.amazonaws.com.cn/${path}`,
  ])('is the object of %s', (url) => {
    const { location, distribution, query } = valueOf(readObjectReference(url, NOBODY));
    expect({ location, distribution, query }).toEqual({
      location: { bucket: 'films', key },
      distribution: undefined,
      query: {},
    });
  });

  it('loses its own signature, and keeps what else is asked for', () => {
    const signed =
      'X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=a&X-Amz-Date=b&X-Amz-Expires=1&X-Amz-SignedHeaders=host&X-Amz-Signature=c&X-Amz-Checksum-Mode=ENABLED&x-id=GetObject';
    const url = `https://films.s3.eu-west-1.amazonaws.com/a?${signed}&versionId=d&response-content-type=text%2Fplain`;
    expect(valueOf(readObjectReference(url, NOBODY)).query).toEqual({
      versionId: 'd',
      'response-content-type': 'text/plain',
    });
  });

  it('is refused where it names no object', () => {
    expect(reasonOf('https://films.s3.eu-west-1.amazonaws.com/')).toBe('no-object');
    expect(reasonOf('https://s3.eu-west-1.amazonaws.com/films')).toBe('no-object');
    expect(reasonOf('https://s3.eu-west-1.amazonaws.com/')).toBe('domain-unknown');
  });
});

describe('a URL of a distribution', () => {
  it('goes back to the object, by the name that it has', () => {
    fc.assert(
      fc.property(
        anyKey.filter((key) => isReachable(key) && !key.endsWith('/') && !key.startsWith('web/')),
        fc.dictionary(fc.stringMatching(/^[a-z_]{1,9}$/), fc.string(), { maxKeys: 3 }),
        (key, query) => {
          const endpoint = {
            protocol: 'http',
            domain: 'films.example.com',
            originPath: '',
          } as const;
          const url = canonicalUrl(endpoint, key, query);
          fc.pre(url.kind === 'ok');
          expect(valueOf(readObjectReference(`${url.value}#page=2`, KNOWN))).toEqual({
            location: { bucket: 'films', key },
            distribution: { domain: 'films.example.com', protocol: 'http' },
            query,
            fragment: '#page=2',
          });
        },
      ),
    );
  });

  it('is that of the settings before that of the account', () => {
    expect(valueOf(readObjectReference('https://cdn.example.com/a', KNOWN)).location).toEqual({
      bucket: 'videos',
      key: 'video/a',
    });
  });

  it('loses a signature that it has', () => {
    const url = someLink({ resource: 'https://films.example.com/a?b=c' });
    const { location, query } = valueOf(readObjectReference(url, KNOWN));
    expect({ location, query }).toEqual({
      location: { bucket: 'films', key: 'a' },
      query: { b: 'c' },
    });
  });

  it('is refused where nobody can tell the object, and why', () => {
    expect(reasonOf('https://other.example/a')).toBe('domain-unknown');
    expect(reasonOf('https://films.example.com/a', NOBODY)).toBe('domain-unknown');
    expect(reasonOf('https://web.example.com/web/a')).toBe('no-bucket');
    expect(reasonOf('https://films.example.com/')).toBe('no-object');
    expect(reasonOf('https://films.example.com/a/')).toBe('no-object');
    expect(reasonOf('https://films.example.com/a?b=1&b=2')).toBe('query');
    expect(reasonOf('https://films.example.com/a?b=%ff')).toBe('query');
    expect(reasonOf('https://')).toBe('location-invalid');
    expect(reasonOf('films')).toBe('location-invalid');
  });

  it('is refused with nothing in the words that signs', () => {
    const read = readObjectReference(someLink({ resource: 'https://other.example/a' }), KNOWN);
    expect(JSON.stringify(read)).not.toMatch(/Signature|Expires/);
  });
});
