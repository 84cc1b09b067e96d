import { ok } from '../outcome.ts';
import { visibleText } from '../s3/visibleText.ts';
import { FILTERS, isFilter, type Filter } from './filters.ts';
import type { Link } from './link.ts';
import { linkFormat, type LinkFormat } from './linkFormat.ts';
import { isPlaceholder, PLACEHOLDERS, type Placeholder } from './placeholders.ts';

/** What a template is made of: text as it is, and what differs from link to link. */
type Piece =
  | string
  | {
      readonly placeholder: Placeholder;
      /** Undefined where the value stands as people read it, in one line. */
      readonly filter: Filter | undefined;
    };

/** A format of the user's own. */
export interface Template {
  readonly name: string;
  readonly pieces: readonly Piece[];
}

/** `$${` for the two characters themselves, or a placeholder to its brace, if it has one. */
const MARK = /\$\$\{|\$\{([^}]*)(\}?)/g;

/**
 * Reads a template: `${name}` and `${name|filter}` stand for what differs, `$${` for `${`.
 *
 * @returns the template, or what is wrong with it, to follow its name in a sentence
 */
export function parseTemplate(name: string, text: string): Template | string {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(MARK)) {
    pieces.push(text.slice(end, match.index));
    end = match.index + match[0].length;
    const piece = match[1] === undefined ? '${' : parsePlaceholder(match[1]);
    if (piece === undefined || match[2] === '') return complaint(match[0]);
    pieces.push(piece);
  }
  pieces.push(text.slice(end));
  return { name, pieces: pieces.filter((piece) => piece !== '') };
}

function parsePlaceholder(inner: string): Piece | undefined {
  const [placeholder = '', filter, ...others] = inner.split('|').map((part) => part.trim());
  if (!isPlaceholder(placeholder) || others.length > 0) return undefined;
  if (filter === undefined) return { placeholder, filter };
  return isFilter(filter) ? { placeholder, filter } : undefined;
}

function complaint(text: string): string {
  const shown = visibleText(text.length > 40 ? `${text.slice(0, 39)}…` : text);
  const placeholders = Object.keys(PLACEHOLDERS).join(', ');
  const filters = Object.keys(FILTERS).join(', ');
  return `has ${shown}, which is no placeholder: there are ${placeholders}, and after a | ${filters}`;
}

/** The format that a template is: what it comes to for each link, one a line. */
export function templateFormat({ name, pieces }: Template): LinkFormat {
  return linkFormat({
    name,
    label: name,
    description: 'A template of your own',
    writeOne: (link) => ok(filled(pieces, link)),
  });
}

function filled(pieces: readonly Piece[], link: Link): string {
  return pieces
    .map((piece) => {
      if (typeof piece === 'string') return piece;
      const value = PLACEHOLDERS[piece.placeholder](link);
      return piece.filter === undefined ? visibleText(value) : FILTERS[piece.filter](value);
    })
    .join('');
}
