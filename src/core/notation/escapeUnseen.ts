/**
 * What is not to be seen in a line of code, or changes how the line reads: controls, line ends,
 * bidirectional marks and other formats, private and unassigned characters.
 * https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing
 */
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/**
 * Writes what cannot be seen by escapes of a notation, so that code shows all it says. A lone
 * surrogate, which no notation has, becomes U+FFFD.
 */
export function escapeUnseen(text: string, escape: (codePoint: number) => string): string {
  return text.toWellFormed().replace(UNSEEN, (character) => escape(character.codePointAt(0) ?? 0));
}

/** `\uXXXX`, and `\UXXXXXXXX` beyond the first plane: the escapes that YAML and HCL share. */
export function longEscape(codePoint: number): string {
  const hex = codePoint.toString(16);
  return codePoint > 0xffff ? `\\U${hex.padStart(8, '0')}` : `\\u${hex.padStart(4, '0')}`;
}
