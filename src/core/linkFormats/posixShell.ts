import { ok } from '../outcome.ts';
import { escapeUnseen } from '../notation/escapeUnseen.ts';
import { shellSingleQuoted } from '../notation/shell.ts';
import { downloadName } from './downloadName.ts';
import { linkFormat, type LinkFormat } from './linkFormat.ts';

/**
 * Any text as one word of a POSIX shell, which takes it literally, in a script and pasted into a
 * terminal, where a control character would be a key that is pressed. NUL, which no word can hold,
 * becomes `␀`. https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02
 */
export function shWord(text: string): string {
  const quoted = shellSingleQuoted(text.replaceAll('\0', '␀'));
  return escapeUnseen(quoted, (codePoint) =>
    codePoint === 0x0a ? '\n' : `'"$(printf '${octalBytes(codePoint)}')"'`,
  );
}

/** The UTF-8 bytes of a character as `printf` reads them. */
function octalBytes(codePoint: number): string {
  return Array.from(
    new TextEncoder().encode(String.fromCodePoint(codePoint)),
    (byte) => `\\${byte.toString(8).padStart(3, '0')}`,
  ).join('');
}

/** A command for each object that downloads it into the folder one is in, one a line. */
function downloads(program: string): LinkFormat['writeOne'] {
  return ({ location, url }) =>
    ok(`${program} ${shellSingleQuoted(downloadName(location.key))} ${shellSingleQuoted(url)}`);
}

/** What is refused is no file: `--fail` keeps the error page out of it. https://curl.se/docs/manpage.html */
export const CURL: LinkFormat = linkFormat({
  name: 'curl',
  label: 'curl',
  description: "curl … --output 'name' 'https://…'",
  fileEnding: 'sh',
  writeOne: downloads('curl --fail --output'),
});

/** https://www.gnu.org/software/wget/manual/wget.html#Download-Options */
export const WGET: LinkFormat = linkFormat({
  name: 'wget',
  label: 'wget',
  description: "wget -O 'name' 'https://…'",
  fileEnding: 'sh',
  writeOne: downloads('wget -O'),
});
