import { ok, type Result } from '../outcome.ts';
import type { Link } from './link.ts';

/** What stands around links in one text. */
interface Frame {
  readonly before: string;
  readonly between: string;
  readonly after: string;
}

/** What makes a format: how one link is written, and what stands around several. */
interface FormatParts {
  /** What settings and scripts call it. */
  readonly name: string;
  /** What people call it. */
  readonly label: string;
  /** What comes of it, in a few words. */
  readonly description: string;
  /**
   * Writes one link.
   *
   * Errors: `option-invalid` where the link lacks what the format says of it.
   */
  writeOne(link: Link): Result<string>;
  /** One link a line, where it is left out. */
  readonly frame?: Frame;
  /** What a file of it ends with, without the dot; `txt` where it is left out. */
  readonly fileEnding?: string;
}

/** A way to write links as one text. */
export interface LinkFormat extends FormatParts {
  readonly frame: Frame;
  readonly fileEnding: string;
  /**
   * Writes links, in their order.
   *
   * Errors: those of `writeOne`.
   */
  write(links: readonly Link[]): Result<string>;
}

const LINES: Frame = { before: '', between: '\n', after: '' };

export function linkFormat(parts: FormatParts): LinkFormat {
  const { frame = LINES, fileEnding = 'txt' } = parts;
  return {
    ...parts,
    frame,
    fileEnding,
    write(links) {
      const texts: string[] = [];
      for (const link of links) {
        const text = parts.writeOne(link);
        if (text.kind !== 'ok') return text;
        texts.push(text.value);
      }
      return ok(frame.before + texts.join(frame.between) + frame.after);
    },
  };
}
