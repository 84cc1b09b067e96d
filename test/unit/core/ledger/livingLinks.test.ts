import { describe, expect, it } from 'vitest';
import type { IssuedLink } from '../../../../src/core/ledger/issuedLink.ts';
import { inLedgerOrder, isKept, lastLiving } from '../../../../src/core/ledger/livingLinks.ts';
import { DAY, HOUR, NOW, someIssued } from './someIssued.ts';

function ending(id: string, seconds: number, key = 'a'): IssuedLink {
  return someIssued({
    id,
    location: { bucket: 'films', key },
    grant: { expiresAt: NOW + seconds },
  });
}

it('the link that ends next comes first, and what has ended last, the latest before the others', () => {
  const links = [
    ending('past', -3 * DAY),
    ending('later', DAY),
    ending('just past', 0),
    ending('next', 1),
  ];
  const ids = inLedgerOrder(links, NOW).map(({ id }) => id);
  expect(ids).toEqual(['next', 'later', 'just past', 'past']);
});

it('of links that end alike the one that was issued last comes first', () => {
  const links = [someIssued({ id: 'old', issuedAt: 1 }), someIssued({ id: 'new', issuedAt: 2 })];
  expect(inLedgerOrder(links, NOW).map(({ id }) => id)).toEqual(['new', 'old']);
});

describe('a link is kept', () => {
  it.each([
    [7, -7 * DAY + 1, true],
    [7, -7 * DAY, false],
    [0, 1, true],
    [0, 0, false],
  ])('for %i days from an end %i seconds away: %s', (keepDays, seconds, kept) => {
    expect(isKept(ending('1', seconds), keepDays, NOW)).toBe(kept);
  });
});

it('of each object the living link that ends last is known', () => {
  const links = [
    ending('soon', HOUR),
    ending('last', DAY),
    ending('middle', 2 * HOUR),
    ending('ended', -1, 'b'),
    ending('of many', HOUR, 'c/'),
  ];
  const known = [...lastLiving(links, NOW)].map(([uri, { id }]) => [uri, id]);
  expect(known).toEqual([
    ['s3://films/a', 'last'],
    ['s3://films/c/', 'of many'],
  ]);
});
