import { ok } from '../outcome.ts';
import { linkFormat, type LinkFormat } from './linkFormat.ts';

/** The URLs alone, one a line. */
export const PLAIN_URL: LinkFormat = linkFormat({
  name: 'url',
  label: 'URL',
  description: 'https://…',
  writeOne: ({ url }) => ok(url),
});
