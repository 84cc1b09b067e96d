import * as fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  durationText,
  expiresAt,
  momentText,
  parseDuration,
  parseExpiry,
} from '../../../src/core/expiry.ts';
import { fail, ok } from '../../../src/core/outcome.ts';

beforeEach(() => void vi.stubEnv('TZ', 'Europe/Berlin'));
afterAll(() => void vi.unstubAllEnvs());

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

/** What expiries are made of, and what comes close. */
const PIECES = [
  '1',
  '9'.repeat(20),
  '.',
  ' ',
  ',',
  'd',
  'weeks',
  '-',
  '2026-12-24',
  'T',
  '18:00',
  'Z',
];

/** Epoch seconds of a moment in UTC. */
function at(iso: string): number {
  return Date.parse(iso) / 1000;
}

describe('a duration', () => {
  it.each([
    ['1s', 1],
    ['15m', 15 * MINUTE],
    ['12h', 12 * HOUR],
    ['7d', 7 * DAY],
    ['2w', 14 * DAY],
    ['1d12h', 36 * HOUR],
    ['1d 12h', 36 * HOUR],
    ['1 day, 12 hours', 36 * HOUR],
    ['12h1d', 36 * HOUR],
    ['1w2d3h4m5s', 9 * DAY + 3 * HOUR + 4 * MINUTE + 5],
    ['90 minutes', 90 * MINUTE],
    ['90  MINUTES', 90 * MINUTE],
    [' 1D ', DAY],
    ['1.5h', 90 * MINUTE],
    ['0.25d', 6 * HOUR],
    ['007m', 7 * MINUTE],
    ['0d1h', HOUR],
    ['1.4s', 1],
    ['0.5s', 1],
    ['1 sec', 1],
    ['2 secs', 2],
    ['1 second', 1],
    ['2 seconds', 2],
    ['1 min', MINUTE],
    ['2 mins', 2 * MINUTE],
    ['1 minute', MINUTE],
    ['1 hr', HOUR],
    ['2 hrs', 2 * HOUR],
    ['1 hour', HOUR],
    ['2 hours', 2 * HOUR],
    ['1 day', DAY],
    ['2 days', 2 * DAY],
    ['1 week', 7 * DAY],
    ['2 weeks', 14 * DAY],
  ])('%j is %i seconds', (text, seconds) => {
    expect(parseDuration(text)).toBe(seconds);
    expect(parseExpiry(text)).toEqual(ok({ kind: 'duration', seconds }));
  });

  it.each([
    '',
    ' ',
    '5',
    'd',
    'day',
    '0d',
    '0.4s',
    '-1d',
    '+1d',
    '1d-1h',
    '1.d',
    '.5d',
    '1,5h',
    '1e3s',
    '1x',
    '1 month',
    '1mo',
    '1y',
    '1d and 2h',
    'in 1d',
    '1d12',
    'P1D',
    'Infinity d',
    '99999999999999999w',
    `${'9'.repeat(400)}s`,
    '१d',
    // What every object has is no unit.
    '1constructor',
    '1tostring',
  ])('is not %j', (text) => {
    expect(parseDuration(text)).toBeUndefined();
    expect(parseExpiry(text)).toMatchObject({ problem: { code: 'expiry-invalid' } });
  });

  it('in words is read back to the same', () => {
    expect(durationText(36 * HOUR)).toBe('1 day 12 hours');
    const length = fc.oneof(fc.integer({ min: 1, max: 40 * DAY }), fc.maxSafeInteger());
    fc.assert(
      fc.property(
        length.filter((seconds) => seconds > 0),
        (seconds) => {
          expect(parseDuration(durationText(seconds))).toBe(seconds);
        },
      ),
    );
  });

  it.each([
    [1, '1 second'],
    [59, '59 seconds'],
    [60, '1 minute'],
    [61, '1 minute 1 second'],
    [2 * HOUR, '2 hours'],
    [DAY + 1, '1 day 1 second'],
    [30 * DAY, '30 days'],
    [0, '0 seconds'],
  ])('of %i seconds is %j in words', (seconds, text) => {
    expect(durationText(seconds)).toBe(text);
  });
});

