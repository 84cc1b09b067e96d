import { escapeMarkdown } from '../markdown.ts';
import { json } from '../notation/json.ts';
import { csvCell } from './csvTable.ts';
import { escapeHtml } from './htmlLink.ts';
import { shWord } from './posixShell.ts';
import { powerShellWord } from './powerShell.ts';
import { escapeRst } from './restructuredText.ts';

/** How a value is written so that it cannot break out of what it stands in, quotes included. */
export const FILTERS = {
  html: escapeHtml,
  markdown: escapeMarkdown,
  rst: escapeRst,
  sh: shWord,
  powershell: powerShellWord,
  json: (text: string) => json(text, 0),
  csv: csvCell,
  /** As a part of another URL, such as the value of a parameter. */
  uri: (text: string) => encodeURIComponent(text.toWellFormed()),
} as const;

/** What a template can have a value written with. */
export type Filter = keyof typeof FILTERS;

export function isFilter(name: string): name is Filter {
  return Object.hasOwn(FILTERS, name);
}
