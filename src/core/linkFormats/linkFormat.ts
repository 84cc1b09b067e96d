import type { Result } from '../outcome.ts';
import type { Link } from './link.ts';

/** A way to write links as one text. */
export interface LinkFormat {
  /** What settings and scripts call it. */
  readonly name: string;
  /** What people call it. */
  readonly label: string;
  /** What comes of it, in a few words. */
  readonly description: string;
  /**
   * Writes links, in their order.
   *
   * Errors: `option-invalid` where a link lacks what the format says of it.
   */
  write(links: readonly Link[]): Result<string>;
}
