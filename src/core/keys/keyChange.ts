import type { Distribution, KeyGroup, PublicKey } from '../cloudfront/account.ts';
import type { CloudFrontWriter } from '../cloudfront/cloudFrontWriter.ts';

import { ok, type Outcome } from '../outcome.ts';
import { visibleText } from '../s3/visibleText.ts';
import { trustWords } from './keyGroupTrust.ts';

/**
 * One change of an account's keys. A list of them is what is confirmed, what is carried out and what
 * can be had as commands, so that the three cannot differ. A public key ID is undefined for the key
 * that the list creates.
 */
export type KeyChange =
  | { readonly kind: 'create-public-key'; readonly name: string; readonly publicKeyPem: string }
  | {
      readonly kind: 'create-key-group';
      readonly name: string;
      readonly publicKeyId: string | undefined;
    }
  | {
      readonly kind: 'add-to-key-group';
      readonly keyGroup: KeyGroup;
      readonly publicKeyId: string | undefined;
    }
  | {
      readonly kind: 'remove-from-key-group';
      readonly keyGroup: KeyGroup;
      readonly publicKeyId: string;
    }
  | { readonly kind: 'delete-public-key'; readonly publicKey: PublicKey };

/**
 * A name as CloudFront takes it: letters, digits, hyphens and underscores.
 * https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CreatePublicKey.html
 */
export function nameInCloudFront(name: string): string {
  return (
    name
      .normalize('NFKD')
      .replaceAll(/\p{M}/gu, '')
      .replaceAll(/[^A-Za-z0-9_-]+/g, '-')
      .replaceAll(/^-+|-+$/g, '')
      .slice(0, 128) || 'signing-key'
  );
}

/**
 * What a change does, as a sentence.
 *
 * @param distributions undefined where the profile may not see them
 */
export function keyChangeWords(
  change: KeyChange,
  distributions: readonly Distribution[] | undefined,
): string {
  if (change.kind === 'create-public-key') {
    return `The public key “${visibleText(change.name)}” is created.`;
  }
  if (change.kind === 'create-key-group') {
    return `The key group “${visibleText(change.name)}” is created with it. No behavior trusts the group before you have one do so.`;
  }
  if (change.kind === 'delete-public-key') {
    return `The public key ${change.publicKey.id} “${visibleText(change.publicKey.name)}” is deleted.`;
  }
  const group = groupWords(change.keyGroup, distributions);
  return change.kind === 'add-to-key-group'
    ? `${change.publicKeyId ?? 'It'} is added to the key group ${group}.`
    : `${change.publicKeyId} is taken out of the key group ${group}.`;
}

function groupWords(
  { id, name }: KeyGroup,
  distributions: readonly Distribution[] | undefined,
): string {
  return `“${visibleText(name)}”, ${trustWords(id, distributions)}`;
}

/** Where a public key is to go. */
export type KeyGroupChoice =
  | { readonly kind: 'existing'; readonly keyGroup: KeyGroup }
  | { readonly kind: 'new'; readonly name: string }
  | { readonly kind: 'none' };

/**
 * What has to change for a public key to be in an account and in a key group.
 *
 * @param keyPairId the ID that the account has given it; undefined where it is not there
 */
export function uploadChanges(
  { name, publicKeyPem }: { readonly name: string; readonly publicKeyPem: string },
  keyPairId: string | undefined,
  choice: KeyGroupChoice,
): readonly KeyChange[] {
  const creation: readonly KeyChange[] =
    keyPairId === undefined
      ? [{ kind: 'create-public-key', name: nameInCloudFront(name), publicKeyPem }]
      : [];
  if (choice.kind === 'none') return creation;
  return choice.kind === 'new'
    ? [...creation, { kind: 'create-key-group', name: choice.name, publicKeyId: keyPairId }]
    : [
        ...creation,
        { kind: 'add-to-key-group', keyGroup: choice.keyGroup, publicKeyId: keyPairId },
      ];
}

/** What came of changes. */
export interface KeysChanged {
  /** The public key that was created. */
  readonly publicKeyId: string | undefined;
  /** The key group that was created. */
  readonly keyGroup: KeyGroup | undefined;
}

/** How changes are carried out. */
export interface Carrying {
  readonly writer: CloudFrontWriter;
  readonly signal: AbortSignal;
  /** Called as soon as a public key is created, so that its ID is kept whatever comes next. */
  readonly onPublicKey: (id: string) => Promise<Outcome<void>>;
}

/** Carries changes out, one after the other; a signal ends it between two. Errors: the writer's. */
export async function carryOut(
  changes: readonly KeyChange[],
  { writer, signal, onPublicKey }: Carrying,
): Promise<Outcome<KeysChanged>> {
  let publicKeyId: string | undefined;
  let keyGroup: KeyGroup | undefined;
  for (const change of changes) {
    const outcome = await carryOutOne(change);
    if (outcome.kind !== 'ok') return outcome;
  }
  return ok({ publicKeyId, keyGroup });

  async function carryOutOne(change: KeyChange): Promise<Outcome<unknown>> {
    if (change.kind === 'create-public-key') {
      const made = await writer.createPublicKey(change.name, change.publicKeyPem, signal);
      if (made.kind !== 'ok') return made;
      publicKeyId = made.value.id;
      return onPublicKey(publicKeyId);
    }
    if (change.kind === 'create-key-group') {
      const made = await writer.createKeyGroup(change.name, [idOf(change)], signal);
      if (made.kind === 'ok') keyGroup = made.value;
      return made;
    }
    if (change.kind === 'delete-public-key') {
      return writer.deletePublicKey(change.publicKey.id, signal);
    }
    const id = idOf(change);
    const others = (ids: readonly string[]): readonly string[] => ids.filter((one) => one !== id);
    return writer.changeKeyGroup(
      change.keyGroup.id,
      change.kind === 'add-to-key-group'
        ? (ids) => (ids.includes(id) ? ids : [...ids, id])
        : others,
      signal,
    );
  }

  function idOf(change: { readonly publicKeyId: string | undefined }): string {
    const id = change.publicKeyId ?? publicKeyId;
    if (id === undefined) throw new Error('No public key was created before it is used.');
    return id;
  }
}
