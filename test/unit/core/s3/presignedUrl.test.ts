import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  presignedEnd,
  presignedReason,
  type SigningCredentials,
} from '../../../../src/core/s3/presignedUrl.ts';

const NOW = 1_800_000_000;
const HOUR = 3600;
const DAY = 24 * HOUR;

describe('presignedEnd', () => {
  it.each([
    ['what is asked', NOW + HOUR, undefined, NOW + HOUR, 'asked'],
    ['what is asked, of credentials that last longer', NOW + HOUR, NOW + DAY, NOW + HOUR, 'asked'],
    ['the end of the credentials', NOW + DAY, NOW + HOUR, NOW + HOUR, 'credentials'],
    ['seven days', NOW + 30 * DAY, undefined, NOW + 7 * DAY, 'maximum'],
    ['seven days to the second', NOW + 7 * DAY, undefined, NOW + 7 * DAY, 'asked'],
    ['credentials within seven days', NOW + 30 * DAY, NOW + DAY, NOW + DAY, 'credentials'],
    ['seven days of long credentials', NOW + 30 * DAY, NOW + 20 * DAY, NOW + 7 * DAY, 'maximum'],
  ] as const)('is %s', (_what, asked, credentials, end, bound) => {
    expect(presignedEnd(asked, NOW, credentials)).toEqual({ end, bound });
  });

  it('is the least of the three', () => {
    const moment = fc.integer({ min: NOW + 1, max: NOW + 40 * DAY });
    fc.assert(
      fc.property(moment, fc.option(moment, { nil: undefined }), (asked, credentials) => {
        const limits = [asked, NOW + 7 * DAY, credentials ?? Number.POSITIVE_INFINITY];
        expect(presignedEnd(asked, NOW, credentials).end).toBe(Math.min(...limits));
      }),
    );
  });
});

describe('presignedReason', () => {
  const sso: SigningCredentials = {
    profile: 'work',
    kind: 'SSO',
    temporary: true,
    end: NOW + HOUR,
  };
  const keys: SigningCredentials = {
    profile: 'keys',
    kind: 'keys',
    temporary: false,
    end: undefined,
  };

  it('names the credentials that a URL dies with', () => {
    const end = { end: NOW + HOUR, bound: 'credentials' } as const;
    expect(presignedReason(end, sso)).toBe('It dies with the SSO session of profile “work”.');
    expect(presignedReason(end, { ...sso, profile: undefined, kind: 'role' })).toBe(
      'It dies with the role session of the default credential chain.',
    );
  });

  it('names S3’s limit', () => {
    const end = { end: NOW + 7 * DAY, bound: 'maximum' } as const;
    expect(presignedReason(end, keys)).toBe('S3 allows seven days at most.');
  });

  it('promises nothing of credentials that do not tell their end', () => {
    const untold = { ...sso, kind: 'keys', end: undefined } as const;
    expect(presignedReason({ end: NOW + HOUR, bound: 'asked' }, untold)).toBe(
      'It dies sooner with the temporary keys of profile “work”, whose end is not told.',
    );
  });

  it('says when nothing comes in between', () => {
    expect(presignedReason({ end: NOW + HOUR, bound: 'asked' }, keys)).toBe('It ends as asked.');
  });
});
