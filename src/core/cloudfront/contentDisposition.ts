import { encodeStrictly } from './canonicalUrl.ts';

/** The query parameter by which S3 is told the header. */
export const DISPOSITION_PARAMETER = 'response-content-disposition';

/** What a quoted string carries to every browser as it is, without an escape (RFC 6266 appendix D). */
const PLAIN = /^[\w !#$&'()+,.;=@[\]^`{}~-]*$/;

/**
 * The header that has an object saved under a name: as it is where it is plain ASCII, else in UTF-8
 * beside a likeness in ASCII for whoever reads no other.
 * https://www.rfc-editor.org/rfc/rfc6266#section-4.3
 * https://www.rfc-editor.org/rfc/rfc8187#section-3.2
 *
 * @param fileName one that {@link fileNameFault} finds nothing wrong with
 */
export function contentDisposition(fileName: string): string {
  const likeness = Array.from(fileName, (character) => (PLAIN.test(character) ? character : '_'));
  const plain = `attachment; filename="${likeness.join('')}"`;
  return PLAIN.test(fileName) ? plain : `${plain}; filename*=UTF-8''${encodeStrictly(fileName)}`;
}

/** The file name in a header; undefined where it says none that can be read. */
export function fileNameIn(header: string): string | undefined {
  const [, encoded] = /;\s*filename\*\s*=\s*UTF-8'[^']*'([^;\s]+)/i.exec(header) ?? [];
  const decoded = encoded === undefined ? undefined : decoded8187(encoded);
  if (decoded !== undefined) return decoded;
  const [, quoted, token] =
    /;\s*filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s"]+))/i.exec(header) ?? [];
  return quoted?.replaceAll(/\\(.)/g, '$1') ?? token;
}

function decoded8187(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/**
 * Why a text is no name to save a file under, a whole sentence; undefined where it is one. No line
 * end and no other control character gets into the header, and no path that recipients would cut
 * (RFC 6266 section 4.3).
 */
export function fileNameFault(name: string): string | undefined {
  if (name.trim() === '') return 'A name has at least one character.';
  if (!name.isWellFormed() || /[\p{Cc}\p{Zl}\p{Zp}]/u.test(name)) {
    return 'It has a character that no file name can have.';
  }
  if (/[/\\]/.test(name)) return 'A name has no slashes: browsers choose the folder.';
  return /^\.+$/.test(name) ? 'A name is more than dots.' : undefined;
}
