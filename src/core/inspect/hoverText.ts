import { encodeStrictly } from '../cloudfront/canonicalUrl.ts';
import { momentText } from '../expiry.ts';
import { escapeMarkdown } from '../markdown.ts';
import type { CloudFrontInspection } from './inspection.ts';
import { inspectionSummary } from './inspectionSummary.ts';
import { pathText } from './pathText.ts';

/**
 * What is told of a signed URL in an editor, as Markdown with two commands in it. Nothing of the URL
 * is markup, or a link.
 *
 * @param text the URL as it is written, which the commands are given
 * @param now in epoch seconds
 */
export function hoverText(inspection: CloudFrontInspection, text: string, now: number): string {
  const { resource, url = '', expiresAt, keyPairId, opens } = inspection;
  const opened = opens === 'This one URL' ? pathText(resource ?? url) : (resource ?? 'everything');
  return [
    `**CloudFront signed URL** ${escapeMarkdown(inspectionSummary(inspection, now))}`,
    [
      `- Opens: ${escapeMarkdown(opened)}`,
      `- Ends: ${expiresAt === undefined ? 'not told' : escapeMarkdown(momentText(expiresAt))}`,
      `- Key: ${escapeMarkdown(keyPairId ?? 'not told')}`,
    ].join('\n'),
    `[Inspect](${commandUri('inspectUrl', text)}) · [Verify](${commandUri('verifyUrl', text)})`,
  ].join('\n\n');
}

/**
 * Encoded twice, since VS Code decodes arguments once more than a URI asks for: else `%20` would be a
 * space in the link that is taken apart.
 * https://code.visualstudio.com/api/extension-guides/command#command-uris
 */
function commandUri(command: string, text: string): string {
  const args = encodeStrictly(encodeURIComponent(JSON.stringify([text])));
  return `command:cloudfrontSigner.${command}?${args}`;
}
