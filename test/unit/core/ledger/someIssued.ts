import * as fc from 'fast-check';
import type { Grant } from '../../../../src/core/cloudfront/signObject.ts';
import type { IssuedLink } from '../../../../src/core/ledger/issuedLink.ts';
import { anyCodeUnits, anyKey } from '../cloudfront/anyKey.ts';

/** 2026-11-25 12:00 UTC */
export const NOW = 1_795_608_000;

export const HOUR = 3600;
export const DAY = 24 * HOUR;

/** A link that was issued an hour ago and lives for a day. */
export function someIssued({
  grant,
  ...rest
}: Partial<Omit<IssuedLink, 'grant'>> & { readonly grant?: Partial<Grant> } = {}): IssuedLink {
  return {
    id: '1795604400000-0a1b2c3d.0',
    location: { bucket: 'films', key: 'a/b c.mp4' },
    url: 'https://films.example.com/a/b%20c.mp4',
    keyPairId: 'K2JCJMDEHXQW5F',
    issuedAt: NOW - HOUR,
    objects: 1,
    ...rest,
    grant: { expiresAt: NOW + 23 * HOUR, hashAlgorithm: 'SHA1', query: {}, ...grant },
  };
}

const moment = fc.integer({ min: 0, max: 2_147_483_647 });

/** Links that may have been issued, whatever their keys are. */
export const anyIssued: fc.Arbitrary<IssuedLink> = fc.record({
  id: fc.string(),
  location: fc.record({
    bucket: fc.constantFrom('films', 'a.b-c'),
    key: fc.oneof(anyKey, anyCodeUnits),
  }),
  url: fc.webUrl({ withQueryParameters: false }),
  keyPairId: fc.constantFrom('K2JCJMDEHXQW5F', 'APKAEIBAERJR2EXAMPLE'),
  issuedAt: moment,
  objects: fc.integer({ min: 1 }),
  grant: fc.record(
    {
      expiresAt: moment,
      notBefore: moment,
      ipAddress: fc.constantFrom('192.0.2.0/24', '127.0.0.1/32'),
      resource: fc.constantFrom('https://films.example.com/a/*'),
      hashAlgorithm: fc.constantFrom('SHA1' as const, 'SHA256' as const),
      query: fc.dictionary(fc.string(), fc.string()),
    },
    { requiredKeys: ['expiresAt', 'hashAlgorithm', 'query'] },
  ),
});
