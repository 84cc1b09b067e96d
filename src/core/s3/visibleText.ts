/**
 * Characters that a row or a prompt would swallow, or that would change how the text around them
 * reads: controls, foreign line ends, and what is ignorable by default, which takes in bidirectional
 * marks, zero-width characters and tags. Variation selectors stay, since emoji are written with them.
 * https://www.unicode.org/reports/tr44/#Default_Ignorable_Code_Point
 */
const UNSEEN = /(?!\p{Variation_Selector})[\p{Cc}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** A key as people can see it whole: `␊` for a line feed, `‹U+202E›` for what has no picture. */
export function visibleText(text: string): string {
  return text.replace(UNSEEN, (character) => {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x20) return String.fromCodePoint(0x2400 + code);
    if (code === 0x7f) return '␡';
    return `‹U+${code.toString(16).toUpperCase().padStart(4, '0')}›`;
  });
}
