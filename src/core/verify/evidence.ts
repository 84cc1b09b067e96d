import type { CacheBehavior, Distribution, Origin } from '../cloudfront/account.ts';
import type { LinkAnswer } from '../cloudfront/linkAnswer.ts';
import type { Inspection, SignatureState } from '../inspect/inspection.ts';
import type { InspectedMistake } from '../inspect/mistakes.ts';
import type { ObjectDetails } from '../s3/bucketReader.ts';

/** What a link says of itself, as far as it can be the cause of a refusal. */
export interface LinkFindings {
  readonly kind: Inspection['kind'];
  readonly protocol: 'https' | 'http';
  /** Host, and port where there is one. */
  readonly domain: string;
  /** Undefined where it is not signed. */
  readonly keyPairId: string | undefined;
  /** In epoch seconds. */
  readonly expiresAt: number | undefined;
  /** In epoch seconds. */
  readonly notBefore: number | undefined;
  readonly ipAddress: string | undefined;
  /** By the keys that are kept here. */
  readonly signature: SignatureState;
  readonly mistakes: readonly InspectedMistake[];
}

/** What is known of the way behind a link. */
export interface KnownWay {
  /** The distribution of the account that answers to the domain; undefined where none does. */
  readonly distribution: Distribution | undefined;
  readonly behavior: CacheBehavior | undefined;
  readonly origin: Origin | undefined;
  /** The object, `missing` where there is none; undefined where it could not be looked at. */
  readonly object: ObjectDetails | 'missing' | undefined;
  /** By the public keys of the account; undefined where those could not be seen. */
  readonly signature: SignatureState | undefined;
}

/** All that a cause is found from. */
export interface LinkEvidence {
  readonly link: LinkFindings;
  /** Undefined where nobody was asked. */
  readonly answer: LinkAnswer | undefined;
  /** Of this computer's clock when the answer came, in epoch seconds. */
  readonly now: number;
  /** Undefined where the account could not be seen. */
  readonly way: KnownWay | undefined;
}

/** What a link that was just made and checked here says: nothing that could be wrong. */
export function wellMade(
  { protocol, domain }: Pick<LinkFindings, 'protocol' | 'domain'>,
  keyPairId: string,
  expiresAt?: number,
): LinkFindings {
  return {
    kind: 'signed-url',
    protocol,
    domain,
    keyPairId,
    expiresAt,
    notBefore: undefined,
    ipAddress: undefined,
    signature: 'intact',
    mistakes: [],
  };
}
