import { describe, expect, it } from 'vitest';
import type { Grant } from '../../../../src/core/cloudfront/signObject.ts';
import { gatherIssued } from '../../../../src/core/ledger/gatherIssued.ts';
import { issuedLinkJson, type NewlyIssued } from '../../../../src/core/ledger/issuedLink.ts';
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

function issuedOf(links: readonly Link[]): readonly NewlyIssued[] {
  const gathering = gatherIssued(NOW);
  for (const link of links) gathering.add(link);
  return gathering.all();
}

function many(count: number, folder: string, grant: Partial<Grant> = {}): readonly Link[] {
  return Array.from({ length: count }, (_, index) => linkTo(`${folder}1${index}.log`, grant));
}

it('keeps of a link all but what opens it', () => {
  const issued = issuedOf([linkTo('a/b.mp4', { ipAddress: '192.0.2.0/24' })]);
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
  const text = issuedOf(links).map(issuedLinkJson).join('\n');
  expect(text).not.toMatch(/Signature|ab-~_|Policy|eyJ|Expires=/);
});

it('keeps nothing of a URL without a signature', () => {
  expect(issuedOf([unsignedLink('a'), linkTo('b')])).toMatchObject([{ location: { key: 'b' } }]);
});

describe('many', () => {
  it('are kept one by one up to a hundred', () => {
    const keys = issuedOf(many(100, 'logs/')).map(({ location }) => location.key);
    expect(keys).toEqual(many(100, 'logs/').map(({ location }) => location.key));
  });

  it('are one from then on: their folder and their number', () => {
    expect(issuedOf(many(101, 'logs/2026/', { query: { v: '1' } }))).toEqual([
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
    expect(issuedOf(links)).toMatchObject([
      { location: { key: '' }, url: 'https://films.example.com/', objects: 120 },
    ]);
  });

  it('are one for each domain', () => {
    const elsewhere = linkTo('x', {}, 'other.example.com');
    expect(issuedOf([...many(120, 'logs/'), elsewhere])).toMatchObject([
      { objects: 120 },
      { location: { key: 'x' }, url: 'https://other.example.com/x', objects: 1 },
    ]);
  });

  it('are one where one policy opens them, however few they are', () => {
    const grant = { resource: 'https://films.example.com/hls/*' };
    expect(issuedOf([...many(3, 'hls/', grant), linkTo('a')])).toMatchObject([
      { location: { key: 'a' }, objects: 1 },
      { location: { key: 'hls/' }, grant, objects: 3 },
    ]);
  });
});
