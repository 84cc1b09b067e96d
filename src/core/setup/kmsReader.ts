import type { Outcome } from '../outcome.ts';

/** A KMS key as far as CloudFront has to be let in to it. */
export interface KmsKey {
  readonly arn: string;
  /** AWS manages `aws/s3`, whose policy nobody can change. */
  readonly managedByAws: boolean;
  /** Whether it can be used: neither disabled nor about to be deleted. */
  readonly enabled: boolean;
  /** The policy document, JSON. */
  readonly policy: string;
}

/**
 * KMS, read. It may fail with `access-denied`, which names the permission, and with the codes of
 * credentials and network; a signal that fires gives `cancelled`.
 */
export interface KmsReader {
  /**
   * Undefined where there is no such key.
   *
   * @param keyId an ID or an ARN
   * @param region the one to ask, where the ID names none
   */
  getKey(keyId: string, region: string, signal: AbortSignal): Promise<Outcome<KmsKey | undefined>>;
}
