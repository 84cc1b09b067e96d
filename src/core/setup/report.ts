import { codeBlock, escapeMarkdown } from '../markdown.ts';
import { problemWords, type Problem } from '../problem.ts';
import { s3Uri } from '../s3/location.ts';
import type { CheckResult, Mend, Verdict } from './check.ts';
import type { SetupFacts } from './facts.ts';
import { changeTexts, type ChangeText } from './mends/changeTexts.ts';
import { summarize } from './summary.ts';

/** Each verdict by a sign and a word, since neither a sign nor a colour says it to everybody. */
const VERDICTS: Readonly<Record<Verdict['kind'], string>> = {
  holds: '✔ Holds',
  fails: '✘ **Fails**',
  noted: 'ⓘ Noted',
  unknown: '? Could not be checked',
  skipped: '– Skipped',
};

const FORMS: Readonly<
  Record<ChangeText['form'], { readonly title: string; readonly language: string }>
> = {
  json: { title: 'JSON', language: 'json' },
  cli: { title: 'AWS CLI', language: 'sh' },
  cloudformation: { title: 'CloudFormation', language: 'yaml' },
  terraform: { title: 'Terraform', language: 'hcl' },
  cdk: { title: 'CDK (TypeScript)', language: 'ts' },
};

/**
 * The report of a set-up as Markdown: a summary, what fails with its mend, what is worth knowing, and
 * every check. Nothing that comes from the account is markup in it, or a link.
 */
export function setupReport(
  { bucket, key }: Pick<SetupFacts, 'bucket' | 'key'>,
  results: readonly CheckResult[],
): string {
  const topics = [...new Set(results.map(({ check }) => check.topic))];
  const ofKind = (wanted: Verdict['kind']): readonly CheckResult[] =>
    results.filter(({ verdict }) => verdict.kind === wanted);
  return [
    `# CloudFront set-up of ${escapeMarkdown(s3Uri({ bucket, key: key ?? '' }))}`,
    escapeMarkdown(summarize(results).text),
    ...section('What to mend', ofKind('fails')),
    ...section('Worth knowing', ofKind('noted')),
    '## All checks',
    ...topics.flatMap((topic) => [
      `### ${topic}`,
      results
        .filter(({ check }) => check.topic === topic)
        .map(line)
        .join('\n'),
    ]),
    '',
  ].join('\n\n');
}

function line({ check, verdict }: CheckResult): string {
  const seen = escapeMarkdown(seenText(verdict));
  return `- ${VERDICTS[verdict.kind]}: ${escapeMarkdown(check.title)}. ${seen}`;
}

function section(heading: string, results: readonly CheckResult[]): readonly string[] {
  return results.length === 0 ? [] : [`## ${heading}`, ...results.flatMap(details)];
}

function details({ check, verdict }: CheckResult): readonly string[] {
  return [
    `### ${VERDICTS[verdict.kind]}: ${escapeMarkdown(check.title)}`,
    escapeMarkdown(seenText(verdict)),
    `*Why it matters:* ${escapeMarkdown(check.why)}`,
    ...('mend' in verdict && verdict.mend ? mendBlocks(verdict.mend) : []),
  ];
}

/** What a verdict says in a sentence or two, without its mend. */
export function seenText(verdict: Verdict): string {
  if (verdict.kind === 'unknown') return unknownText(verdict.problem);
  return verdict.kind === 'skipped' ? verdict.reason : verdict.seen;
}

function unknownText(problem: Problem): string {
  if (problem.code === 'access-denied') return `Permission ${problem.permission} is missing.`;
  const { title, remedy } = problemWords(problem);
  return `${title}. ${remedy}`;
}

function mendBlocks({ advice, changes, action }: Mend): readonly string[] {
  return [
    `*How to mend it:* ${escapeMarkdown(advice)}`,
    ...(action === undefined ? [] : [`In VS Code: ${escapeMarkdown(action.title)}`]),
    ...changes.flatMap((change) =>
      changeTexts(change).flatMap(({ form, text }) => {
        const { title, language } = FORMS[form];
        return [`${title}:`, codeBlock(language, text)];
      }),
    ),
  ];
}
