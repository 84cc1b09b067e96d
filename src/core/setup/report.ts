import { codeBlock, escapeMarkdown } from '../markdown.ts';
import { problemWords, type Problem } from '../problem.ts';
import { s3Uri } from '../s3/location.ts';
import type { CheckResult, Mend, Topic, Verdict } from './check.ts';
import type { SetupFacts } from './facts.ts';
import type { ChangeText } from './mends/changeTexts.ts';
import { FORM_NAMES } from './mends/formNames.ts';
import { plainChange } from './plainChange.ts';
import { summarize } from './summary.ts';
import { distributionName } from './words.ts';

/** Each verdict by a sign and a word, since neither a sign nor a colour says it to everybody. */
const VERDICTS: Readonly<Record<Verdict['kind'], string>> = {
  holds: '✔ Holds',
  fails: '✘ **Fails**',
  noted: 'ℹ Noted',
  unknown: '? Could not be checked',
  skipped: '– Skipped',
};

/** What the counts of a topic call each verdict, the ones first that matter most. */
const COUNTED: readonly (readonly [kind: Verdict['kind'], word: string])[] = [
  ['fails', '✘ fails'],
  ['unknown', '? not checked'],
  ['noted', 'ℹ noted'],
  ['holds', '✔ holds'],
  ['skipped', '– skipped'],
];

const LANGUAGES: Readonly<Record<ChangeText['form'], string>> = {
  json: 'json',
  cli: 'sh',
  cloudformation: 'yaml',
  terraform: 'hcl',
  cdk: 'ts',
};

/** What of the facts a report names. */
type Subject = Pick<SetupFacts, 'bucket' | 'key' | 'route' | 'endpoint' | 'signer'>;

/**
 * The report of a set-up as Markdown: a summary, what fails with its mend, what is worth knowing, and
 * every check. Long parts are folded (`<details>`), and a Tab key goes from one to the next. Nothing
 * that comes from the account is markup in it, or a link.
 */
export function setupReport(subject: Subject, results: readonly CheckResult[]): string {
  const { bucket, key = '' } = subject;
  const topics = [...new Set(results.map(({ check }) => check.topic))];
  const ofKind = (wanted: Verdict['kind']): readonly CheckResult[] =>
    results.filter(({ verdict }) => verdict.kind === wanted);
  return [
    `# CloudFront set-up of ${escapeMarkdown(s3Uri({ bucket, key }))}`,
    `**${escapeMarkdown(summarize(results).text)}**`,
    escapeMarkdown(way(subject)),
    ...section('What to mend', ofKind('fails')),
    ...section('Worth knowing', ofKind('noted')),
    '## All checks',
    ...topics.flatMap((topic) =>
      topicList(
        topic,
        results.filter(({ check }) => check.topic === topic),
      ),
    ),
    '',
  ].join('\n\n');
}

/** Which links were looked at, in a sentence or two. */
function way({ key, route, endpoint, signer }: Subject): string {
  const through = route && `through ${distributionName(route.distribution)}`;
  const isOwnName = endpoint?.domain === route?.distribution.domainName;
  const at = endpoint && !isOwnName ? `at ${endpoint.domain}` : undefined;
  const signed = signer && `signed with ${signer.keyPairId}`;
  const words = [through, at, signed].filter((word) => word !== undefined);
  return [
    ...(words.length === 0 ? [] : [`These are links ${words.join(', ')}.`]),
    ...(key === undefined ? ['There was no object to try.'] : []),
    'Nothing was changed.',
  ].join(' ');
}

/** @param summary holds nothing of the account: within the tag, nothing would be escaped */
function folded(summary: string, content: readonly string[], isOpen: boolean): readonly string[] {
  return [
    `<details${isOpen ? ' open' : ''}>\n<summary>${summary}</summary>`,
    ...content,
    '</details>',
  ];
}

function topicList(topic: Topic, results: readonly CheckResult[]): readonly string[] {
  const counts = COUNTED.flatMap(([kind, word]) => {
    const count = results.filter(({ verdict }) => verdict.kind === kind).length;
    return count === 0 ? [] : [`${count} ${word}`];
  });
  const isGood = results.every(({ verdict: { kind } }) => kind === 'holds' || kind === 'skipped');
  const list = results.map(line).join('\n');
  return folded(`<b>${topic}</b>: ${counts.join(', ')}`, [list], !isGood);
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
  const isOne = changes.length === 1;
  return [
    `*How to mend it:* ${escapeMarkdown(advice)}`,
    ...(action === undefined ? [] : [`In VS Code: **${escapeMarkdown(action.title)}**`]),
    ...changes.map(plainChange).flatMap(({ subject, texts }) =>
      texts.flatMap(({ form, text }) => {
        const name = isOne ? FORM_NAMES[form] : `${subject}: ${FORM_NAMES[form]}`;
        return folded(name, [codeBlock(LANGUAGES[form], text)], false);
      }),
    ),
  ];
}
