import type { ProbeLink } from '../../core/cloudfront/linkAnswer.ts';
import type { SignOptions } from '../../core/cloudfront/signOptions.ts';
import type { SignPolicy } from '../../core/cloudfront/signedUrl.ts';
import { cancelled, ok, type Outcome } from '../../core/outcome.ts';
import type { S3Location } from '../../core/s3/location.ts';
import { lookOnce, type Discovery } from '../discovery.ts';
import type { KeyRing } from '../keys/keyRing.ts';
import type { Settings } from '../settings.ts';
import { chooseDistribution, type Choice } from './chooseDistribution.ts';
import { createKeyChooser } from './keyChooser.ts';
import { offerToRemember } from './rememberDistribution.ts';
import { createRouter } from './router.ts';

/** What a plan is made from. */
export interface PlanSource {
  readonly settings: Settings;
  readonly keys: KeyRing;
  readonly discovery: Discovery;
  readonly signPolicy: SignPolicy;
  readonly probeLink: ProbeLink;
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
 * Errors: those of {@link createRouter} and of a key chooser.
 */
export async function planSigning(
  locations: readonly S3Location[],
  options: SignOptions,
  isScripted: boolean,
  source: PlanSource,
): Promise<Outcome<readonly Choice[]>> {
  const { settings, keys, discovery } = source;
  const stored = await keys.list();
  if (stored.kind !== 'ok') return stored;
  const account = lookOnce(discovery, isScripted);
  const chooser = createKeyChooser({
    keys,
    stored: stored.value,
    discovery,
    isScripted,
    named: options.keyPairId,
    account,
  });
  const whoServes = createRouter({
    settings,
    isScripted,
    named: options.distribution,
    account,
    trustsUs: (seen) => (behavior) => chooser.acceptedBy(behavior, seen).length > 0,
  });
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
        keyFor: (endpoint) => chooser.keyFor({ endpoint }, location),
      });
      if (choice.kind === 'ok') byHand.set(bucket, choice.value);
      return choice;
    }
    const { endpoint, isPicked } = served.value;
    const key = await chooser.keyFor(served.value, location);
    if (key.kind !== 'ok') return key;
    if (isPicked && !(await offerToRemember(bucket, endpoint, key.value.keyPairId, settings))) {
      return cancelled;
    }
    return ok({ endpoint, key: key.value });
  }

  const plan: Choice[] = [];
  for (const location of locations) {
    const choice = await choiceFor(location);
    if (choice.kind !== 'ok') return choice;
    plan.push(choice.value);
  }
  return ok(plan);
}
