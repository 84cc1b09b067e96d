import type { ProfileKind } from '../credentials/profile.ts';
import type { Outcome } from '../outcome.ts';
import type { S3Location } from './location.ts';

/** The credentials that a presigned URL is signed with, and that it dies with. */
export interface SigningCredentials {
  /** Undefined for those of the default chain. */
  readonly profile: string | undefined;
  readonly kind: ProfileKind;
  /** Whether they end by themselves. */
  readonly temporary: boolean;
  /** In epoch seconds; undefined where they do not end, or do not tell when. */
  readonly end: number | undefined;
}

/** Signs S3's own URLs with the credentials of a session. */
export interface Presigner {
  credentials(): Promise<Outcome<SigningCredentials>>;
  /** @param seconds from now, at most {@link LONGEST_PRESIGNED} */
  presign(location: S3Location, seconds: number, signal: AbortSignal): Promise<Outcome<string>>;
}

/**
 * The longest that S3 lets a presigned URL live, in seconds: seven days.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/ShareObjectPreSignedURL.html
 */
export const LONGEST_PRESIGNED = 604_800;

/** When a presigned URL really ends, and what ends it. */
export interface PresignedEnd {
  /** In epoch seconds. */
  readonly end: number;
  /** What was asked for, S3's seven days, or the credentials. */
  readonly bound: 'asked' | 'maximum' | 'credentials';
}

/**
 * When a presigned URL would really end: the least of what is asked, seven days, and the end of the
 * credentials.
 *
 * @param asked in epoch seconds
 * @param now in epoch seconds
 * @param credentials their end in epoch seconds; undefined where they tell none
 */
export function presignedEnd(
  asked: number,
  now: number,
  credentials: number | undefined,
): PresignedEnd {
  const latest = now + LONGEST_PRESIGNED;
  if (credentials !== undefined && credentials < Math.min(asked, latest)) {
    return { end: credentials, bound: 'credentials' };
  }
  return asked <= latest ? { end: asked, bound: 'asked' } : { end: latest, bound: 'maximum' };
}

const KINDS: Readonly<Record<ProfileKind, string>> = {
  keys: 'temporary keys',
  role: 'role session',
  'web identity': 'web identity session',
  process: 'temporary keys',
  SSO: 'SSO session',
  login: 'sign-in session',
  empty: 'temporary credentials',
};

/** Why a presigned URL ends when it does, in a sentence. */
export function presignedReason(
  { bound }: PresignedEnd,
  { profile, kind, temporary, end }: SigningCredentials,
): string {
  const owner = profile === undefined ? 'the default credential chain' : `profile “${profile}”`;
  const session = `the ${KINDS[kind]} of ${owner}`;
  if (bound === 'credentials') return `It dies with ${session}.`;
  const limit = bound === 'maximum' ? 'S3 allows seven days at most. ' : '';
  if (temporary && end === undefined) {
    return `${limit}It dies sooner with ${session}, whose end is not told.`;
  }
  return bound === 'maximum' ? 'S3 allows seven days at most.' : `It ends as asked.`;
}
