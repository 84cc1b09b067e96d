import type { Distribution, KeyGroup, PublicKey } from '../cloudfront/account.ts';
import type { CloudFrontWriter } from '../cloudfront/cloudFrontWriter.ts';

import { cancelled, ok, type Outcome } from '../outcome.ts';
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
  switch (change.kind) {
    case 'create-public-key':
      return `The public key “${visibleText(change.name)}” is created.`;
    case 'create-key-group':
      return `The key group “${visibleText(change.name)}” is created with it. No behavior trusts the group before you have one do so.`;
    case 'add-to-key-group':
      return `${change.publicKeyId ?? 'It'} is added to the key group ${groupWords(change.keyGroup, distributions)}.`;
    case 'remove-from-key-group':
      return `${change.publicKeyId} is taken out of the key group ${groupWords(change.keyGroup, distributions)}.`;
    case 'delete-public-key':
      return `The public key ${change.publicKey.id} “${visibleText(change.publicKey.name)}” is deleted.`;
  }
}

function groupWords(
  { id, name }: KeyGroup,
  distributions: readonly Distribution[] | undefined,
): string {
  return `“${visibleText(name)}”, ${trustWords(id, distributions)}`;
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
  onPublicKey(id: string): Promise<Outcome<void>>;
}

/** Carries changes out, one after the other; a signal ends it between two. Errors: the writer's. */
export async function carryOut(
  changes: readonly KeyChange[],
  { writer, signal, onPublicKey }: Carrying,
): Promise<Outcome<KeysChanged>> {
  let publicKeyId: string | undefined;
  let keyGroup: KeyGroup | undefined;
  for (const change of changes) {
    if (signal.aborted) return cancelled;
    const outcome = await carryOutOne(change);
    if (outcome.kind !== 'ok') return outcome;
  }
  return ok({ publicKeyId, keyGroup });

  async function carryOutOne(change: KeyChange): Promise<Outcome<unknown>> {
    switch (change.kind) {
      case 'create-public-key': {
        const made = await writer.createPublicKey(change.name, change.publicKeyPem, signal);
        if (made.kind !== 'ok') return made;
        publicKeyId = made.value.id;
        return onPublicKey(publicKeyId);
      }
      case 'create-key-group': {
        const made = await writer.createKeyGroup(change.name, [idOf(change)], signal);
        if (made.kind === 'ok') keyGroup = made.value;
        return made;
      }
      case 'add-to-key-group': {
        const id = idOf(change);
        return writer.changeKeyGroup(
          change.keyGroup.id,
          (ids) => (ids.includes(id) ? ids : [...ids, id]),
          signal,
        );
      }
      case 'remove-from-key-group':
        return writer.changeKeyGroup(
          change.keyGroup.id,
          (ids) => ids.filter((id) => id !== change.publicKeyId),
          signal,
        );
      case 'delete-public-key':
        return writer.deletePublicKey(change.publicKey.id, signal);
    }
  }

  function idOf(change: { readonly publicKeyId: string | undefined }): string {
    const id = change.publicKeyId ?? publicKeyId;
    if (id === undefined) throw new Error('No public key was created before it is used.');
    return id;
  }
}
