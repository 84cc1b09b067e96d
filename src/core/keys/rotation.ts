import type { Distribution, KeyGroup, PublicKey } from '../cloudfront/account.ts';

import { publicKeysOf } from '../cloudfront/keyMatch.ts';
import type { ExpiryPreset } from '../settings.ts';
import { durationText, momentText } from '../expiry.ts';
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

/**
 * Those of several keys that new links are signed with: of one that is being replaced and the one that
 * takes its place, one at a time.
 */
export function keysInUse<
  K extends { readonly publicKeyPem: string; readonly succession?: Succession },
>(keys: readonly K[]): readonly K[] {
  const resting = new Set(
    keys.flatMap(({ publicKeyPem, succession }) =>
      succession === undefined
        ? []
        : [succession.since === undefined ? succession.publicKeyPem : publicKeyPem],
    ),
  );
  const inUse = keys.filter(({ publicKeyPem }) => !resting.has(publicKeyPem));
  return inUse.length === 0 ? keys : inUse;
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

/**
 * What a key is called that takes another's place: the same with the day, and a number where that is
 * taken.
 *
 * @param today such as `2026-12-24`
 * @param taken the names of the account's public keys
 */
export function successorName(name: string, today: string, taken: readonly string[]): string {
  const base = `${name.replace(/[\s_-]*\d{4}-\d{2}-\d{2}(?:-\d+)?$/, '')}-${today}`;
  let free = base;
  for (let count = 2; taken.includes(nameInCloudFront(free)); count++) free = `${base}-${count}`;
  return free;
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

/**
 * What is known of links that a replaced key has signed and that are still alive, as sentences.
 *
 * @param since when new links began to be signed with another key, in epoch seconds
 * @param now in epoch seconds
 */
export function aliveWords(
  { standard, presets, maximum }: ExpirySettings,
  since: number,
  now: number,
): string {
  const unknown = 'How many links signed with it are still alive is not known here';
  const lives = [standard, ...presets].map(({ expiry }) =>
    expiry.kind === 'duration' ? expiry.seconds : Math.max(0, expiry.epoch - since),
  );
  const longest = maximum ?? Math.max(...lives);
  const bound =
    maximum === undefined
      ? `the settings offer up to ${durationText(longest)}, and longer ones can be typed`
      : `the settings allow ${durationText(longest)} at most`;
  const end = since + longest;
  const last = `A link of ${durationText(longest)} that was made just before the switch ${end > now ? `ends ${momentText(end)}` : 'has ended'}`;
  return `${unknown}: ${bound}. ${last}.`;
}
