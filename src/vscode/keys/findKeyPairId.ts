import { publicKeysOf } from '../../core/cloudfront/keyMatch.ts';
import { problemWords } from '../../core/problem.ts';
import type { Discovery } from '../discovery.ts';

/** What the account calls a key; or why that is not known, a sentence without a full stop. */
export type KnownKey =
  | { readonly keyPairId: string; readonly name?: string | undefined }
  | { readonly keyPairId?: undefined; readonly name?: undefined; readonly reason: string };

/** Looks for a private key among the account's public keys, by its public half. */
export async function findKeyPairId(
  publicKeyPem: string,
  discovery: Discovery,
  isScripted: boolean,
): Promise<KnownKey> {
  const listed = await discovery.publicKeys(isScripted);
  if (listed.kind === 'cancelled') return { reason: 'The account was not asked' };
  if (listed.kind === 'problem') return { reason: problemWords(listed.problem).title };
  const [only, another] = publicKeysOf(publicKeyPem, listed.value);
  if (only === undefined) return { reason: 'The account has no public key that belongs to it' };
  if (another !== undefined) {
    return { reason: `The account has its public half as ${only.id} and as ${another.id}` };
  }
  return { keyPairId: only.id, name: only.name || undefined };
}
