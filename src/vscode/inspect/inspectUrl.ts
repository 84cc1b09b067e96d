import { inspectionReport } from '../../core/inspect/inspectionReport.ts';
import { inspectionSummary } from '../../core/inspect/inspectionSummary.ts';
import { inspectText } from '../../core/inspect/inspectText.ts';
import type { Inspection } from '../../core/inspect/inspection.ts';
import { fail, ok, type Outcome, type Result } from '../../core/outcome.ts';
import { isScripted } from '../tree/targets.ts';
import { givenLink } from './givenLink.ts';
import type { LinkSource } from './linkCommands.ts';

/** What is told to whoever shows nothing. */
export type ToldInspection = Inspection & { readonly summary: string };

/**
 * Takes a link apart and shows what it says in a document. Nothing is sent anywhere.
 *
 * Errors: `link-unreadable`, `option-invalid`, `secret-store-unavailable`, and of a script's call
 * `link-unnamed`.
 */
export async function inspectUrl(
  args: readonly unknown[],
  { keys, documents, now }: LinkSource,
): Promise<Outcome<ToldInspection>> {
  const [argument, options] = args;
  const scripted = isScripted(args);
  const [name] = scripted ? Object.keys(options ?? {}) : [];
  if (name !== undefined) {
    return fail({ code: 'option-invalid', option: name, detail: 'An inspection has none.' });
  }
  const text = await givenLink(argument, 'Inspect Signed URL', scripted);
  if (text.kind !== 'ok') return text;
  const told = await tellOf(text.value, { keys, now });
  if (told.kind !== 'ok' || scripted) return told;
  await documents.show(told.value, inspectionReport(told.value, now()));
  return told;
}

/**
 * What a text that opens something says of itself, judged by the keys that are kept here.
 *
 * Errors: `link-unreadable`, `secret-store-unavailable`.
 */
export async function tellOf(
  text: string,
  { keys, now }: Pick<LinkSource, 'keys' | 'now'>,
): Promise<Result<ToldInspection>> {
  const stored = await keys.list();
  if (stored.kind !== 'ok') return stored;
  const time = now();
  const inspected = inspectText(text, stored.value, time);
  return inspected.kind === 'ok'
    ? ok({ summary: inspectionSummary(inspected.value, time), ...inspected.value })
    : inspected;
}
