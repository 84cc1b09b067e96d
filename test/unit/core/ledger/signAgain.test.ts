import { expect, it } from 'vitest';
import { optionsOfRenewal, optionsToSameEnd } from '../../../../src/core/ledger/signAgain.ts';
import { DAY, HOUR, NOW, someIssued } from './someIssued.ts';

const link = someIssued({
  grant: {
    notBefore: NOW,
    ipAddress: '192.0.2.0/24',
    hashAlgorithm: 'SHA256',
    query: { download: '1' },
  },
});

it('to the same end, a link is signed with all that it was signed with', () => {
  expect(optionsToSameEnd(link)).toEqual({
    expiry: { kind: 'moment', epoch: NOW + 23 * HOUR },
    notBefore: { kind: 'moment', epoch: NOW },
    ipAddress: '192.0.2.0/24',
    hashAlgorithm: 'SHA256',
    distribution: { domain: 'films.example.com', protocol: 'https', originPath: '' },
    keyPairId: 'K2JCJMDEHXQW5F',
    query: { download: '1' },
  });
});

it('a renewed link begins and ends as long after now as the first after it was issued', () => {
  const later = NOW + 2 * DAY;
  expect(optionsOfRenewal(link, later)).toEqual({
    ...optionsToSameEnd(link),
    expiry: { kind: 'moment', epoch: later + DAY },
    notBefore: { kind: 'moment', epoch: later + HOUR },
  });
});

it.each([
  ['media/a/b c.mp4', 'https://films.example.com/a/b%20c.mp4', '/media'],
  ['a/a', 'https://films.example.com/a', '/a'],
  ['/a', 'https://films.example.com//a', ''],
  ['50% off', 'https://films.example.com/50%25%20off', ''],
  // What belongs to nothing that this extension makes.
  ['a', 'https://films.example.com/b', ''],
])('of %s at %s the origin path is %j', (key, url, originPath) => {
  const { distribution } = optionsToSameEnd(
    someIssued({ location: { bucket: 'films', key }, url }),
  );
  expect(distribution).toMatchObject({ originPath });
});

it('a stand-in for CloudFront is reached as it was', () => {
  const { distribution } = optionsToSameEnd(
    someIssued({ url: 'http://127.0.0.1:8080/a/b%20c.mp4' }),
  );
  expect(distribution).toEqual({ domain: '127.0.0.1:8080', protocol: 'http', originPath: '' });
});
