import type { Commands } from '../commands.ts';
import type { SigningSource } from '../signing/copySignedUrl.ts';

/**
 * The commands on what the editor in front has selected, or at its cursors. A script gives options,
 * even empty ones, alone: `replaceWithSignedUrl` and `stripSignature` give the URLs that are in the
 * text now, in its order, `copySignedUrlFromEditor` what is on the clipboard.
 */
export function editorCommands(source: SigningSource): Commands {
  return {
    replaceWithSignedUrl: async (...args) =>
      (await import('./replaceWithSignedUrl.ts')).replaceWithSignedUrl(args, source),
    copySignedUrlFromEditor: async (...args) =>
      (await import('./copySignedUrlFromEditor.ts')).copySignedUrlFromEditor(args, source),
    stripSignature: async (...args) => (await import('./stripSignature.ts')).stripSignature(args),
  };
}
