import type { Distribution, KeyGroup, PublicKey } from '../cloudfront/account.ts';

import { publicKeysOf } from '../cloudfront/keyMatch.ts';
import type { ExpiryPreset } from '../settings.ts';
import { isJsonObject } from '../json.ts';
import { nameInCloudFront, type KeyChange } from './keyChange.ts';
import { trusting } from './keyGroupTrust.ts';

/**
 * That a key is being replaced, kept with the key itself. How far that has come is seen in the
 * account and in the settings, so that it can be stopped and gone on with anywhere.
 */
export interface Succession {
  /** The public half of the key that takes its place, which is kept beside it; PEM. */
  readonly publicKeyPem: string;
  /** The account in which it began. */
  readonly accountId: string;
  /** In epoch seconds: since when new links are signed with the other one. */
  readonly since?: number;
}

/** What a rotation is about, as it is now. */
export interface RotationFacts {
  readonly oldKeyPairId: string;
  readonly successor: { readonly name: string; readonly publicKeyPem: string };
  /** See {@link Succession.since}. */
  readonly since: number | undefined;
  readonly keyGroups: readonly KeyGroup[];
  readonly publicKeys: readonly PublicKey[];
  readonly distributions: readonly Distribution[];
}

/** What comes next in a rotation. */
export type RotationStep =
  /** The new key becomes trusted wherever the old one is. */
  | { readonly kind: 'add'; readonly changes: readonly KeyChange[] }
  /** These do not serve by it everywhere yet. */
  | { readonly kind: 'wait'; readonly distributions: readonly Distribution[] }
  /** New links are to be signed with the new one. */
  | { readonly kind: 'switch'; readonly keyPairId: string }
  /** The old one goes out of the account, and then from here. */
  | {
      readonly kind: 'retire';
      readonly keyPairId: string;
      readonly changes: readonly KeyChange[];
    };

/**
 * What comes next, read from what is there: the new key beside the old one first, the old one away at
 * last, and at no moment a link refused that is signed with the key in use.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-trusted-signers.html#private-content-rotating-key-pairs
 */
export function rotationStep(facts: RotationFacts): RotationStep {
  const { oldKeyPairId, successor, since, keyGroups, publicKeys, distributions } = facts;
  const [made] = publicKeysOf(successor.publicKeyPem, publicKeys);
  const groups = keyGroups.filter(({ publicKeyIds }) => publicKeyIds.includes(oldKeyPairId));
  if (made === undefined) {
    const name = nameInCloudFront(successor.name);
    return {
      kind: 'add',
      changes: [
        { kind: 'create-public-key', name, publicKeyPem: successor.publicKeyPem },
        ...groups.map((keyGroup) => addition(keyGroup, undefined)),
      ],
    };
  }
  const lacking = groups.filter(({ publicKeyIds }) => !publicKeyIds.includes(made.id));
  if (lacking.length > 0) {
    return { kind: 'add', changes: lacking.map((keyGroup) => addition(keyGroup, made.id)) };
  }
  if (since === undefined) {
    const changing = distributions.filter(
      (distribution) =>
        !distribution.deployed && groups.some(({ id }) => trusting(id, [distribution]).length > 0),
    );
    return changing.length > 0
      ? { kind: 'wait', distributions: changing }
      : { kind: 'switch', keyPairId: made.id };
  }
  const old = publicKeys.find(({ id }) => id === oldKeyPairId);
  return {
    kind: 'retire',
    keyPairId: made.id,
    changes: [
      ...groups.map((keyGroup): KeyChange => ({
        kind: 'remove-from-key-group',
        keyGroup,
        publicKeyId: oldKeyPairId,
      })),
      ...(old === undefined ? [] : [{ kind: 'delete-public-key', publicKey: old } as const]),
    ],
  };
}

function addition(keyGroup: KeyGroup, publicKeyId: string | undefined): KeyChange {
  return { kind: 'add-to-key-group', keyGroup, publicKeyId };
}

/** An item of the setting `cloudfrontSigner.distributions`, raw, with one key's ID for another's. */
export function switchedMapping(raw: unknown, from: string, to: string): unknown {
  return isJsonObject(raw) &&
    typeof raw['keyPairId'] === 'string' &&
    raw['keyPairId'].trim() === from
    ? { ...raw, keyPairId: to }
    : raw;
}

/** What bounds the lives of links. */
export interface ExpirySettings {
  readonly standard: ExpiryPreset;
  readonly presets: readonly ExpiryPreset[];
  /** In seconds. */
  readonly maximum: number | undefined;
}

/** How long links may live: in words, and in seconds where a maximum bounds them or presets say it. */
export interface LongestLife {
  readonly seconds: number;
  /** Whether a longer one can be typed. */
  readonly isOpen: boolean;
}

/**
 * The longest life that the settings give a link that is signed now.
 *
 * @param now in epoch seconds
 */
export function longestLife(
  { standard, presets, maximum }: ExpirySettings,
  now: number,
): LongestLife {
  if (maximum !== undefined) return { seconds: maximum, isOpen: false };
  const lives = [standard, ...presets].map(({ expiry }) =>
    expiry.kind === 'duration' ? expiry.seconds : Math.max(0, expiry.epoch - now),
  );
  return { seconds: Math.max(...lives), isOpen: true };
}
