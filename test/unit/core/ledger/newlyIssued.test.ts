import { describe, expect, it } from 'vitest';
import type { Grant } from '../../../../src/core/cloudfront/signObject.ts';
import { issuedLinkJson } from '../../../../src/core/ledger/issuedLink.ts';
import { newlyIssued } from '../../../../src/core/ledger/newlyIssued.ts';
import type { Link } from '../../../../src/core/linkFormats/link.ts';
import { unsignedLink } from '../linkFormats/someLink.ts';
import { NOW } from './someIssued.ts';

const END = NOW + 3600;

function linkTo(key: string, grant: Partial<Grant> = {}, domain = 'films.example.com'): Link {
  const { resource } = grant;
  const signing = resource === undefined ? `Expires=${END}` : 'Policy=eyJTdGF0ZW1lbnQi';
  return {
    location: { bucket: 'films', key },
    url: `https://${domain}/${key}?${signing}&Signature=ab-~_&Key-Pair-Id=K2JCJMDEHXQW5F`,
    signed: {
      keyPairId: 'K2JCJMDEHXQW5F',
      grant: { expiresAt: END, hashAlgorithm: 'SHA1', query: {}, ...grant },
    },
  };
}

function many(count: number, folder: string, grant: Partial<Grant> = {}): readonly Link[] {
  return Array.from({ length: count }, (_, index) => linkTo(`${folder}1${index}.log`, grant));
}

it('keeps of a link all but what opens it', () => {
  const issued = newlyIssued([linkTo('a/b.mp4', { ipAddress: '192.0.2.0/24' })], NOW);
  expect(issued).toEqual([
    {
      location: { bucket: 'films', key: 'a/b.mp4' },
      url: 'https://films.example.com/a/b.mp4',
      keyPairId: 'K2JCJMDEHXQW5F',
      grant: { expiresAt: END, ipAddress: '192.0.2.0/24', hashAlgorithm: 'SHA1', query: {} },
      issuedAt: NOW,
      objects: 1,
    },
  ]);
});

it.each([
  ['one', [linkTo('a')]],
  ['one by a policy', [linkTo('a', { resource: 'https://films.example.com/*' })]],
  ['many', many(200, 'logs/')],
])('writes no signature and no policy of %s', (_what, links) => {
  const text = newlyIssued(links, NOW).map(issuedLinkJson).join('\n');
  expect(text).not.toMatch(/Signature|ab-~_|Policy|eyJ|Expires=/);
});

it('keeps nothing of a URL without a signature', () => {
  expect(newlyIssued([unsignedLink('a'), linkTo('b')], NOW)).toMatchObject([
    { location: { key: 'b' } },
  ]);
});

describe('many', () => {
  it('are kept one by one up to a hundred', () => {
    const keys = newlyIssued(many(100, 'logs/'), NOW).map(({ location }) => location.key);
    expect(keys).toEqual(many(100, 'logs/').map(({ location }) => location.key));
  });

  it('are one from then on: their folder and their number', () => {
    expect(newlyIssued(many(101, 'logs/2026/', { query: { v: '1' } }), NOW)).toEqual([
      {
        location: { bucket: 'films', key: 'logs/2026/' },
        url: 'https://films.example.com/logs/2026/',
        keyPairId: 'K2JCJMDEHXQW5F',
        grant: { expiresAt: END, hashAlgorithm: 'SHA1', query: {} },
        issuedAt: NOW,
        objects: 101,
      },
    ]);
  });

  it('have the bucket in common where they have no folder', () => {
    const links = [...many(60, 'logs/'), ...many(60, 'films/')];
    expect(newlyIssued(links, NOW)).toMatchObject([
      { location: { key: '' }, url: 'https://films.example.com/', objects: 120 },
    ]);
  });

  it('are one for each domain', () => {
    const elsewhere = linkTo('x', {}, 'other.example.com');
    expect(newlyIssued([...many(120, 'logs/'), elsewhere], NOW)).toMatchObject([
      { objects: 120 },
      { location: { key: 'x' }, url: 'https://other.example.com/x', objects: 1 },
    ]);
  });

  it('are one where one policy opens them, however few they are', () => {
    const grant = { resource: 'https://films.example.com/hls/*' };
    expect(newlyIssued([...many(3, 'hls/', grant), linkTo('a')], NOW)).toMatchObject([
      { location: { key: 'a' }, objects: 1 },
      { location: { key: 'hls/' }, grant, objects: 3 },
    ]);
  });
});
