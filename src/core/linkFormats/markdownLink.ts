import { escapeMarkdown } from '../markdown.ts';
import { ok } from '../outcome.ts';
import { baseName } from '../s3/baseName.ts';
import { linkFormat, type LinkFormat } from './linkFormat.ts';

/**
 * A link in Markdown for each object, one a line. The canonical URL has no character that would end
 * a destination: https://spec.commonmark.org/0.31.2/#link-destination
 */
export const MARKDOWN: LinkFormat = linkFormat({
  name: 'markdown',
  label: 'Markdown',
  description: '[name](https://…)',
  fileEnding: 'md',
  writeOne: ({ location, url }) => ok(`[${escapeMarkdown(baseName(location.key))}](${url})`),
});
