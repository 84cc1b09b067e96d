import type { HashAlgorithm } from '../cloudfront/signedUrl.ts';
import type { InspectedMistake } from './mistakes.ts';

/**
 * What a text that opens something says of itself, as plain data. Neither a signature nor an encoded
 * policy is in it, so that it may be shown and kept. Moments are in epoch seconds.
 */
export type Inspection = CloudFrontInspection | PresignedInspection | UnsignedInspection;

/** What every text that was taken apart has. */
interface Inspected {
  /** The URL without what signs it; undefined for what comes without one. */
  readonly url: string | undefined;
  /** What is wrong with it, the worst first. */
  readonly mistakes: readonly InspectedMistake[];
}

/** Where in its life a link is, by this computer's clock. */
export type LifeState = 'not-yet' | 'alive' | 'expired' | 'unknown';

/**
 * `intact`: it is as the private key has signed it; `mendable`: it is so once its mistakes are
 * mended; `altered`: it is not; `unchecked`: no key is kept here that could tell; `absent`: it has no
 * signature.
 */
export type SignatureState = 'intact' | 'mendable' | 'altered' | 'unchecked' | 'absent';

/** What of CloudFront's opens something. */
export interface CloudFrontInspection extends Inspected {
  readonly kind: 'signed-url' | 'signed-cookies' | 'policy';
  /** Undefined where it has neither an end nor a policy. */
  readonly policy: 'canned' | 'custom' | undefined;
  /** What is opened, as it is written; undefined where that is left out or not told. */
  readonly resource: string | undefined;
  /** What that is, in words. */
  readonly opens: string;
  readonly expiresAt: number | undefined;
  readonly notBefore: number | undefined;
  /** As it is written. */
  readonly ipAddress: string | undefined;
  readonly state: LifeState;
  /** How long it still opens, in seconds; 0 where it does no more. */
  readonly remainingSeconds: number | undefined;
  readonly keyPairId: string | undefined;
  /** Undefined where it names one that there is not. */
  readonly hashAlgorithm: HashAlgorithm | undefined;
  readonly signature: SignatureState;
  /** The ID that the private key is kept under which has made it, where that is known. */
  readonly signedBy: string | undefined;
  /** Where cookies are sent to, as far as they say so. */
  readonly cookieScope: CookieScope | undefined;
}

/** Where a browser sends cookies to. */
export interface CookieScope {
  readonly domain: string | undefined;
  readonly path: string | undefined;
}

/** A URL that S3 itself answers, past CloudFront. */
export interface PresignedInspection extends Inspected {
  readonly kind: 'presigned-url';
  readonly url: string;
  readonly version: 'SigV4' | 'SigV2';
  /** The object, where the host name tells it. */
  readonly bucket: string | undefined;
  readonly key: string | undefined;
  /** Of the access key that has signed it; it is no secret. */
  readonly accessKeyId: string | undefined;
  readonly region: string | undefined;
  readonly signedAt: number | undefined;
  /** What it says. */
  readonly expiresAt: number | undefined;
  /** When it ends at the latest: credentials that end take it along. */
  readonly endsBy: number | undefined;
  /** Whether the credentials that have signed it end by themselves. */
  readonly temporary: boolean;
  readonly state: LifeState;
  readonly remainingSeconds: number | undefined;
  /** Only who has the secret key could tell. */
  readonly signature: 'unchecked' | 'absent';
}

/** A URL that nothing signs. */
export interface UnsignedInspection extends Inspected {
  readonly kind: 'unsigned-url';
  readonly url: string;
}
