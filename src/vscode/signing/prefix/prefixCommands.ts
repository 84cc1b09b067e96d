import type { Commands } from '../../commands.ts';
import type { SigningSource } from '../copySignedUrl.ts';
import { signPrefix } from './signPrefix.ts';

/** The command from a folder to what opens all below it. */
export function prefixCommands(source: SigningSource): Commands {
  return { signPrefix: (...args) => signPrefix(args, source) };
}
