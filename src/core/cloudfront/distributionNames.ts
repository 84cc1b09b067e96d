import type { Distribution } from './account.ts';

/**
 * The names that links of a distribution can have, its own one last: a wildcard is none until
 * somebody says what it stands for, and in China CloudFront serves nothing under its own name.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/CNAMEs.html
 * https://docs.amazonaws.cn/en_us/aws/latest/userguide/cloudfront.html
 */
export function domainsOf({ aliases, domainName }: Distribution): readonly string[] {
  return [...aliases, domainName].filter(
    (name) => !name.startsWith('*') && !name.endsWith('.cloudfront.cn'),
  );
}

/**
 * The distributions that answer to a domain name, in lower case: those that have it, else those with
 * a wildcard above it, of whatever depth.
 */
export function answeringTo(
  domain: string,
  distributions: readonly Distribution[],
): readonly Distribution[] {
  const named = (fits: (name: string) => boolean): readonly Distribution[] =>
    distributions.filter(({ domainName, aliases }) => [domainName, ...aliases].some(fits));
  const exact = named((name) => name === domain);
  return exact.length > 0
    ? exact
    : named((name) => name.startsWith('*.') && domain.endsWith(name.slice(1)));
}
