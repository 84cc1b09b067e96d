import { describe, expect, it } from 'vitest';
import { endingSoon } from '../../../../src/core/ledger/endingSoon.ts';
import type { IssuedLink } from '../../../../src/core/ledger/issuedLink.ts';
import { DAY, HOUR, NOW, someIssued } from './someIssued.ts';

const PLACES = [
  { bucket: 'films', prefix: 'a/' },
  { bucket: 'other', prefix: '' },
];

/** A link that was issued two days ago. */
function ending(id: string, seconds: number, key = `a/${id}`): IssuedLink {
  return someIssued({
    id,
    location: { bucket: 'films', key },
    issuedAt: NOW - 2 * DAY,
    grant: { expiresAt: NOW + seconds },
  });
}

function told(links: readonly IssuedLink[], before = HOUR): readonly string[] {
  return endingSoon(links, PLACES, before, NOW).due.map(({ id }) => id);
}

it('links that end within the time are due, the soonest end first, and then the next one is', () => {
  const links = [
    ending('in an hour', HOUR),
    ending('later', HOUR + 1),
    ending('much later', DAY),
    ending('soon', 1),
  ];
  expect(told(links)).toEqual(['soon', 'in an hour']);
  expect(endingSoon(links, PLACES, HOUR, NOW).nextAt).toBe(NOW + 1);
  expect(endingSoon(links, PLACES, 2 * DAY, NOW).nextAt).toBeUndefined();
});

describe('nothing is told of a link', () => {
  it('that has ended', () => {
    expect(told([ending('ended', 0)])).toEqual([]);
  });

  it('elsewhere', () => {
    expect(told([ending('elsewhere', 1, 'b/c'), ending('above', 1, 'a')])).toEqual([]);
    expect(endingSoon([ending('x', DAY, 'b/c')], PLACES, HOUR, NOW).nextAt).toBeUndefined();
  });

  it('that was not to live longer than the time', () => {
    const brief = { ...ending('brief', HOUR), issuedAt: NOW };
    expect(told([brief])).toEqual([]);
    expect(told([brief], HOUR - 1)).toEqual([]);
    expect(told([{ ...brief, issuedAt: NOW - 1 }])).toEqual(['brief']);
  });

  it('whose object another one opens for longer', () => {
    expect(told([ending('old', 1, 'a/b'), ending('new', DAY, 'a/b')])).toEqual([]);
  });
});
