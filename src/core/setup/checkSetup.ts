import { ok, type Outcome } from '../outcome.ts';
import { gatherFacts, type SetupQuestion, type SetupSources } from './gatherFacts.ts';
import { plainReport, type PlainReport } from './plainReport.ts';
import { setupReport } from './report.ts';
import { runChecks } from './runChecks.ts';
import { summarize, type SetupSummary } from './summary.ts';

/** What came of checking a set-up, for whoever reads it. */
export interface SetupReport {
  readonly summary: SetupSummary;
  readonly plain: PlainReport;
  /** The whole report as a document. */
  readonly markdown: string;
}

/** Looks at a set-up, judges it, and reports it. Nothing is changed. */
export async function checkSetup(
  question: SetupQuestion,
  sources: SetupSources,
  signal: AbortSignal,
): Promise<Outcome<SetupReport>> {
  const facts = await gatherFacts(question, sources, signal);
  if (facts.kind !== 'ok') return facts;
  const results = runChecks(facts.value);
  return ok({
    summary: summarize(results),
    plain: plainReport(results),
    markdown: setupReport(facts.value, results),
  });
}
