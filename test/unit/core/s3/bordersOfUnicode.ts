import * as fc from 'fast-check';

/** The characters beside which the order of UTF-16 units and that of code points part, and plain ones. */
const BORDERS = ['\0', '\u0001', '/', 'a', 'b', '\ud7ff', '\ue000', '\uffff', '\u{10000}'];

/** A character of all of Unicode, half of the time one at a border of its ranges. */
export const anyCharacter = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  fc.constantFrom(...BORDERS, '\u{10ffff}'),
);

/** Keys of few characters, so that many share a beginning. */
export const anyShortKey = fc
  .array(anyCharacter, { maxLength: 5 })
  .map((characters) => characters.join(''));
