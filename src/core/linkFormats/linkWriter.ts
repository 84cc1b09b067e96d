import { ok, type Result } from '../outcome.ts';
import type { Link } from './link.ts';
import type { LinkFormat } from './linkFormat.ts';

/** Writes a text of links piece by piece, so that none has to be kept. */
export interface LinkWriter {
  /**
   * The piece that the next links come to.
   *
   * Errors: those of `LinkFormat.writeOne`.
   */
  write(links: readonly Link[]): Result<string>;
  /** The last piece. */
  end(): string;
}

/** Together the pieces are what {@link LinkFormat.write} makes of all the links at once. */
export function createLinkWriter(format: LinkFormat): LinkWriter {
  const { frame } = format;
  let next = frame.before;
  return {
    write(links) {
      const pieces: string[] = [];
      for (const link of links) {
        const text = format.writeOne(link);
        if (text.kind !== 'ok') return text;
        pieces.push(next, text.value);
        next = frame.between;
      }
      return ok(pieces.join(''));
    },
    end: () => (next === frame.between ? '' : frame.before) + frame.after,
  };
}
