import * as vscode from 'vscode';
import { optionsSummary } from '../../../core/cloudfront/optionsSummary.ts';
import { QUERY_AS_WILDCARD } from '../../../core/cloudfront/signObject.ts';
import { hasQueryAsWildcard } from '../../../core/cloudfront/signPresets.ts';
import type { SignOptions } from '../../../core/cloudfront/signOptions.ts';
import { expiresAt } from '../../../core/expiry.ts';
import { cancelled, ok, type Outcome } from '../../../core/outcome.ts';
import { problemWords, type Problem } from '../../../core/problem.ts';
import type { S3Location } from '../../../core/s3/location.ts';
import { visibleText } from '../../../core/s3/visibleText.ts';
import { lookOnce } from '../../discovery.ts';
import { showProblem } from '../../problems.ts';
import type { SigningSource } from '../copySignedUrl.ts';
import { presetItems } from '../presetItems.ts';
import { expiryChoices, titleOf } from '../settleEnd.ts';
import { typedPick, type Picked, type TypedItem } from '../typedPick.ts';
import { linkFacts } from './linkFacts.ts';
import { OPTION_ROWS, type OptionRow } from './optionRows.ts';
import { savePreset } from './savePreset.ts';

/** What the list of options leads to. */
type HubChoice =
  | { readonly row: OptionRow }
  | { readonly preset: SignOptions }
  | { readonly next: 'copy' | 'reset' | 'save' };

/**
 * Asks for the options of links: a list of them all with what each is now, and a step for each. It
 * begins with those of the last time, and ends with a copy, or is given up and keeps what was chosen.
 */
export async function askOptions(
  locations: readonly S3Location[],
  source: SigningSource,
): Promise<Outcome<SignOptions>> {
  const { settings, optionMemory: memory, discovery, now } = source;
  const title = titleOf('Signed URL', locations);
  const account = lookOnce(discovery, true);
  const typed = new Map<OptionRow, string>();
  let draft = memory.recall(locations, settings.get('link.templates'), now());

  async function take(row: OptionRow): Promise<'stay' | 'leave'> {
    const asked = await row.ask({
      locations,
      title: `${title}: ${row.label.replace(/^\$\([\w-]+\) /, '')}`,
      draft,
      typed: typed.get(row) ?? '',
      source,
      facts: () => linkFacts(locations, draft.distribution, account, source),
    });
    if (asked.kind === 'cancelled') return 'leave';
    if (asked.kind === 'back') {
      typed.set(row, asked.typed);
      return 'stay';
    }
    typed.delete(row);
    const changed = typeof asked.choice === 'function' ? await asked.choice() : ok(asked.choice);
    if (changed.kind === 'cancelled') return 'leave';
    if (changed.kind === 'problem') showProblem(changed.problem);
    else draft = changed.value;
    return 'stay';
  }

  for (;;) {
    const picked = await pickFromHub(title, draft, source);
    if (picked.kind !== 'picked') break;
    const { choice } = picked;
    if ('row' in choice) {
      if ((await take(choice.row)) === 'leave') break;
    } else if ('preset' in choice) {
      draft = choice.preset;
    } else if (choice.next === 'copy') {
      memory.putAside(locations, draft);
      return ok(draft);
    } else if (choice.next === 'reset') {
      draft = {};
    } else {
      await savePreset(draft, settings);
    }
  }
  memory.putAside(locations, draft);
  return cancelled;
}

function pickFromHub(
  title: string,
  draft: SignOptions,
  source: SigningSource,
): Promise<Picked<HubChoice>> {
  const { Separator } = vscode.QuickPickItemKind;
  const items: readonly TypedItem<HubChoice>[] = [
    copyItem(draft, source),
    { label: 'Options', kind: Separator, choice: undefined },
    ...OPTION_ROWS.map((row) => ({
      label: row.label,
      description: visibleText(row.text(draft, source)),
      choice: { row },
    })),
    ...presetItems(source),
    { label: '', kind: Separator, choice: undefined },
    { label: '$(add) Save as Preset…', choice: { next: 'save' } },
    ...(Object.keys(draft).length === 0
      ? []
      : [{ label: '$(discard) Start Afresh', choice: { next: 'reset' as const } }]),
  ];
  return typedPick<HubChoice>({
    title,
    placeholder: 'Enter copies. Choose an option to change it.',
    itemsFor: () => items,
  });
}

/** What is copied, in a line; or why it cannot be. */
function copyItem(draft: SignOptions, source: SigningSource): TypedItem<HubChoice> {
  const { standard } = expiryChoices(source.settings);
  const problem = problemOf(draft, source);
  if (problem === undefined) {
    return {
      label: '$(link) Copy',
      detail: optionsSummary({ ...draft, expiry: draft.expiry ?? standard.expiry }),
      choice: { next: 'copy' },
    };
  }
  const { title, remedy } = problemWords(problem);
  return { label: `$(error) ${title}`, detail: remedy, choice: undefined };
}

/** Why no link can be made with the options, as far as they alone tell it. */
function problemOf(draft: SignOptions, { settings, now }: SigningSource): Problem | undefined {
  const { standard, maximum } = expiryChoices(settings);
  const end = expiresAt(draft.expiry ?? standard.expiry, now(), maximum);
  if (end.kind !== 'ok') return end.problem;
  const { notBefore } = draft;
  const begin = notBefore?.kind === 'duration' ? now() + notBefore.seconds : notBefore?.epoch;
  if (begin !== undefined && begin >= end.value) return { code: 'not-before-after-expiry' };
  return hasQueryAsWildcard(draft) ? QUERY_AS_WILDCARD : undefined;
}
