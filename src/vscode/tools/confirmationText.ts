import type { SignOptions } from '../../core/cloudfront/signOptions.ts';
import { durationText, localText } from '../../core/expiry.ts';
import { codeSpan } from '../../core/markdown.ts';
import { s3Uri, type S3Location } from '../../core/s3/location.ts';

/**
 * What a link will open, for whom and until when, as Markdown for whoever consents to it. Nothing of
 * a key is markup, or a link.
 *
 * @param end in epoch seconds
 * @param now in epoch seconds
 */
export function confirmationText(
  location: S3Location,
  { ipAddress, distribution, keyPairId }: SignOptions,
  end: number,
  now: number,
): string {
  const audience = ipAddress === undefined ? 'Anyone with the link' : `From ${ipAddress} only`;
  const via = distribution && ('id' in distribution ? distribution.id : distribution.domain);
  const lines = [
    `- Object: ${codeSpan(s3Uri(location))}`,
    `- Opens for: ${audience}`,
    `- Until: ${localText(end)} (${durationText(end - now)} from now)`,
    ...(via === undefined ? [] : [`- Distribution: ${codeSpan(via)}`]),
    ...(keyPairId === undefined ? [] : [`- Signed by: ${codeSpan(keyPairId)}`]),
  ];
  return `${lines.join('\n')}\n\nThe chat gets the link, and so does its language model.`;
}
