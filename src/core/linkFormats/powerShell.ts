import { ok } from '../outcome.ts';
import { escapeUnseen } from '../notation/escapeUnseen.ts';
import { downloadName } from './downloadName.ts';
import type { Link } from './link.ts';
import { linkFormat, type LinkFormat } from './linkFormat.ts';

/**
 * A text that can be seen as one argument of PowerShell, which takes it literally: typographic
 * quotes end a string as well as `'` does.
 * https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_quoting_rules
 */
function singleQuoted(text: string): string {
  return `'${text.replace(/['‘’‚‛]/g, '$&$&')}'`;
}

/**
 * Any text as one argument of PowerShell. What cannot be seen is put in by its number, since pasted
 * into a terminal it would be a key that is pressed.
 */
export function powerShellWord(text: string): string {
  const quoted = singleQuoted(text.toWellFormed());
  const escaped = escapeUnseen(quoted, (codePoint) => `'${addedByNumber(codePoint)}+'`);
  return escaped === quoted ? quoted : `(${escaped})`;
}

/** The UTF-16 code units of a character, each added to what stands before. */
function addedByNumber(codePoint: number): string {
  return Array.from(
    String.fromCodePoint(codePoint).split(''),
    (unit) => `+[char]0x${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  ).join('');
}

function download({ location, url }: Link): string {
  // Some versions take brackets and backticks in the name of the file for a pattern.
  const name = downloadName(location.key).replace(/[[\]`]/g, '_');
  return `Invoke-WebRequest -UseBasicParsing -Uri ${singleQuoted(url)} -OutFile ${singleQuoted(name)}`;
}

/**
 * A command for each object that downloads it into the folder one is in, one a line.
 * https://learn.microsoft.com/powershell/module/microsoft.powershell.utility/invoke-webrequest
 */
export const POWERSHELL: LinkFormat = linkFormat({
  name: 'powershell',
  label: 'PowerShell',
  description: "Invoke-WebRequest … -Uri 'https://…' -OutFile 'name'",
  fileEnding: 'ps1',
  writeOne: (link) => ok(download(link)),
});
