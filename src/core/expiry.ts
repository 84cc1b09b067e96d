import { fail, ok, type Result } from './outcome.ts';

/** When a link ends, as it was asked for: a length from now on, or a moment. */
export type Expiry =
  | { readonly kind: 'duration'; readonly seconds: number }
  /** In epoch seconds. */
  | { readonly kind: 'moment'; readonly epoch: number };

/**
 * The last moment that CloudFront's 32-bit `Expires` can hold, in epoch seconds.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-creating-signed-url-canned-policy.html
 */
const LAST_MOMENT = 2_147_483_647;

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;

const UNIT_SECONDS: ReadonlyMap<string, number> = new Map([
  ...['s', 'sec', 'secs', 'second', 'seconds'].map((unit) => [unit, 1] as const),
  ...['m', 'min', 'mins', 'minute', 'minutes'].map((unit) => [unit, MINUTE] as const),
  ...['h', 'hr', 'hrs', 'hour', 'hours'].map((unit) => [unit, HOUR] as const),
  ...['d', 'day', 'days'].map((unit) => [unit, DAY] as const),
  ...['w', 'week', 'weeks'].map((unit) => [unit, WEEK] as const),
]);

/**
 * Reads a duration (`15m`, `12h`, `1d12h`, `90 minutes`) in seconds. Undefined where it is none, or
 * of no length.
 */
export function parseDuration(text: string): number | undefined {
  const compact = text.trim().toLowerCase();
  if (!/^(?:\d+(?:\.\d+)?\s*[a-z]+[\s,]*)+$/.test(compact)) return undefined;
  let seconds = 0;
  for (const [, amount = '', unit = ''] of compact.matchAll(/(\d+(?:\.\d+)?)\s*([a-z]+)/g)) {
    const size = UNIT_SECONDS.get(unit);
    if (size === undefined) return undefined;
    seconds += Number(amount) * size;
  }
  const whole = Math.round(seconds);
  return whole > 0 && Number.isSafeInteger(whole) ? whole : undefined;
}

/**
 * `2026-12-24`, `2026-12-24 18:00`, `2026-12-24T18:00:00.000Z`, `…+01:00`: the profile of ISO 8601
 * in RFC 3339 section 5.6, with the time, its seconds and the offset left out where one likes.
 */
const MOMENT =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?)?$/i;

/**
 * Reads a moment, in epoch seconds. Without an offset it is local time, and a day without a time is
 * the end of that day, since a link "until the 24th" should still work on the 24th. Undefined where
 * it is none, or a date or local time that the calendar or a change of the clocks leaves out.
 */
function parseMoment(text: string): number | undefined {
  const match = MOMENT.exec(text.trim());
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, offset] = match;
  const wanted = [
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour ?? 23),
    Number(minute ?? 59),
    Number(second ?? (hour === undefined ? 59 : 0)),
  ] as const;
  const local = offset === undefined;
  const instant = local ? new Date(...wanted) : new Date(Date.UTC(...wanted));
  const date = hour === undefined ? endOfDay(instant) : instant;
  const got = local
    ? [
        date.getFullYear(),
        date.getMonth(),
        date.getDate(),
        date.getHours(),
        date.getMinutes(),
        date.getSeconds(),
      ]
    : [
        date.getUTCFullYear(),
        date.getUTCMonth(),
        date.getUTCDate(),
        date.getUTCHours(),
        date.getUTCMinutes(),
        date.getUTCSeconds(),
      ];
  if (wanted.some((part, index) => part !== got[index])) return undefined;
  const ahead = offset === undefined ? 0 : offsetSeconds(offset);
  return ahead === undefined ? undefined : date.getTime() / 1000 - ahead;
}

/** The last second of a local day: of two that read 23:59:59 where the clocks go back at midnight. */
function endOfDay(date: Date): Date {
  const midnight = new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1);
  return new Date(midnight.getTime() - 1000);
}

function offsetSeconds(offset: string): number | undefined {
  const match = /^([+-])(\d{2}):?(\d{2})$/.exec(offset);
  if (match === null) return 0;
  const [, sign, hours, minutes] = match;
  if (Number(hours) > 23 || Number(minutes) > 59) return undefined;
  return (sign === '-' ? -1 : 1) * (Number(hours) * HOUR + Number(minutes) * MINUTE);
}

/** Reads what a person types for an expiry. Errors: `expiry-invalid`. */
export function parseExpiry(text: string): Result<Expiry> {
  const seconds = parseDuration(text);
  if (seconds !== undefined) return ok({ kind: 'duration', seconds });
  const epoch = parseMoment(text);
  if (epoch !== undefined) return ok({ kind: 'moment', epoch });
  return fail({ code: 'expiry-invalid', text: text.trim().slice(0, 60) });
}

/**
 * The epoch second at which a link ends.
 *
 * @param now in epoch seconds
 * @param maximum the longest life allowed, in seconds
 *
 * Errors: `expiry-past`, `expiry-too-far`, `expiry-over-maximum`.
 */
export function expiresAt(
  expiry: Expiry,
  now: number,
  maximum: number | undefined,
): Result<number> {
  const end = Math.floor(expiry.kind === 'duration' ? now + expiry.seconds : expiry.epoch);
  if (end <= now) return fail({ code: 'expiry-past', text: utcText(end) });
  if (maximum !== undefined && end - now > maximum) {
    return fail({ code: 'expiry-over-maximum', maximum: durationText(maximum) });
  }
  if (end > LAST_MOMENT) return fail({ code: 'expiry-too-far' });
  return ok(end);
}

/** A duration in words, such as `1 day 12 hours`. */
export function durationText(seconds: number): string {
  const parts: string[] = [];
  let rest = Math.max(0, Math.round(seconds));
  for (const [name, size] of [
    ['day', DAY],
    ['hour', HOUR],
    ['minute', MINUTE],
    ['second', 1],
  ] as const) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count} ${name}${count === 1 ? '' : 's'}`);
  }
  return parts.join(' ') || '0 seconds';
}

/** A duration as people type it and {@link parseDuration} reads it: `1d12h`. */
export function shortDuration(seconds: number): string {
  return durationText(seconds).replaceAll(/ ([dhms])[a-z]*\s?/g, '$1');
}

/** A moment in UTC to the minute, such as `2026-12-24 17:00 UTC`. */
function utcText(epoch: number): string {
  // A moment that no Date can hold is told by its number.
  if (Math.abs(epoch) > 8.64e12) return `${epoch}`;
  return `${new Date(epoch * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

const LOCAL: Intl.DateTimeFormatOptions = {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZoneName: 'short',
};

/**
 * A moment in UTC as RFC 3339 writes it: `2026-12-24T17:00:00Z`.
 *
 * @param epoch in seconds
 */
export function isoText(epoch: number): string {
  return new Date(epoch * 1000).toISOString().replace(/\.\d+Z$/, 'Z');
}

/**
 * A moment as people here read it: `Thu, 24 Dec 2026, 18:00 CET`.
 *
 * @param epoch in seconds
 */
export function localText(epoch: number): string {
  return new Date(epoch * 1000).toLocaleString('en-GB', LOCAL);
}

/**
 * A moment as people read it, local and UTC: `Thu, 24 Dec 2026, 18:00 CET · 2026-12-24 17:00 UTC`.
 * In UTC alone where that is the local time.
 *
 * @param epoch in seconds
 */
export function momentText(epoch: number): string {
  const local = localText(epoch);
  const utc = utcText(epoch);
  return local.endsWith(' UTC') ? utc : `${local} · ${utc}`;
}
