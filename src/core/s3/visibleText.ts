/**
 * Characters that a row or a prompt would swallow, or that would change how the text around them
 * reads: controls, bidirectional marks, zero-width characters and foreign line ends.
 */
const UNSEEN = /[\p{Cc}\p{Bidi_Control}\u200B-\u200D\u2028\u2029\u2060\uFEFF]/gu;

/** A key as people can see it whole: `␊` for a line feed, `‹U+202E›` for what has no picture. */
export function visibleText(text: string): string {
  return text.replace(UNSEEN, (character) => {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x20) return String.fromCodePoint(0x2400 + code);
    if (code === 0x7f) return '␡';
    return `‹U+${code.toString(16).toUpperCase().padStart(4, '0')}›`;
  });
}
