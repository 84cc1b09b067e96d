import { describe, expect, it } from 'vitest';
import { AWS_CLI } from '../../../../src/core/linkFormats/awsCli.ts';
import { fail, ok } from '../../../../src/core/outcome.ts';
import { valueOf } from '../valueOf.ts';
import { END, someLink, unsignedLink } from './someLink.ts';

// That the AWS CLI makes equal links, test/aws/linkFormats.test.ts sees.

describe('a command of the AWS CLI', () => {
  const command =
    "aws cloudfront sign --url 'https://files.example.com/a%20%281%29?size=large&copy=1' --key-pair-id K2JCJMDEHXQW5F --private-key file://private_key.pem --date-less-than 2026-12-24T17:00:00Z";

  it('signs the same, with a key that is yet to be named', () => {
    expect(AWS_CLI.write([someLink('a')])).toEqual(ok(command));
  });

  it('says all that bounds the link', () => {
    const link = someLink('a', {
      notBefore: END - 60,
      ipAddress: '192.0.2.0/24',
      hashAlgorithm: 'SHA256',
    });
    expect(AWS_CLI.write([link])).toEqual(
      ok(
        `${command} --date-greater-than 2026-12-24T16:59:00Z --ip-address 192.0.2.0/24 --hash-algorithm SHA256`,
      ),
    );
  });

  it('signs what a prefix opens', () => {
    const link = someLink('a', { resource: 'https://files.example.com/*' });
    expect(AWS_CLI.write([link])).toEqual(
      ok(
        command.replace(
          ' --key-pair-id',
          " --policy-resource 'https://files.example.com/*' --key-pair-id",
        ),
      ),
    );
  });

  it('stands in a line of its own for each object', () => {
    expect(valueOf(AWS_CLI.write([someLink('a\n'), someLink('b')]))).toBe(`${command}\n${command}`);
  });

  it('is refused for a URL without a signature', () => {
    expect(AWS_CLI.write([someLink('a'), unsignedLink('a')])).toEqual(
      fail({
        code: 'option-invalid',
        option: 'format',
        detail: 'A URL without a signature has nothing that the AWS CLI could sign.',
      }),
    );
  });
});
