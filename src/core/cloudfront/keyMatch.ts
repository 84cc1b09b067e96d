import { createPublicKey } from 'node:crypto';
import type { CacheBehavior, KeyGroup, PublicKey } from './account.ts';

/** A private key that is kept here, by its public half. */
export interface OwnKey {
  /** The ID that it is kept under. */
  readonly keyPairId: string;
  /** SubjectPublicKeyInfo, PEM. */
  readonly publicKeyPem: string;
}

/** What an account says of keys; undefined where the profile may not see it. */
export interface AccountKeys {
  readonly keyGroups: readonly KeyGroup[] | undefined;
  readonly publicKeys: readonly PublicKey[] | undefined;
}

/** A private key that is kept here, and the ID by which CloudFront accepts its signatures. */
export interface TrustedKey<K extends OwnKey = OwnKey> {
  readonly key: K;
  readonly keyPairId: string;
}

/**
 * The public keys of an account that are the other half of a private key: mostly one, several where
 * it was uploaded more than once. Keys are compared by their DER (RFC 5280 section 4.1), since a PEM
 * may break its lines anywhere.
 *
 * @param publicKeyPem the public half of the private key
 */
export function publicKeysOf(
  publicKeyPem: string,
  publicKeys: readonly PublicKey[],
): readonly PublicKey[] {
  const own = derOf(publicKeyPem);
  return own === undefined
    ? []
    : publicKeys.filter(({ encodedKey }) => derOf(encodedKey)?.equals(own) === true);
}

function derOf(pem: string): Buffer | undefined {
  try {
    return createPublicKey(pem).export({ type: 'spki', format: 'der' });
  } catch {
    // What cannot be read is nobody's other half.
    return undefined;
  }
}

/** Whether viewers need a signature. */
export function isRestricted({ keyGroupIds, trustsAccounts }: CacheBehavior): boolean {
  return keyGroupIds.length > 0 || trustsAccounts;
}

/**
 * The own keys whose signatures a behavior accepts, as far as can be seen: all of them where it asks
 * for no signature, or where the profile may not see the key groups. A legacy key pair of an account
 * (`APKA…`) is listed by no API and is believed.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-trusted-signers.html
 */
export function trustedKeys<K extends OwnKey>(
  behavior: CacheBehavior,
  own: readonly K[],
  { keyGroups, publicKeys }: AccountKeys,
): readonly TrustedKey<K>[] {
  if (!isRestricted(behavior) || keyGroups === undefined) {
    return own.map((key) => ({ key, keyPairId: key.keyPairId }));
  }
  const trusted = new Set(
    keyGroups
      .filter(({ id }) => behavior.keyGroupIds.includes(id))
      .flatMap(({ publicKeyIds }) => publicKeyIds),
  );
  return own.flatMap((key) => {
    const known =
      publicKeys === undefined
        ? [key.keyPairId]
        : publicKeysOf(key.publicKeyPem, publicKeys).map(({ id }) => id);
    const isLegacy = behavior.trustsAccounts && key.keyPairId.startsWith('APKA');
    const keyPairId = known.find((id) => trusted.has(id)) ?? (isLegacy ? key.keyPairId : undefined);
    return keyPairId === undefined ? [] : [{ key, keyPairId }];
  });
}
