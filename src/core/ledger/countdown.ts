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

/**
 * How far a moment is away, in units that are coarse enough to stand still for a while: minutes up to
 * two hours, hours up to two days, then days. All are epoch seconds.
 */
export function countdown(epoch: number, now: number): Countdown {
  const distance = Math.abs(epoch - now);
  const unit = distance >= 2 * DAY ? DAY : distance >= 2 * HOUR ? HOUR : MINUTE;
  const units = Math.floor(distance / unit);
  const words = units === 0 ? 'less than a minute' : durationText(units * unit);
  return epoch > now
    ? { text: `in ${words}`, changesAt: units === 0 ? epoch : epoch - units * unit + 1 }
    : { text: `${words} ago`, changesAt: epoch + (units + 1) * unit };
}
