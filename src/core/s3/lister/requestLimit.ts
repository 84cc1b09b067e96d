/** How many requests may be under way at a time. */
export interface RequestLimit {
  readonly now: number;
  /** To be kept by a request: what was sent before the limit fell says nothing of the new one. */
  readonly era: number;
  /** @param era that the request was sent in */
  succeed(era: number): void;
  throttle(era: number): void;
}

/**
 * A limit that a throttled request halves at once and a successful one raises by one: from one, so
 * that a small place or a busy server is not met by many at once, never above `most`, never below one.
 */
export function createRequestLimit(most: number): RequestLimit {
  let [now, era] = [1, 0];
  return {
    get now() {
      return now;
    },
    get era() {
      return era;
    },
    succeed(sentIn) {
      if (sentIn === era) now = Math.min(most, now + 1);
    },
    throttle(sentIn) {
      if (sentIn !== era) return;
      now = Math.max(1, now >> 1);
      era++;
    },
  };
}
