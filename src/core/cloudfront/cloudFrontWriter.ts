import type { Outcome } from '../outcome.ts';
import type { Problem } from '../problem.ts';
import type { KeyGroup, PublicKey } from './account.ts';

/**
 * Who asks AWS.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
export interface Caller {
  /** Twelve digits. */
  readonly accountId: string;
  readonly arn: string;
}

/**
 * What this extension can change in an account's CloudFront: keys, and never a distribution. Every
 * method may fail with `access-denied`, which names the permission, and with the codes of
 * credentials and network; a signal that fires gives `cancelled`.
 */
export interface CloudFrontWriter {
  whoAmI(signal: AbortSignal): Promise<Outcome<Caller>>;
  /**
   * Well done as well where the account has the key already, under whatever name.
   *
   * @param publicKeyPem SubjectPublicKeyInfo
   *
   * Errors: `name-taken`, `quota-reached`.
   */
  createPublicKey(
    name: string,
    publicKeyPem: string,
    signal: AbortSignal,
  ): Promise<Outcome<PublicKey>>;
  /** Errors: `name-taken`, `quota-reached`. */
  createKeyGroup(
    name: string,
    publicKeyIds: readonly string[],
    signal: AbortSignal,
  ): Promise<Outcome<KeyGroup>>;
  /**
   * Writes down which public keys a key group has: `change` makes the new list of the one that is
   * there, and is called again where somebody else has changed the group meanwhile.
   *
   * Errors: `key-group-missing`, `quota-reached`, `change-overtaken`.
   */
  changeKeyGroup(
    id: string,
    change: (publicKeyIds: readonly string[]) => readonly string[],
    signal: AbortSignal,
  ): Promise<Outcome<KeyGroup>>;
  /** Well done as well where there is none with this ID any more. Errors: `public-key-in-use`. */
  deletePublicKey(id: string, signal: AbortSignal): Promise<Outcome<void>>;
}

/** Whether a change that failed may have been made all the same, because no answer says otherwise. */
export function mayBeMade({ code }: Problem): boolean {
  return code === 'network-unreachable' || code === 'service-failed' || code === 'throttled';
}
