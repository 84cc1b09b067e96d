import { inspectionReport } from '../../core/inspect/inspectionReport.ts';
import { inspectionSummary } from '../../core/inspect/inspectionSummary.ts';
import { inspectText } from '../../core/inspect/inspectText.ts';
import type { Inspection } from '../../core/inspect/inspection.ts';
import { fail, ok, type Outcome } from '../../core/outcome.ts';
import { isScripted } from '../tree/targets.ts';
import { givenLink } from './givenLink.ts';
import type { LinkSource } from './linkCommands.ts';

/** What is told to a script. */
type ToldInspection = Inspection & { readonly summary: string };

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
  const stored = await keys.list();
  if (stored.kind !== 'ok') return stored;
  const time = now();
  const inspected = inspectText(text.value, stored.value, time);
  if (inspected.kind !== 'ok') return inspected;
  const inspection = inspected.value;
  if (!scripted) await documents.show(inspection, inspectionReport(inspection, time));
  return ok({ summary: inspectionSummary(inspection, time), ...inspection });
}
