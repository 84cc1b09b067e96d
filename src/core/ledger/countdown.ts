import { durationText } from '../expiry.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How far a moment is away, for who looks at it for a while. */
export interface Countdown {
  /** `in 3 days`, `in 1 hour 30 minutes`, `5 minutes ago`. */
  readonly text: string;
  /** When that is no longer the text, in epoch seconds. */
  readonly changesAt: number;
}

/** A unit that distances are told in from some length on, up or down to the nearest with a half of it. */
interface Scale {
  readonly unit: number;
  readonly from: number;
  readonly half: number;
}

const DAYS: Scale = { unit: DAY, from: 2 * DAY - HOUR / 2, half: DAY / 2 };
const HOURS: Scale = { unit: HOUR, from: 2 * HOUR, half: HOUR / 2 };
const MINUTES: Scale = { unit: MINUTE, from: 0, half: 0 };

/**
 * How far a moment is away, in units that are coarse enough to stand still for a while: whole minutes
 * up to two hours, hours to the nearest up to two days, then days. All are epoch seconds.
 */
export function countdown(epoch: number, now: number): Countdown {
  const distance = Math.abs(epoch - now);
  const { unit, from, half } = [DAYS, HOURS].find((scale) => distance >= scale.from) ?? MINUTES;
  const units = Math.floor((distance + half) / unit);
  const words = units === 0 ? 'less than a minute' : durationText(units * unit);
  if (epoch <= now) return { text: `${words} ago`, changesAt: epoch + (units + 1) * unit - half };
  const least = Math.max(from, units * unit - half);
  return { text: `in ${words}`, changesAt: units === 0 ? epoch : epoch - least + 1 };
}
