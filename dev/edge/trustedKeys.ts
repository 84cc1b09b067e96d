import { createPublicKey, type KeyObject } from 'node:crypto';
import type { CacheBehaviorSettings, CloudFrontState } from './distribution.ts';

/** Whether a behavior restricts viewer access at all. */
export function restrictsViewers(behavior: CacheBehaviorSettings): boolean {
  return behavior.TrustedKeyGroups.Enabled || behavior.TrustedSigners.Enabled;
}

/**
 * The public key under an ID, if a key group that the behavior trusts holds it and it is of a
 * kind CloudFront takes: RSA 2048 or ECDSA P-256.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-trusted-signers.html
 */
export function trustedKey(
  state: CloudFrontState,
  behavior: CacheBehaviorSettings,
  keyPairId: string,
): KeyObject | undefined {
  const groups = behavior.TrustedKeyGroups.Enabled ? behavior.TrustedKeyGroups.Items : [];
  const trusted = state.KeyGroups.some(
    (group) => groups.includes(group.Id) && group.KeyGroupConfig.Items.includes(keyPairId),
  );
  const stored = state.PublicKeys.find((key) => key.Id === keyPairId);
  if (!trusted || stored === undefined) {
    return undefined;
  }
  const key = readKey(stored.PublicKeyConfig.EncodedKey);
  return key !== undefined && isAccepted(key) ? key : undefined;
}

function readKey(pem: string): KeyObject | undefined {
  try {
    return createPublicKey(pem);
  } catch {
    return undefined;
  }
}

function isAccepted(key: KeyObject): boolean {
  const details = key.asymmetricKeyDetails;
  return key.asymmetricKeyType === 'rsa'
    ? details?.modulusLength === 2048
    : key.asymmetricKeyType === 'ec' && details?.namedCurve === 'prime256v1';
}
