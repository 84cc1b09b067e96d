import type { ProbeLink } from '../../core/cloudfront/linkAnswer.ts';
import type { Session } from '../../core/credentials/session.ts';
import type { Commands } from '../commands.ts';
import type { Discovery } from '../discovery.ts';
import type { KeyRing } from '../keys/keyRing.ts';
import type { Settings } from '../settings.ts';
import type { LinkDocuments } from './linkDocuments.ts';

/** What there is to judge a link by. */
export interface LinkSource {
  readonly settings: Settings;
  readonly keys: KeyRing;
  readonly discovery: Discovery;
  readonly documents: LinkDocuments;
  readonly probeLink: ProbeLink;
  /** In epoch seconds. */
  readonly now: () => number;
  /** The session, where one is open. */
  openSession(): Session | undefined;
}

/**
 * The commands on a link that somebody has. A script gives the text and options, even empty ones:
 * `inspectUrl` gives an inspection, `verifyUrl` a verification, each with a summary; the latter sends
 * the link to its host, unless `request` is false.
 */
export function linkCommands(source: LinkSource): Commands {
  return {
    // Loaded when first used: taking a link apart is much, and most days nobody does.
    inspectUrl: async (...args) => (await import('./inspectUrl.ts')).inspectUrl(args, source),
    verifyUrl: async (...args) => (await import('./verifyUrl.ts')).verifyUrl(args, source),
  };
}
