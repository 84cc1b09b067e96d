import { ok } from '../outcome.ts';
import type { LinkFormat } from './linkFormat.ts';

/** The URLs alone, one a line. */
export const PLAIN_URL: LinkFormat = {
  name: 'url',
  label: 'URL',
  description: 'https://…',
  write: (links) => ok(links.map(({ url }) => url).join('\n')),
};
