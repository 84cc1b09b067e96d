import * as vscode from 'vscode';
import type { CacheBehavior, Distribution, KeyGroup } from '../../core/cloudfront/account.ts';
import { isRestricted } from '../../core/cloudfront/keyMatch.ts';
import type { Change } from '../../core/setup/change.ts';
import { FORM_NAMES } from '../../core/setup/mends/formNames.ts';
import { counted } from '../../core/counted.ts';
import { distributionName } from '../../core/setup/words.ts';
import { ask, tell } from '../messages.ts';

/**
 * Says that a key group is there, trusted by nobody yet, and hands over the change that has a behavior
 * trust it. The user makes it: nothing here changes a distribution.
 *
 * @param done what was done, a sentence
 */
export async function offerTrust(
  done: string,
  keyGroup: KeyGroup,
  distributions: readonly Distribution[],
): Promise<void> {
  const copy = 'Copy the Change…';
  const answer = await ask(
    'info',
    `${done} Its links work once a behavior trusts the group.`,
    ...(distributions.length === 0 ? [] : [copy]),
  );
  if (answer !== copy) return;
  const change = await pickTrust(keyGroup, distributions);
  if (change === undefined) return;
  const { changeTexts } = await import('../../core/setup/mends/changeTexts.ts');
  const form = await vscode.window.showQuickPick(
    changeTexts(change).map(({ form: name, text }) => ({ label: FORM_NAMES[name], text })),
    {
      title: `Have “${keyGroup.name}” Trusted`,
      placeHolder: 'Copy the change as',
      ignoreFocusOut: true,
    },
  );
  if (form === undefined) return;
  await vscode.env.clipboard.writeText(form.text);
  tell(`Copied the change as ${form.label}. It is yours to make: no distribution was changed.`);
}

async function pickTrust(
  { id, name }: KeyGroup,
  distributions: readonly Distribution[],
): Promise<Change | undefined> {
  const items = distributions.flatMap((distribution) =>
    distribution.behaviors.map((behavior) => ({
      label: behavior.pathPattern ?? 'Default behavior',
      description: `of ${distributionName(distribution)}`,
      detail: effectOn(behavior),
      change: {
        kind: 'distribution' as const,
        distributionId: distribution.id,
        edits: [
          {
            kind: 'trust-key-groups' as const,
            pathPattern: behavior.pathPattern,
            keyGroupIds: [...behavior.keyGroupIds, id],
          },
        ],
      },
    })),
  );
  const picked = await vscode.window.showQuickPick(items, {
    title: `Have “${name}” Trusted`,
    placeHolder: 'By which behavior?',
    matchOnDescription: true,
    ignoreFocusOut: true,
  });
  return picked?.change;
}

function effectOn(behavior: CacheBehavior): string {
  return isRestricted(behavior)
    ? `Trusts ${counted(behavior.keyGroupIds.length, 'key group')} now, which it goes on doing`
    : 'Serves without a signature now: from then on, signed links alone';
}
