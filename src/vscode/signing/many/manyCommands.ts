import type { Commands } from '../../commands.ts';
import type { SigningSource } from '../copySignedUrl.ts';
import { signFolder } from './signFolder.ts';
import { signList } from './signList.ts';

/** The commands that sign many objects. */
export function manyCommands(source: SigningSource): Commands {
  return {
    signFolder: (...args) => signFolder(args, source),
    signList: (...args) => signList(args, source),
  };
}
