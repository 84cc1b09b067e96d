import type { ProbeLink } from '../../core/cloudfront/linkAnswer.ts';
import type { SignOptions } from '../../core/cloudfront/signOptions.ts';
import type { SignPolicy } from '../../core/cloudfront/signedUrl.ts';
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

/**
 * Settles for each object which distribution serves it and which key signs for that: what the options
 * name, else what the settings map, else what is found in the account, else, where a person calls,
 * what she says.
 *
 * @returns choices in the order of the locations
 *
 * Errors: those of a router and of a key chooser.
 */
export async function planSigning(
  locations: readonly S3Location[],
  options: SignOptions,
  isScripted: boolean,
  source: PlanSource,
): Promise<Outcome<readonly Choice[]>> {
  const stored = await source.keys.list();
  if (stored.kind !== 'ok') return stored;
  const { whoServes, keyFor } = createServing(options, isScripted, stored.value, source);
  const byHand = new Map<string, Choice>();

  async function choiceFor(location: S3Location): Promise<Outcome<Choice>> {
    const { bucket } = location;
    const served = await whoServes(location);
    if (served.kind !== 'ok') return served;
    if ('reason' in served.value) {
      const before = byHand.get(bucket);
      if (before !== undefined) return ok(before);
      const choice = await chooseDistribution(location, served.value.reason, {
        ...source,
        keyFor: (endpoint) => keyFor({ endpoint }, location),
      });
      if (choice.kind === 'ok') byHand.set(bucket, choice.value);
      return choice;
    }
    const { endpoint, isPicked } = served.value;
    const key = await keyFor(served.value, location);
    if (key.kind !== 'ok') return key;
    const { keyPairId } = key.value;
    if (isPicked && !(await offerToRemember(bucket, endpoint, keyPairId, source.settings))) {
      return cancelled;
    }
    return ok({ endpoint, key: key.value });
  }

  return settleEach(locations, choiceFor);
}
