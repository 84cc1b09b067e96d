import { baseName } from '../s3/baseName.ts';
import { visibleText } from '../s3/visibleText.ts';

/** The longest name that is given, in bytes: file systems take 255, some that encrypt names 143. */
const LONGEST = 140;

/**
 * Names of devices, which they stay with any ending.
 * https://learn.microsoft.com/windows/win32/fileio/naming-a-file#naming-conventions
 */
const DEVICE = /^(?:con|prn|aux|nul|(?:com|lpt)[0-9¹²³]|conin\$|conout\$) *(?:\.|$)/i;

/**
 * The name to save an object under: the last one in its key, as a file name that stays in its folder
 * and that any system takes. Characters that one of them refuses become `_`, and so does a first one
 * that would hide the file, name the home folder, or pass for an option in a later command.
 */
export function downloadName(key: string): string {
  const name = shortened(
    visibleText(baseName(key))
      .replace(/[<>:"/\\|?*]/g, '_')
      .replace(/^[.~ -]/, '_'),
  ).replace(/[. ]+$/, '');
  return DEVICE.test(name) ? `_${name}` : name;
}

/** Takes out of the middle what is too long, so that the ending still says what the file is. */
function shortened(name: string): string {
  if (bytesOf(name) <= LONGEST) return name;
  const ending = /\.\w{1,12}$/.exec(name)?.[0] ?? '';
  let stem = '';
  for (const character of name) {
    if (bytesOf(stem + character + ending) > LONGEST) break;
    stem += character;
  }
  return stem + ending;
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}
