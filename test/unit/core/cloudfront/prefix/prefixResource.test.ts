import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalUrl } from '../../../../../src/core/cloudfront/canonicalUrl.ts';
import type { Endpoint } from '../../../../../src/core/cloudfront/distribution.ts';
import { openPrefix } from '../../../../../src/core/cloudfront/prefix/prefixResource.ts';
import { covers } from '../../../../../src/core/inspect/resource.ts';
import { resourceCovers } from '../../../../../dev/edge/policyResource.ts';
import { valueOf } from '../../valueOf.ts';
import { anyKey, isReachable } from '../anyKey.ts';

const plain: Endpoint = { protocol: 'https', domain: 'd1.example', originPath: '' };
const deep: Endpoint = { ...plain, originPath: '/media/a' };

/** What opens a prefix at an endpoint, as its resource; else the code of the problem. */
function resourceOf(endpoint: Endpoint, prefix: string): string {
  const opened = openPrefix(endpoint, prefix);
  return opened.kind === 'ok' ? opened.value.resource : opened.problem.code;
}

/** Whether a resource covers a URL, to the inspector and to the edge: two that share no code. */
function coversAlike(resource: string, url: string): boolean {
  const { protocol, host, pathname, search } = new URL(url);
  const query = search === '' ? undefined : search.slice(1);
  const scheme = protocol === 'https:' ? 'https' : 'http';
  const atEdge = resourceCovers(resource, { protocol: scheme, host, path: pathname, query });
  expect(covers(resource, url)).toBe(atEdge);
  return atEdge;
}

describe('the resource of a prefix', () => {
  it.each([
    ['video/launch/', 'https://d1.example/video/launch/*'],
    ['', 'https://d1.example/*'],
    ['video/la', 'https://d1.example/video/la*'],
    ['a*b?/c d/', 'https://d1.example/a%2Ab%3F/c%20d/*'],
    ['発表/', 'https://d1.example/%E7%99%BA%E8%A1%A8/*'],
    ['/x/', 'https://d1.example//x/*'],
    ['a//', 'https://d1.example/a//*'],
  ])('%j is %s', (prefix, resource) => {
    expect(resourceOf(plain, prefix)).toBe(resource);
  });

  it.each([
    ['media/a/b/', 'https://d1.example/b/*', 'media/a/b/'],
    ['media/a/', 'https://d1.example/*', 'media/a/'],
    // All that the origin serves begins so.
    ['media/', 'https://d1.example/*', 'media/a/'],
    ['med', 'https://d1.example/*', 'media/a/'],
    ['', 'https://d1.example/*', 'media/a/'],
  ])('%j behind an origin path is %s, and opens %j', (prefix, resource, opens) => {
    expect(valueOf(openPrefix(deep, prefix))).toMatchObject({ resource, prefix: opens });
  });

  it.each(['media/b/', 'media/ab/', 'other/'])('is none for %j, which is beside it', (prefix) => {
    expect(resourceOf(deep, prefix)).toBe('key-outside-origin-path');
  });

  it.each(['../', 'a/./b/', 'a/../', 'a/.', 'a/..', '.', '\ud800'])(
    'is none for %j, which no URL can begin with',
    (prefix) => {
      expect(resourceOf(plain, prefix)).toBe('key-unreachable');
    },
  );

  it.each([plain, deep])('covers each key that begins so, and none else: %j', (endpoint) => {
    const served = endpoint.originPath === '' ? '' : `${endpoint.originPath.slice(1)}/`;
    let covered = 0;
    let spared = 0;
    fc.assert(
      fc.property(anyKey, anyKey, fc.boolean(), (prefix, other, isBelow) => {
        const opened = openPrefix(endpoint, `${served}${prefix}`);
        const key = isBelow ? `${prefix}${other}` : other;
        const url = canonicalUrl(endpoint, `${served}${key}`);
        if (opened.kind !== 'ok' || url.kind !== 'ok') return;
        const isCovered = coversAlike(opened.value.resource, url.value);
        expect(isCovered).toBe(key.startsWith(prefix));
        if (isCovered) covered++;
        else spared++;
        // A query is opened with it.
        expect(coversAlike(opened.value.resource, `${url.value}?a=b`)).toBe(isCovered);
        expect(coversAlike(opened.value.resource, url.value.replace('d1.', 'd2.'))).toBe(false);
      }),
      { numRuns: 2000 },
    );
    expect(covered).toBeGreaterThan(300);
    expect(spared).toBeGreaterThan(300);
  });

  it('is refused for none that a reachable key begins with and a slash ends', () => {
    fc.assert(
      fc.property(anyKey.filter(isReachable), (key) => {
        expect(openPrefix(plain, `${key}/`).kind).toBe('ok');
      }),
    );
  });
});
