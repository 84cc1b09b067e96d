import type { CacheBehavior } from '../cloudfront/account.ts';
import {
  publicKeysOf,
  trustedKeys,
  type AccountKeys,
  type OwnKey,
  type TrustedKey,
} from '../cloudfront/keyMatch.ts';

/** What links are signed with, as far as it is there. */
export interface Signer {
  /** The ID that links name. */
  readonly keyPairId: string;
  /** The private key; undefined where the one with that ID is not kept here. */
  readonly key: OwnKey | undefined;
}

/**
 * What links of a behavior are signed with: the key that the settings name, else one that the
 * behavior trusts, else any that is kept here, under the ID that the account knows it by. Undefined
 * where none is.
 */
export function chooseSigner(
  own: readonly OwnKey[],
  wantedId: string | undefined,
  behavior: CacheBehavior | undefined,
  account: AccountKeys,
): Signer | undefined {
  if (wantedId !== undefined) {
    return { keyPairId: wantedId, key: own.find(({ keyPairId }) => keyPairId === wantedId) };
  }
  const [trusted]: readonly TrustedKey[] = behavior ? trustedKeys(behavior, own, account) : [];
  if (trusted !== undefined) return trusted;
  const [any] = own;
  if (any === undefined) return undefined;
  const [known] = publicKeysOf(any.publicKeyPem, account.publicKeys ?? []);
  return { keyPairId: known?.id ?? any.keyPairId, key: any };
}
