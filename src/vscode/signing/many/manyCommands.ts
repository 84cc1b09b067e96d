import type { Commands } from '../../commands.ts';
import type { SigningSource } from '../copySignedUrl.ts';

/** The commands that sign many objects. They are loaded when they are first wanted. */
export function manyCommands(source: SigningSource): Commands {
  return {
    signFolder: async (...args) => (await import('./signFolder.ts')).signFolder(args, source),
    signList: async (...args) => (await import('./signList.ts')).signList(args, source),
  };
}
