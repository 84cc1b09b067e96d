import { codeBlock, escapeMarkdown } from '../markdown.ts';
import { problemWords, type Problem } from '../problem.ts';
import { s3Uri } from '../s3/location.ts';
import type { CheckResult, Mend, Topic, Verdict } from './check.ts';
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
 * The report of a set-up as Markdown: a summary, every check with what was seen, and how to mend what
 * fails. Nothing that comes from the account is markup in it, or a link.
 */
export function setupReport(
  { bucket, key }: Pick<SetupFacts, 'bucket' | 'key'>,
  results: readonly CheckResult[],
): string {
  const topics = [...new Set(results.map(({ check }) => check.topic))];
  return [
    `# CloudFront set-up of ${escapeMarkdown(s3Uri({ bucket, key: key ?? '' }))}`,
    escapeMarkdown(summarize(results).text),
    ...topics.flatMap((topic) => topicBlocks(topic, results)),
    '',
  ].join('\n\n');
}

function topicBlocks(topic: Topic, results: readonly CheckResult[]): readonly string[] {
  const own = results.filter(({ check }) => check.topic === topic);
  return [`## ${topic}`, ...own.flatMap(checkBlocks)];
}

function checkBlocks({ check, verdict }: CheckResult): readonly string[] {
  const { kind } = verdict;
  const needsWhy = kind === 'fails' || kind === 'noted';
  return [
    `### ${VERDICTS[kind]}: ${escapeMarkdown(check.title)}`,
    escapeMarkdown(seenText(verdict)),
    ...(needsWhy ? [`*Why it matters:* ${escapeMarkdown(check.why)}`] : []),
    ...('mend' in verdict && verdict.mend ? mendBlocks(verdict.mend) : []),
  ];
}

/** What a verdict says in a sentence or two, without its mend. */
export function seenText(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'holds':
    case 'fails':
    case 'noted':
      return verdict.seen;
    case 'skipped':
      return verdict.reason;
    case 'unknown':
      return unknownText(verdict.problem);
  }
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
