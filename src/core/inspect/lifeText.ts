import { durationText, momentText } from '../expiry.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;

/** A length of time in its two greatest units, such as `3 days 4 hours`. */
function roughly(seconds: number): string {
  const unit = seconds >= DAY ? HOUR : seconds >= HOUR ? 60 : 1;
  return durationText(Math.floor(seconds / unit) * unit);
}

/** How far a moment is from another: `in 3 days 4 hours`, `5 minutes ago`. */
export function distanceText(epoch: number, now: number): string {
  const seconds = Math.abs(epoch - now);
  return epoch > now ? `in ${roughly(seconds)}` : `${roughly(seconds)} ago`;
}

/** A moment, local and UTC, with how far it is from now. All are epoch seconds. */
export function momentFrom(epoch: number, now: number): string {
  return `${momentText(epoch)} (${distanceText(epoch, now)})`;
}
