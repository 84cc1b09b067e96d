import * as vscode from 'vscode';
import type { CacheBehavior } from '../../core/cloudfront/account.ts';
import { trustedKeys, type TrustedKey } from '../../core/cloudfront/keyMatch.ts';
import { routeThrough } from '../../core/cloudfront/route.ts';
import { keysInUse } from '../../core/keys/rotation.ts';
import type { SigningKey } from '../../core/cloudfront/signedUrl.ts';
import { cancelled, fail, ok, type Outcome } from '../../core/outcome.ts';
import type { S3Location } from '../../core/s3/location.ts';
import type { Account, Discovery } from '../discovery.ts';
import { askForFirstKey } from '../keys/firstKey.ts';
import type { KeyRing, StoredKey } from '../keys/keyRing.ts';
import type { Served } from './router.ts';

/** What there is to sign with, and who may be asked. */
export interface KeySource {
  readonly keys: KeyRing;
  /** The keys that are kept now. */
  readonly stored: readonly StoredKey[];
  readonly discovery: Discovery;
  readonly isScripted: boolean;
  /** The key pair ID that the caller has named. */
  readonly named: string | undefined;
  /** Looks into the account, the first time that it is called. */
  account(): Promise<Outcome<Account>>;
}

/** Chooses keys for one object after another; a choice holds wherever the same keys are accepted. */
export interface KeyChooser {
  /** The keys that are kept and whose signatures a behavior accepts. */
  readonly acceptedBy: (
    behavior: CacheBehavior,
    account: Account,
  ) => readonly TrustedKey<StoredKey>[];
  /**
   * The key that signs for an object: what the caller names, else what the settings name, else the
   * one that is accepted. Where there is none, the user is asked for one; where there are several, she
   * picks.
   *
   * Errors: `private-key-missing`, `key-untrusted`; where a script calls, `option-invalid` (several
   * keys, none named).
   */
  readonly keyFor: (served: Served, location: S3Location) => Promise<Outcome<SigningKey>>;
}

export function createKeyChooser(source: KeySource): KeyChooser {
  const { keys, isScripted } = source;
  const accepted = new Map<CacheBehavior, readonly TrustedKey<StoredKey>[]>();
  const chosen = new Map<string, SigningKey>();
  let { stored } = source;

  function acceptedBy(behavior: CacheBehavior, account: Account): readonly TrustedKey<StoredKey>[] {
    const known = accepted.get(behavior) ?? trustedKeys(behavior, stored, account);
    accepted.set(behavior, known);
    return known;
  }

  async function candidates(
    { endpoint, route }: Served,
    location: S3Location,
  ): Promise<readonly TrustedKey<StoredKey>[]> {
    const all = stored.map((key) => ({ key, keyPairId: key.keyPairId }));
    // Where there is nothing to choose from, the settings can be used without a network.
    if (route === undefined && all.length === 1) return all;
    const account = await source.account();
    if (account.kind !== 'ok') return all;
    const way = route ?? routeThrough(endpoint.domain, location, account.value.distributions);
    return way === undefined ? all : acceptedBy(way.behavior, account.value);
  }

  async function choose(from: readonly TrustedKey<StoredKey>[]): Promise<Outcome<SigningKey>> {
    const id = from.map(({ keyPairId }) => keyPairId).join();
    const before = chosen.get(id);
    if (before !== undefined) return ok(before);
    const trusted = from.length === 1 ? from[0] : await pickKey(from);
    if (trusted === undefined) return cancelled;
    const key = await keys.signingKey(trusted.key.keyPairId);
    if (key.kind !== 'ok') return key;
    // The account may know the key by another ID than the one that it was imported with.
    const signing = { ...key.value, keyPairId: trusted.keyPairId };
    chosen.set(id, signing);
    return ok(signing);
  }

  return {
    acceptedBy,
    async keyFor(served, location) {
      const named = source.named ?? served.keyPairId;
      if (named !== undefined) return keys.signingKey(named);
      if (stored.length === 0) {
        if (isScripted) return fail({ code: 'private-key-missing', keyPairId: undefined });
        const first = await askForFirstKey(keys, source.discovery);
        if (first.kind !== 'ok') return first;
        stored = [first.value];
        accepted.clear();
      }
      const accepting = await candidates(served, location);
      const inUse = keysInUse(accepting.map(({ key }) => key));
      const from = accepting.filter(({ key }) => inUse.includes(key));
      if (from.length === 0) {
        const keyPairIds = stored.map(({ keyPairId }) => keyPairId);
        const { domain } = served.endpoint;
        return fail({ code: 'key-untrusted', location, domain, keyPairIds });
      }
      if (from.length > 1 && isScripted) {
        const detail = `Several private keys are kept. Name one: ${from.map(({ keyPairId }) => keyPairId).join(', ')}.`;
        return fail({ code: 'option-invalid', option: 'keyPairId', detail });
      }
      return choose(from);
    },
  };
}

async function pickKey(
  from: readonly TrustedKey<StoredKey>[],
): Promise<TrustedKey<StoredKey> | undefined> {
  const picked = await vscode.window.showQuickPick(
    from.map((trusted) => ({
      label: trusted.key.name,
      description: `${trusted.keyPairId} · ${trusted.key.kind}`,
      iconPath: new vscode.ThemeIcon('key'),
      trusted,
    })),
    { title: 'Sign with Which Key?', matchOnDescription: true, ignoreFocusOut: true },
  );
  return picked?.trusted;
}
