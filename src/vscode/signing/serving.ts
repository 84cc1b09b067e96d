import type { SignOptions } from '../../core/cloudfront/signOptions.ts';
import { ok, type Outcome } from '../../core/outcome.ts';
import type { S3Location } from '../../core/s3/location.ts';
import { lookOnce, type Discovery } from '../discovery.ts';
import type { KeyRing, StoredKey } from '../keys/keyRing.ts';
import type { Settings } from '../settings.ts';
import { takingTurns } from '../takingTurns.ts';
import { createKeyChooser, type KeyChooser } from './keyChooser.ts';
import { createRouter, type Router } from './router.ts';

/** What there is to find out from who serves objects, and who signs for that. */
export interface ServingSource {
  readonly settings: Settings;
  readonly keys: KeyRing;
  readonly discovery: Discovery;
}

/** Who serves the objects of one call, and which keys sign for that. They look into the account once. */
export function createServing(
  { distribution, keyPairId }: SignOptions,
  isScripted: boolean,
  stored: readonly StoredKey[],
  { settings, keys, discovery }: ServingSource,
): { readonly whoServes: Router; readonly keyFor: KeyChooser['keyFor'] } {
  const account = lookOnce(discovery, isScripted);
  const { acceptedBy, keyFor } = createKeyChooser({
    keys,
    stored,
    discovery,
    isScripted,
    named: keyPairId,
    account,
  });
  const whoServes = createRouter({
    settings,
    isScripted,
    named: distribution,
    account,
    trustsUs: (seen) => (behavior) => acceptedBy(behavior, seen).length > 0,
  });
  return { whoServes, keyFor };
}

/**
 * Settles something for each object, one after another, since each may ask the user, and lets others
 * have a turn in between.
 */
export async function settleEach<T>(
  locations: readonly S3Location[],
  settle: (location: S3Location) => Promise<Outcome<T>>,
): Promise<Outcome<readonly T[]>> {
  const settled: T[] = [];
  const giveTurn = takingTurns();
  for (const location of locations) {
    const outcome = await settle(location);
    if (outcome.kind !== 'ok') return outcome;
    settled.push(outcome.value);
    await giveTurn();
  }
  return ok(settled);
}
