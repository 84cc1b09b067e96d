import * as vscode from 'vscode';
import { mappingFor, type Endpoint } from '../../core/cloudfront/distribution.ts';
import type { ProbeLink } from '../../core/cloudfront/linkAnswer.ts';
import type { SignOptions } from '../../core/cloudfront/signOptions.ts';
import type { SigningKey, SignPolicy } from '../../core/cloudfront/signedUrl.ts';
import { cancelled, fail, ok, type Outcome } from '../../core/outcome.ts';
import type { S3Location } from '../../core/s3/location.ts';
import { askForPrivateKey } from '../keys/importPrivateKey.ts';
import type { KeyRing } from '../keys/keyRing.ts';
import type { Settings } from '../settings.ts';
import { chooseDistribution, type Choice } from './chooseDistribution.ts';

/** What a plan is made from. */
export interface PlanSource {
  readonly settings: Settings;
  readonly keys: KeyRing;
  readonly signPolicy: SignPolicy;
  readonly probeLink: ProbeLink;
  /** In epoch seconds. */
  readonly now: () => number;
}

/**
 * Settles for each object which distribution serves it and which key signs for that: what the options
 * name, else what the settings map, else, where a person calls, what she chooses.
 *
 * @returns choices in the order of the locations
 *
 * Errors: `distribution-unknown`, `private-key-missing`, `option-invalid` (several keys, none named).
 */
export async function planSigning(
  locations: readonly S3Location[],
  options: SignOptions,
  isScripted: boolean,
  source: PlanSource,
): Promise<Outcome<readonly Choice[]>> {
  const mappings = source.settings.get('distributions');
  const keys = new Map<string | undefined, SigningKey>();
  const chosen = new Map<string, Choice>();

  async function keyFor(mapped: string | undefined): Promise<Outcome<SigningKey>> {
    const wanted = options.keyPairId ?? mapped;
    const known = keys.get(wanted);
    if (known) return ok(known);
    const key =
      wanted === undefined
        ? await chooseKey(source.keys, isScripted)
        : await source.keys.signingKey(wanted);
    if (key.kind === 'ok') keys.set(wanted, key.value);
    return key;
  }

  function routeFor(
    location: S3Location,
  ): (Endpoint & { readonly keyPairId?: string | undefined }) | undefined {
    const { distribution } = options;
    if (distribution === undefined) return mappingFor(mappings, location);
    const ofDomain = mappings.filter(({ domain }) => domain === distribution.domain);
    return mappingFor(ofDomain, location) ?? { ...distribution, originPath: '' };
  }

  const plan: Choice[] = [];
  for (const location of locations) {
    const route = routeFor(location);
    let choice = chosen.get(location.bucket);
    if (route !== undefined) {
      const key = await keyFor(route.keyPairId);
      if (key.kind !== 'ok') return key;
      choice = { endpoint: route, key: key.value };
    } else if (choice === undefined) {
      if (isScripted) return fail({ code: 'distribution-unknown', location });
      const answer = await chooseDistribution(location, {
        ...source,
        chooseKey: () => keyFor(undefined),
      });
      if (answer.kind !== 'ok') return answer;
      choice = answer.value;
      chosen.set(location.bucket, choice);
    }
    plan.push(choice);
  }
  return ok(plan);
}

/** The only key there is, or the one that is picked; without any, one that is imported now. */
async function chooseKey(keys: KeyRing, isScripted: boolean): Promise<Outcome<SigningKey>> {
  const stored = await keys.list();
  if (stored.kind !== 'ok') return stored;
  const [only, another] = stored.value;
  if (only === undefined) {
    if (isScripted) return fail({ code: 'private-key-missing', keyPairId: undefined });
    const imported = await askForPrivateKey(keys);
    return imported.kind === 'ok' ? keys.signingKey(imported.value.keyPairId) : imported;
  }
  if (another === undefined) return keys.signingKey(only.keyPairId);
  if (isScripted) {
    const detail = `Several private keys are kept. Name one: ${stored.value.map(({ keyPairId }) => keyPairId).join(', ')}.`;
    return fail({ code: 'option-invalid', option: 'keyPairId', detail });
  }
  const picked = await vscode.window.showQuickPick(
    stored.value.map(({ name, keyPairId, kind }) => ({
      label: name,
      description: `${keyPairId} · ${kind}`,
      iconPath: new vscode.ThemeIcon('key'),
      keyPairId,
    })),
    { title: 'Sign with Which Key?', matchOnDescription: true, ignoreFocusOut: true },
  );
  return picked === undefined ? cancelled : keys.signingKey(picked.keyPairId);
}
