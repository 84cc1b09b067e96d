import * as fc from 'fast-check';

/** What means something in a URL, in a policy, or to those who decode too often. */
const TROUBLE = ['/', '//', '.', '..', '%', '%2e', '%2F', '?', '#', '\\', '+', ' ', '*', "'", '&'];

/** Texts of any UTF-16 code units, so that surrogates without their other half are among them. */
export const anyCodeUnits = fc
  .array(fc.nat(0xffff), { maxLength: 8 })
  .map((units) => String.fromCharCode(...units));

/** Keys over all of Unicode, most with something in it that is trouble elsewhere. */
export const anyKey = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.constantFrom(...TROUBLE),
      fc.constantFrom(...TROUBLE),
    ),
    { maxLength: 8 },
  )
  .map((pieces) => pieces.join(''));

/** Whether a key is valid Unicode, not empty, and has no segment that clients remove. */
export function isReachable(key: string): boolean {
  return key !== '' && Buffer.from(key).toString() === key && !/(?:^|\/)\.\.?(?:\/|$)/.test(key);
}
