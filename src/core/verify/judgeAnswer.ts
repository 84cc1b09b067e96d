import { fail, ok, type Result } from '../outcome.ts';
import { causesOf, causeText } from './causes.ts';
import type { LinkEvidence } from './evidence.ts';

/**
 * Judges the answer to a signed URL: whether the domain serves the object to it.
 *
 * Errors: `link-refused`, with the first cause; `link-unchecked`.
 */
export function judgeAnswer(evidence: LinkEvidence): Result<void> {
  const { answer, link } = evidence;
  if (answer === undefined || answer.kind === 'unreachable') {
    const detail = answer?.detail ?? 'Nobody was asked';
    return fail({ code: 'link-unchecked', domain: link.domain, detail });
  }
  const [cause] = causesOf(evidence);
  if (cause === undefined) return ok(undefined);
  const { domain } = link;
  return fail({ code: 'link-refused', domain, status: answer.status, cause: causeText(cause) });
}
