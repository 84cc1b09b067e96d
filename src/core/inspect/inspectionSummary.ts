import type {
  CloudFrontInspection,
  Inspection,
  LifeState,
  PresignedInspection,
  SignatureState,
} from './inspection.ts';
import { distanceText } from './lifeText.ts';

/**
 * What is to be known first of a text that was taken apart, in two or three sentences.
 *
 * @param now in epoch seconds
 */
export function inspectionSummary(inspection: Inspection, now: number): string {
  if (inspection.kind === 'unsigned-url') {
    return 'Nothing signs this URL. It opens only what is open to everybody.';
  }
  const isRefused = inspection.mistakes.some(({ breaks }) => breaks);
  if (inspection.kind === 'presigned-url') {
    const refusal = isRefused ? ' It is refused for what is wrong with it.' : '';
    return `${presignedLife(inspection, now)} S3 answers it past CloudFront.${refusal}`;
  }
  const { state, signature } = inspection;
  const refusal =
    isRefused && signature !== 'mendable' ? ' It is refused for what is wrong with it.' : '';
  return `${LIVES[state](inspection, now)} ${SIGNATURES[signature](inspection)}${refusal}`;
}

function presignedLife(inspection: PresignedInspection, now: number): string {
  const { endsBy, temporary, state } = inspection;
  if (endsBy === undefined) return 'When it ends is not told.';
  const end = distanceText(endsBy, now);
  if (state === 'expired') return `It ended ${end}.`;
  return temporary
    ? `It ends with the session that signed it, ${end} at the latest.`
    : `It ends ${end}, or with the access key that signed it.`;
}

const LIVES: Readonly<Record<LifeState, (of: CloudFrontInspection, now: number) => string>> = {
  alive: ({ expiresAt = 0 }, now) => `Ends ${distanceText(expiresAt, now)}.`,
  expired: ({ expiresAt = 0 }, now) => `Ended ${distanceText(expiresAt, now)}.`,
  'not-yet': ({ notBefore = 0 }, now) => `Begins ${distanceText(notBefore, now)}.`,
  unknown: () => 'When it ends is not told.',
};

const SIGNATURES: Readonly<Record<SignatureState, (of: CloudFrontInspection) => string>> = {
  intact: ({ signedBy = '' }) =>
    `Intact: the private key that is kept here as ${signedBy} has signed it so.`,
  mendable: () => 'As it is written it does not work; once it is mended it is as it was signed.',
  altered: () => 'Altered: the signature does not cover what is written.',
  unchecked: ({ keyPairId }) =>
    keyPairId === undefined
      ? 'Whether it was altered cannot be told, since it names no key.'
      : `Whether it was altered cannot be told: the private key of ${keyPairId} is not kept here.`,
  absent: () => 'There is no signature.',
};
