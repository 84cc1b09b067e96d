import type { LinkAnswer } from '../cloudfront/linkAnswer.ts';
import type { SignatureState } from '../inspect/inspection.ts';
import { kindOf, type Answer, type AnswerKind } from './answerKind.ts';
import type { KnownWay, LinkEvidence, LinkFindings } from './evidence.ts';

/** The evidence, seen from where causes are told from it. */
export interface View {
  readonly link: LinkFindings;
  readonly way: KnownWay | undefined;
  /** Undefined where nobody was asked, or nobody answered. */
  readonly answer: Answer | undefined;
  readonly kind: AnswerKind | 'unasked' | 'unreachable';
  /** `Code` and `Message` of an error, and what a page says; empty where there is none. */
  readonly code: string;
  readonly message: string;
  readonly page: string;
  /** Why nobody answered; empty where somebody did. */
  readonly unreached: string;
  /** Whether the link has ended, or has not begun, by the clock that it is judged by. */
  readonly ended: boolean;
  readonly early: boolean;
  /** How far that clock is ahead of this computer's, in seconds, where this makes a difference. */
  readonly clockAhead: number | undefined;
  /** By the key that CloudFront has, where that can be seen; else by the one that is kept here. */
  readonly signature: SignatureState;
}

export function viewOf({ link, answer, now, way }: LinkEvidence): View {
  const came = answer?.kind === 'answer' ? answer : undefined;
  const isPresigned = link.kind === 'presigned-url';
  const kind = answer === undefined ? 'unasked' : kindTo(answer, isPresigned);
  // An answer out of a cache, or of the origin, may bear another clock than the one that judged.
  const clock = kind === 'refused' || isPresigned ? (came?.date ?? now) : now;
  const { expiresAt = Number.POSITIVE_INFINITY, notBefore = Number.NEGATIVE_INFINITY } = link;
  const isOut = (time: number): readonly boolean[] => [time >= expiresAt, time <= notBefore];
  const [ended = false, early = false] = isOut(clock);
  const differs = isOut(now).some((out, index) => out !== [ended, early][index]);
  const byAccount = way?.signature === 'unchecked' ? undefined : way?.signature;
  return {
    link,
    way,
    answer: came,
    kind,
    code: (kind === 'elsewhere' ? undefined : came?.code) ?? '',
    message: came?.message ?? '',
    page: came?.page ?? '',
    unreached: answer?.kind === 'unreachable' ? answer.detail : '',
    ended,
    early,
    clockAhead: differs ? clock - now : undefined,
    signature: byAccount ?? link.signature,
  };
}

/** S3 that was not asked through CloudFront is elsewhere, unless it was meant. */
function kindTo(answer: LinkAnswer, isPresigned: boolean): View['kind'] {
  if (answer.kind === 'unreachable') return answer.kind;
  const kind = kindOf(answer);
  return kind === 'origin' && !answer.fromCloudFront && !isPresigned ? 'elsewhere' : kind;
}
