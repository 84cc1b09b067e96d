import type { Commands } from '../../commands.ts';
import type { SigningSource } from '../copySignedUrl.ts';

/** The command from a folder to what opens all below it. It is loaded when it is first wanted. */
export function prefixCommands(source: SigningSource): Commands {
  return {
    async signPrefix(...args) {
      const { signPrefix } = await import('./signPrefix.ts');
      return signPrefix(args, source);
    },
  };
}
