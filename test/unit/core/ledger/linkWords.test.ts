import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  linkCountdown,
  linkDetails,
  linkPlace,
  linkLabel,
} from '../../../../src/core/ledger/linkWords.ts';
import { DAY, HOUR, NOW, someIssued, anyIssued } from './someIssued.ts';

describe('a row', () => {
  it.each([
    ['a/b c.mp4', 1, 'b c.mp4', 'films/a'],
    ['top.txt', 1, 'top.txt', 'films'],
    ['logs/2026/', 1200, '1,200 objects', 'films/logs/2026'],
    ['folder/', 1, 'folder', 'films'],
    ['', 200, '200 objects', 'films'],
    ['a/evil\u202egnp.exe', 1, 'evil‹U+202E›gnp.exe', 'films/a'],
  ])('of %j, %i times, is called %s in %s', (key, objects, label, folder) => {
    const link = someIssued({ location: { bucket: 'films', key }, objects });
    expect([linkLabel(link), linkPlace(link)]).toEqual([label, folder]);
  });

  it.each([
    ['', '*', 'films'],
    ['hls/', 'hls/*', 'films'],
    ['logs/2026-', '2026-*', 'films/logs'],
    ['/', '/*', 'films'],
  ])('of all that begins with %j is called %s in %s', (key, label, folder) => {
    const grant = { resource: `https://films.example.com/${key}*` };
    const link = someIssued({ location: { bucket: 'films', key }, grant });
    expect([linkLabel(link), linkPlace(link)]).toEqual([label, folder]);
  });

  it.each([
    [{ expiresAt: NOW + 3 * HOUR }, 'in 3 hours'],
    [{ expiresAt: NOW }, 'ended less than a minute ago'],
    [{ expiresAt: NOW - 2 * DAY }, 'ended 2 days ago'],
    [{ expiresAt: NOW + DAY, notBefore: NOW }, 'begins in less than a minute'],
    [{ expiresAt: NOW + DAY, notBefore: NOW - 1 }, 'in 1 day'],
  ])('with %j says %s', (grant, text) => {
    expect(linkCountdown(someIssued({ grant }), NOW).text).toBe(text);
  });
});

it('all that is kept of a link is told, in words', () => {
  const link = someIssued({
    grant: {
      notBefore: NOW,
      ipAddress: '192.0.2.0/24',
      resource: 'https://films.example.com/a/*',
      hashAlgorithm: 'SHA256',
      query: { versionId: 'x\ny' },
    },
  });
  const lines = linkDetails(link, NOW).split('\n');
  expect(lines).toEqual([
    's3://films/a/b c.mp4',
    'Domain: films.example.com',
    'Opens: https://films.example.com/a/*',
    expect.stringMatching(/^Issued: .*2026-11-25 11:00 UTC$/),
    expect.stringMatching(/^Not before: .*2026-11-25 12:00 UTC$/),
    expect.stringMatching(/^Ends: .*2026-11-26 11:00 UTC$/),
    'Only from: 192.0.2.0/24',
    'Query: versionId=x␊y',
    'Key pair ID: K2JCJMDEHXQW5F, SHA256',
  ]);
});

it('no key brings a line of its own into what is told', () => {
  fc.assert(
    fc.property(anyIssued, (link) => {
      const { notBefore, ipAddress, resource, query } = link.grant;
      const optional = [notBefore, ipAddress, resource, Object.keys(query)[0]];
      const lines = linkDetails(link, NOW).split(/\r\n|[\n\v\f\r\u0085\u2028\u2029]/);
      expect(lines.length).toBe(5 + optional.filter((part) => part !== undefined).length);
    }),
  );
});
