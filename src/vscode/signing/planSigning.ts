import type { Endpoint } from '../../core/cloudfront/distribution.ts';
import type { ProbeLink } from '../../core/cloudfront/linkAnswer.ts';
import type { SignOptions } from '../../core/cloudfront/signOptions.ts';
import type { SigningKey, SignPolicy } from '../../core/cloudfront/signedUrl.ts';
import { cancelled, ok, type Outcome } from '../../core/outcome.ts';
import type { S3Location } from '../../core/s3/location.ts';
import type { CheckLink } from '../setup/checkSetup.ts';
import { chooseDistribution, type Choice } from './chooseDistribution.ts';
import { offerToRemember } from './rememberDistribution.ts';
import { createServing, settleEach, type ServingSource } from './serving.ts';

/** What a plan is made from. */
export interface PlanSource extends ServingSource {
  readonly signPolicy: SignPolicy;
  readonly probeLink: ProbeLink;
  readonly checkLink: CheckLink;
  /** In epoch seconds. */
  readonly now: () => number;
}

/** Settles for objects who serves them; what was asked or found out once holds for all that come later. */
export type Planner = (locations: readonly S3Location[]) => Promise<Outcome<readonly Choice[]>>;

/**
 * Makes a planner, which settles for each object which distribution serves it and which key signs for
 * that: what the options name, else what the settings map, else what is found in the account, else,
 * where a person calls, what she says. It gives its choices in the order of the objects, and the same
 * one wherever it is the same.
 *
 * Errors: `secret-store-unavailable`; of the planner, those of a router and of a key chooser.
 */
export async function createPlanner(
  options: SignOptions,
  isScripted: boolean,
  source: PlanSource,
): Promise<Outcome<Planner>> {
  const stored = await source.keys.list();
  if (stored.kind !== 'ok') return stored;
  const { whoServes, keyFor } = createServing(options, isScripted, stored.value, source);
  const byHand = new Map<string, Choice>();
  const made = new Map<string, Choice>();

  function choice(endpoint: Endpoint, key: SigningKey): Choice {
    const { protocol, domain, originPath } = endpoint;
    const name = [protocol, domain, originPath, key.keyPairId].join(' ');
    const before = made.get(name);
    // A key that was replaced meanwhile is another one under the same ID.
    if (before?.key.privateKey === key.privateKey) return before;
    const first = { endpoint, key };
    made.set(name, first);
    return first;
  }

  async function choiceFor(location: S3Location): Promise<Outcome<Choice>> {
    const { bucket } = location;
    const served = await whoServes(location);
    if (served.kind !== 'ok') return served;
    if ('reason' in served.value) {
      const before = byHand.get(bucket);
      if (before !== undefined) return ok(before);
      const chosen = await chooseDistribution(location, served.value.reason, {
        ...source,
        keyFor: (endpoint) => keyFor({ endpoint }, location),
      });
      if (chosen.kind === 'ok') byHand.set(bucket, chosen.value);
      return chosen;
    }
    const { endpoint, isPicked } = served.value;
    const key = await keyFor(served.value, location);
    if (key.kind !== 'ok') return key;
    const { keyPairId } = key.value;
    if (isPicked && !(await offerToRemember(bucket, endpoint, keyPairId, source.settings))) {
      return cancelled;
    }
    return ok(choice(endpoint, key.value));
  }

  return ok((locations) => settleEach(locations, choiceFor));
}

/** Settles who serves the objects of one call. Errors: those of {@link createPlanner}. */
export async function planSigning(
  locations: readonly S3Location[],
  options: SignOptions,
  isScripted: boolean,
  source: PlanSource,
): Promise<Outcome<readonly Choice[]>> {
  const planner = await createPlanner(options, isScripted, source);
  return planner.kind === 'ok' ? planner.value(locations) : planner;
}
