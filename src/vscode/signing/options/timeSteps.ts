import { whenText } from '../../../core/cloudfront/optionsSummary.ts';
import type { SignOptions } from '../../../core/cloudfront/signOptions.ts';
import { expiresAt, momentText, parseExpiry, type Expiry } from '../../../core/expiry.ts';
import { fail, ok, type Result } from '../../../core/outcome.ts';
import { pickExpiry } from '../pickExpiry.ts';
import { expiryChoices } from '../settleEnd.ts';
import { faultItem, typedPick, type TypedItem } from '../typedPick.ts';
import { unlessExcluded, type Change, type OptionFlow, type Step } from './optionStep.ts';
import { QUERY_EXCLUDES } from './queryExclusion.ts';

/** Asks when links end. */
export const endStep: Step = async ({ draft, title, typed, source }) => {
  const choices = expiryChoices(source.settings);
  const place = { value: typed, hasBack: true };
  const picked = await pickExpiry(choices, title, source.now, place);
  return picked.kind === 'picked'
    ? { kind: 'picked', choice: { ...draft, expiry: picked.choice.expiry } }
    : picked;
};

/** Asks when links begin. */
export const beginStep: Step = unlessExcluded(QUERY_EXCLUDES, async (flow) => {
  const { notBefore: _, ...atOnce } = flow.draft;
  const none: TypedItem<Change> = { label: 'At Once', alwaysShow: true, choice: atOnce };
  const offered = ['1h', '12h', '1d', '7d'].map((text) => beginItem(text, flow));
  return typedPick<Change>({
    title: flow.title,
    placeholder: 'When shall the link begin to work? 2h from now, 2026-12-24 18:00 …',
    itemsFor: (text) => (text === '' ? [none, ...offered] : [beginItem(text, flow), none]),
    value: flow.typed,
    hasBack: true,
  });
});

function beginItem(text: string, flow: OptionFlow): TypedItem<Change> {
  const begin = parseExpiry(text);
  const moment = begin.kind === 'ok' ? beginOf(begin.value, flow) : begin;
  if (begin.kind !== 'ok') return faultItem(text, begin);
  if (moment.kind !== 'ok') return faultItem(text, moment);
  return {
    label: text,
    detail: `begins ${momentText(moment.value)}`,
    alwaysShow: true,
    choice: { ...flow.draft, notBefore: begin.value },
  };
}

/** The epoch second at which a link of now begins. Errors: `not-before-after-expiry`. */
function beginOf(begin: Expiry, { draft, source }: OptionFlow): Result<number> {
  const { standard, maximum } = expiryChoices(source.settings);
  const now = source.now();
  const moment = begin.kind === 'duration' ? now + begin.seconds : begin.epoch;
  const end = expiresAt(draft.expiry ?? standard.expiry, now, maximum);
  return end.kind === 'ok' && moment >= end.value
    ? fail({ code: 'not-before-after-expiry' })
    : ok(Math.floor(moment));
}

/** When links begin, in a few words. */
export function beginText({ notBefore }: SignOptions): string {
  return notBefore === undefined ? 'at once' : whenText(notBefore);
}