describe('a moment', () => {
  it.each([
    ['2026-12-24T17:00:00Z', '2026-12-24T17:00:00Z'],
    ['2026-12-24T17:00Z', '2026-12-24T17:00:00Z'],
    ['2026-12-24 17:00 UTC', '2026-12-24T17:00:00Z'],
    ['2026-12-24t17:00:09z', '2026-12-24T17:00:09Z'],
    ['2026-12-24T17:00:00.999Z', '2026-12-24T17:00:00Z'],
    ['2026-12-24T18:00:00+01:00', '2026-12-24T17:00:00Z'],
    ['2026-12-24T18:00+0100', '2026-12-24T17:00:00Z'],
    ['2026-12-24 18:00 +01:00', '2026-12-24T17:00:00Z'],
    ['2026-12-24T11:30:00-05:30', '2026-12-24T17:00:00Z'],
    ['2026-12-25T02:00+09:00', '2026-12-24T17:00:00Z'],
    ['2026-12-24T17:00-00:00', '2026-12-24T17:00:00Z'],
    ['2027-01-01T00:30+23:59', '2026-12-31T00:31:00Z'],
    // No clock in UTC is changed.
    ['2026-03-29T02:30Z', '2026-03-29T02:30:00Z'],
    ['2028-02-29T00:00Z', '2028-02-29T00:00:00Z'],
    ['  2026-12-24T17:00Z\n', '2026-12-24T17:00:00Z'],
  ])('with an offset is the same everywhere: %j', (text, iso) => {
    for (const zone of ['Europe/Berlin', 'America/New_York', 'Pacific/Apia']) {
      vi.stubEnv('TZ', zone);
      expect(parseExpiry(text)).toEqual(ok({ kind: 'moment', epoch: at(iso) }));
    }
  });

  it.each([
    ['Europe/Berlin', '2026-12-24 18:00', '2026-12-24T17:00:00Z'],
    ['Europe/Berlin', '2026-06-24 18:00', '2026-06-24T16:00:00Z'],
    ['Europe/Berlin', '2026-12-24T18:00:30', '2026-12-24T17:00:30Z'],
    ['America/New_York', '2026-12-24 18:00', '2026-12-24T23:00:00Z'],
    ['Asia/Kolkata', '2026-12-24 18:00', '2026-12-24T12:30:00Z'],
    ['UTC', '2026-12-24 18:00', '2026-12-24T18:00:00Z'],
    // The hour that comes twice is meant for the first time.
    ['Europe/Berlin', '2026-10-25 02:30', '2026-10-25T00:30:00Z'],
  ])('without an offset is local: in %s %s', (zone, text, iso) => {
    vi.stubEnv('TZ', zone);
    expect(parseExpiry(text)).toEqual(ok({ kind: 'moment', epoch: at(iso) }));
  });

  it.each([
    ['Europe/Berlin', '2026-12-24', '2026-12-24T22:59:59Z'],
    ['Europe/Berlin', '2026-03-29', '2026-03-29T21:59:59Z'],
    ['Europe/Berlin', '2026-12-31', '2026-12-31T22:59:59Z'],
    ['Europe/Berlin', '2028-02-29', '2028-02-29T22:59:59Z'],
    ['America/New_York', '2026-12-24', '2026-12-25T04:59:59Z'],
    // The clocks go back at midnight, so that the last hour of the day comes twice …
    ['America/Santiago', '2024-04-06', '2024-04-07T03:59:59Z'],
    ['Asia/Beirut', '2024-10-26', '2024-10-26T21:59:59Z'],
    // … and forward, so that the next day begins at one.
    ['America/Santiago', '2024-09-07', '2024-09-08T03:59:59Z'],
    // The next day is left out.
    ['Pacific/Apia', '2011-12-29', '2011-12-30T09:59:59Z'],
  ])('without a time is the end of the day: in %s %s', (zone, text, iso) => {
    vi.stubEnv('TZ', zone);
    expect(parseExpiry(text)).toEqual(ok({ kind: 'moment', epoch: at(iso) }));
  });

  it.each([
    ['Europe/Berlin', '2026-03-29 02:00'],
    ['Europe/Berlin', '2026-03-29 02:59:59'],
    ['America/New_York', '2026-03-08 02:30'],
    ['America/Santiago', '2024-09-08 00:30'],
    ['Pacific/Apia', '2011-12-30'],
  ])('that a change of the clocks leaves out is none: in %s %s', (zone, text) => {
    vi.stubEnv('TZ', zone);
    expect(parseExpiry(text)).toEqual(fail({ code: 'expiry-invalid', text }));
    vi.stubEnv('TZ', 'UTC');
    expect(parseExpiry(text).kind).toBe('ok');
  });

  it.each([
    '2026-02-29',
    '2026-02-30',
    '2026-04-31',
    '2026-13-01',
    '2026-00-10',
    '2026-01-00',
    '2026-01-32',
    '2026-12-24 24:00',
    '2026-12-24 25:00',
    '2026-12-24 18:60',
    '2026-12-24 18:00:60',
    '2026-02-30T00:00Z',
    '2026-12-24T24:00Z',
    '2026-12-24T18:00+24:00',
    '2026-12-24T18:00+01:60',
    '0000-00-00',
    '2026-12-24 18',
    '2026-12-24T',
    '2026-12-24Z',
    '2026-12',
    '26-12-24',
    '24.12.2026',
    '12/24/2026',
    '2026-1-1',
    '+2026-12-24',
    '2026-12-24 18:00 CET',
    '2026-12-24 18:00 PM',
    '2026-12-24 18:00 18:00',
    '1798131600',
    'tomorrow',
    'Thu, 24 Dec 2026 18:00:00 GMT',
  ])('is not %j', (text) => {
    expect(parseExpiry(text)).toEqual(fail({ code: 'expiry-invalid', text }));
  });

  it('is read back from how Date writes it', () => {
    const seconds = fc.integer({
      min: at('1000-01-01T00:00:00Z'),
      max: at('9999-12-31T23:59:59Z'),
    });
    fc.assert(
      fc.property(seconds, (epoch) => {
        expect(parseExpiry(new Date(epoch * 1000).toISOString())).toEqual(
          ok({ kind: 'moment', epoch }),
        );
      }),
    );
  });
});

