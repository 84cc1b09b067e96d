import type { Commands } from '../commands.ts';
import type { SigningSource } from '../signing/copySignedUrl.ts';
import { copySignedUrlFromEditor } from './copySignedUrlFromEditor.ts';
import { replaceWithSignedUrl } from './replaceWithSignedUrl.ts';
import { stripSignature } from './stripSignature.ts';

/**
 * The commands on what the editor in front has selected, or at its cursors. A script gives options,
 * even empty ones, alone: `replaceWithSignedUrl` and `stripSignature` give the URLs that are in the
 * text now, in its order, `copySignedUrlFromEditor` what is on the clipboard.
 */
export function editorCommands(source: SigningSource): Commands {
  return {
    replaceWithSignedUrl: (...args) => replaceWithSignedUrl(args, source),
    copySignedUrlFromEditor: (...args) => copySignedUrlFromEditor(args, source),
    stripSignature: (...args) => stripSignature(args),
  };
}
