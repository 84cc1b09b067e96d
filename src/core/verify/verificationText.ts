import { durationText } from '../expiry.ts';
import { inspectionReport } from '../inspect/inspectionReport.ts';
import { inspectionSummary } from '../inspect/inspectionSummary.ts';
import { escapeMarkdown } from '../markdown.ts';
import { causeText } from './causes.ts';
import type { Verification } from './verifyLink.ts';

/**
 * What came of verifying a link, in a few sentences.
 *
 * @param now in epoch seconds
 */
export function verificationSummary(verification: Verification, now: number): string {
  const { verdict, causes, inspection, isOpen } = verification;
  const [cause] = causes;
  if (verdict === 'unknown') {
    return `Nothing in it speaks against it; nobody was asked. ${inspectionSummary(inspection, now)}`;
  }
  if (verdict === 'fails') {
    return `It does not work. ${cause === undefined ? '' : causeText(cause)}`.trim();
  }
  const mistake = inspection.mistakes.find(({ breaks }) => breaks);
  return [
    `It works: ${served(verification)}.`,
    ...(isOpen ? ['But it needs no signature: who knows the address is served, for ever.'] : []),
    ...(mistake === undefined ? [] : [`Mended, that is. ${mistake.title}. ${mistake.remedy}`]),
  ].join(' ');
}

/** The answer to who was let in: `206, image/png, 3,412 bytes, out of a cache since 12 seconds`. */
function served({ answer }: Verification): string {
  const { status = 0, contentType, size, age, cache } = answer ?? {};
  const isHit = /^(?:refresh)?hit/i.test(cache ?? '');
  return [
    String(status),
    ...(contentType === undefined ? [] : [contentType]),
    ...(size === undefined ? [] : [`${size.toLocaleString('en-US')} bytes`]),
    ...(isHit ? ['out of CloudFront’s cache'] : []),
    ...(age === undefined ? [] : [`${durationText(age)} old`]),
  ].join(', ');
}

/** The report on a link that was verified, as Markdown; see {@link inspectionReport}. */
export function verificationReport(verification: Verification, now: number): string {
  const { verdict, causes, inspection, answer } = verification;
  const headings = {
    works: '✔ It works',
    fails: '✘ It does not work',
    unknown: '? Nobody was asked',
  };
  const lines =
    verdict === 'fails'
      ? causes.map((cause) => `- ${escapeMarkdown(causeText(cause))}`)
      : [escapeMarkdown(verificationSummary(verification, now))];
  const status = verdict === 'fails' && answer !== undefined;
  return inspectionReport(inspection, now, [
    `## ${headings[verdict]}`,
    lines.join('\n'),
    ...(status ? [`The answer was ${answer.status}.`] : []),
  ]);
}
