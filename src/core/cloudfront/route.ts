import type { CacheBehavior, Distribution, Origin } from './account.ts';
import type { Endpoint } from './distribution.ts';

/** One way from viewers to an object: which distribution, by which behavior, from which origin. */
export interface Route {
  readonly distribution: Distribution;
  readonly behavior: CacheBehavior;
  readonly origin: Origin;
  readonly endpoint: Endpoint;
}