describe('any text', () => {
  it('is an expiry in whole seconds, or none', () => {
    const nearly = fc.string({ unit: fc.constantFrom(...PIECES), maxLength: 8 });
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string(), nearly), (text) => {
        const expiry = parseExpiry(text);
        if (expiry.kind !== 'ok') return;
        const { value } = expiry;
        const seconds = value.kind === 'duration' ? value.seconds : value.epoch;
        expect(seconds).toSatisfy(Number.isSafeInteger);
      }),
      { numRuns: 3000 },
    );
  });

  it('that is long is not repeated in full', () => {
    expect(parseExpiry(`  ${'a'.repeat(1000)}`)).toEqual(
      fail({ code: 'expiry-invalid', text: 'a'.repeat(60) }),
    );
  });

  it('is judged at once, however long', () => {
    const started = performance.now();
    for (const hostile of ['1'.repeat(50_000), '1d'.repeat(25_000), '1 d, '.repeat(10_000)]) {
      expect(parseExpiry(`${hostile}!`).kind).toBe('problem');
    }
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

describe('the end of a link', () => {
  const now = at('2026-12-24T17:00:00Z');
  const last = 2_147_483_647;

  it.each([
    [{ kind: 'duration', seconds: 1 }, now + 1],
    [{ kind: 'duration', seconds: DAY }, now + DAY],
    [{ kind: 'moment', epoch: now + 1 }, now + 1],
    [{ kind: 'moment', epoch: last }, last],
    [{ kind: 'duration', seconds: last - now }, last],
  ] as const)('of %j is %i', (expiry, end) => {
    expect(expiresAt(expiry, now, undefined)).toEqual(ok(end));
  });

  it('is a whole second, also of a clock that is between two', () => {
    expect(expiresAt({ kind: 'duration', seconds: 60 }, now + 0.9, undefined)).toEqual(
      ok(now + 60),
    );
  });

  it.each([
    [now, '2026-12-24 17:00 UTC'],
    [now - 1, '2026-12-24 16:59 UTC'],
    [0, '1970-01-01 00:00 UTC'],
  ])('is not in the past: %i', (epoch, text) => {
    expect(expiresAt({ kind: 'moment', epoch }, now, undefined)).toEqual(
      fail({ code: 'expiry-past', text }),
    );
  });

  it.each([
    { kind: 'moment', epoch: last + 1 },
    { kind: 'duration', seconds: last - now + 1 },
    { kind: 'duration', seconds: Number.MAX_SAFE_INTEGER },
  ] as const)('is not after 2038-01-19 03:14:07 UTC: %j', (expiry) => {
    expect(expiresAt(expiry, now, undefined)).toEqual(fail({ code: 'expiry-too-far' }));
  });

  it('is at most as far away as the maximum says', () => {
    const maximum = 30 * DAY;
    const over = fail({ code: 'expiry-over-maximum', maximum: '30 days' });
    const end = now + maximum;
    expect(expiresAt({ kind: 'duration', seconds: maximum }, now, maximum)).toEqual(ok(end));
    expect(expiresAt({ kind: 'moment', epoch: end }, now, maximum)).toEqual(ok(end));
    expect(expiresAt({ kind: 'duration', seconds: maximum + 1 }, now, maximum)).toEqual(over);
    expect(expiresAt({ kind: 'moment', epoch: end + 1 }, now, maximum)).toEqual(over);
    expect(expiresAt({ kind: 'moment', epoch: last + 1 }, now, maximum)).toEqual(over);
  });

  it('is told in local time and UTC', () => {
    // What stands between the parts is the locale's, and changes with it.
    expect(momentText(now)).toMatch(
      /^Thu,? 24 Dec 2026\W+(?:at )?18:00 CET · 2026-12-24 17:00 UTC$/,
    );
    expect(momentText(at('2026-06-24T22:30:59Z'))).toMatch(
      /^Thu,? 25 Jun 2026\W+(?:at )?00:30 (?:CEST|GMT\+2) · 2026-06-24 22:30 UTC$/,
    );
  });

  it('is told once where local time is UTC', () => {
    for (const zone of ['UTC', 'Etc/UTC']) {
      vi.stubEnv('TZ', zone);
      expect(momentText(now)).toBe('2026-12-24 17:00 UTC');
    }
  });
});
