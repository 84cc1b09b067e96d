import type { Mistake } from './mistakes.ts';

/** A moment as a link writes it. */
export interface Moment {
  /** What is meant, in epoch seconds; undefined where nobody can tell. */
  readonly epoch: number | undefined;
  readonly mistakes: readonly Mistake[];
}

/** A later number is in milliseconds: as seconds it is beyond the year 5138. */
const NO_SECONDS = 1e11;

/** What a 32-bit number can hold. */
const LAST_MOMENT = 2_147_483_647;

/**
 * Reads a number of epoch seconds as CloudFront does, and tells what is meant where it is not one.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-creating-signed-url-canned-policy.html
 *
 * @param name of the parameter or condition
 */
export function readMoment(name: string, text: string | undefined): Moment {
  const odd: Moment = { epoch: undefined, mistakes: [{ code: 'moment-odd', name }] };
  if (text === undefined || !/^\d{1,17}(?:\.\d{1,17})?$/.test(text)) return odd;
  const number = Number(text);
  if (number > NO_SECONDS * 1000) return odd;
  if (number > NO_SECONDS) {
    return { epoch: Math.floor(number / 1000), mistakes: [{ code: 'milliseconds', name }] };
  }
  if (!/^(?:0|[1-9]\d*)$/.test(text)) return { ...odd, epoch: Math.floor(number) };
  return { epoch: number, mistakes: number > LAST_MOMENT ? [{ code: 'end-too-late' }] : [] };
}
