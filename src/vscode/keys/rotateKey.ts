import type { RotationOptions } from '../../core/keys/keyPairOptions.ts';
import { rotationStep } from '../../core/keys/rotation.ts';
import { cancelled, fail, ok, type Outcome } from '../../core/outcome.ts';
import { designSuccessor, lookAtRotation, type Rotator } from './rotationStanding.ts';
import {
  addSuccessor,
  inProgress,
  retireOld,
  switchToSuccessor,
  waitForDeployment,
  type Rotated,
  type Rotation,
} from './rotationSteps.ts';

/**
 * Goes on with the rotation of a key from where it stands, each step confirmed: to the switch to the
 * new key, and when it is called again after that, to the end of the old one.
 *
 * @param options of a script, which is asked nothing and names the half that it wants
 * @returns undefined where the user goes on by commands
 *
 * Errors: `private-key-missing`, `public-key-missing`, `account-differs`, those of the account and of
 * its writer; where a script calls, `option-invalid`.
 */
export async function rotateKey(
  keyPairId: string,
  options: RotationOptions | undefined,
  rotator: Rotator,
): Promise<Outcome<Rotated | undefined>> {
  for (;;) {
    const looked = await inProgress(
      'Looking into the account’s CloudFront…',
      options !== undefined,
      (signal) => lookAtRotation(keyPairId, options !== undefined, rotator, signal),
    );
    if (looked.kind !== 'ok') return looked;
    const standing = looked.value;
    if (options?.step === 'remove' && standing.since === undefined) {
      const detail = 'New links are not signed with another key yet. Call it with replace first.';
      return fail({ code: 'option-invalid', option: 'step', detail });
    }
    const isBegun = standing.successor !== undefined;
    const successor = standing.successor ?? (await designSuccessor(standing, options, rotator));
    if (successor === undefined) return cancelled;
    const taken = await takeStep({ ...standing, successor, isBegun }, options, rotator);
    if (taken.kind !== 'ok') return taken;
    const { value } = taken;
    if (value !== 'goes on') return ok(value);
  }
}

/** @returns what came of the whole, or that there is more to do; undefined for commands */
async function takeStep(
  rotation: Rotation,
  options: RotationOptions | undefined,
  rotator: Rotator,
): Promise<Outcome<Rotated | 'goes on' | undefined>> {
  const { old } = rotation;
  const isScripted = options !== undefined;
  const step = rotationStep({ ...rotation, oldKeyPairId: old.keyPairId });
  if (step.kind === 'add') return addSuccessor(rotation, step.changes, isScripted, rotator);
  if (step.kind === 'wait') return waitForDeployment(step.distributions, isScripted, rotator);
  if (step.kind === 'switch') {
    return switchToSuccessor(step.keyPairId, rotation, isScripted, rotator);
  }
  return options?.step === 'replace'
    ? ok({ oldKeyPairId: old.keyPairId, newKeyPairId: step.keyPairId })
    : retireOld(rotation, step.keyPairId, step.changes, isScripted, rotator);
}
