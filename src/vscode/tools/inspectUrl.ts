import { isoText } from '../../core/expiry.ts';
import { isJsonObject } from '../../core/json.ts';
import { fail, ok } from '../../core/outcome.ts';
import { tellOf } from '../inspect/inspectUrl.ts';
import type { LinkSource } from '../inspect/linkCommands.ts';
import type { Tool } from './tool.ts';

/** What CloudFront takes is at most half as long, in UTF-16 units. */
const LONGEST = 16_384;

/** The furthest moment that a `Date` can hold, in epoch seconds. */
const LAST = 8.64e12;

const MOMENTS: readonly string[] = ['expiresAt', 'notBefore', 'signedAt', 'endsBy'];

/** Tells what a link says of itself. Nothing is sent anywhere, and the answer opens nothing. */
export function createInspectUrl(source: Pick<LinkSource, 'keys' | 'now'>): Tool {
  return {
    prepare: async () => ({ invocationMessage: 'Looking at the link' }),
    async run(input) {
      const { text } = isJsonObject(input) ? input : {};
      if (typeof text !== 'string') {
        return fail({ code: 'option-invalid', option: 'text', detail: 'Give the link as text.' });
      }
      if (text.length > LONGEST) {
        const detail = `Give the link alone: it has ${LONGEST} characters at most.`;
        return fail({ code: 'option-invalid', option: 'text', detail });
      }
      const told = await tellOf(text, source);
      return told.kind === 'ok' ? ok(JSON.stringify(told.value, inWords, 1)) : told;
    },
  };
}

/** Moments as models read them. */
function inWords(name: string, value: unknown): unknown {
  const isMoment = typeof value === 'number' && MOMENTS.includes(name) && Math.abs(value) <= LAST;
  return isMoment ? isoText(value) : value;
}
