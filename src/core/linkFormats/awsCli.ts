import { unsignedUrl } from '../cloudfront/signedUrl.ts';
import { isoText } from '../expiry.ts';
import { fail, ok } from '../outcome.ts';
import { shellSingleQuoted } from '../notation/shell.ts';
import type { Link } from './link.ts';
import { linkFormat, type LinkFormat } from './linkFormat.ts';

/** The private key is not in it: whoever runs the command names a file of his. */
const PRIVATE_KEY = 'file://private_key.pem';

function signCommand(url: string, { keyPairId, grant }: NonNullable<Link['signed']>): string {
  const { expiresAt, notBefore, ipAddress, resource, hashAlgorithm } = grant;
  return [
    `aws cloudfront sign --url ${shellSingleQuoted(unsignedUrl(url))}`,
    ...(resource === undefined ? [] : [`--policy-resource ${shellSingleQuoted(resource)}`]),
    `--key-pair-id ${keyPairId} --private-key ${PRIVATE_KEY}`,
    `--date-less-than ${isoText(expiresAt)}`,
    ...(notBefore === undefined ? [] : [`--date-greater-than ${isoText(notBefore)}`]),
    ...(ipAddress === undefined ? [] : [`--ip-address ${ipAddress}`]),
    // Versions that do not know the option sign with SHA-1 alone.
    ...(hashAlgorithm === 'SHA1' ? [] : [`--hash-algorithm ${hashAlgorithm}`]),
  ].join(' ');
}

/**
 * A command for each object with which the AWS CLI makes an equal link, one a line.
 * https://docs.aws.amazon.com/cli/latest/reference/cloudfront/sign.html
 */
export const AWS_CLI: LinkFormat = linkFormat({
  name: 'awscli',
  label: 'AWS CLI',
  description: 'aws cloudfront sign …, without the key',
  fileEnding: 'sh',
  writeOne({ url, signed }) {
    if (signed !== undefined) return ok(signCommand(url, signed));
    const detail = 'A URL without a signature has nothing that the AWS CLI could sign.';
    return fail({ code: 'option-invalid', option: 'format', detail });
  },
});
