import type { Distribution } from './distribution.ts';

/**
 * The enabled distribution that answers for a `Host` header: by its domain name or an alternate
 * one, an exact name before a wildcard and the longest wildcard first. A name may carry the port
 * of the header; one without stands for every port.
 *
 * `*.example.com` covers every name that ends so, of whatever depth, and not `example.com`.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/CNAMEs.html
 */
export function routeHost(
  distributions: readonly Distribution[],
  hostHeader: string,
): Distribution | undefined {
  const host = hostHeader.toLowerCase();
  const names = [host, host.replace(/:\d+$/, '')];
  const claims = distributions
    .filter((distribution) => distribution.DistributionConfig.Enabled)
    .flatMap((distribution) =>
      [distribution.DomainName, ...distribution.DistributionConfig.Aliases.Items].map((name) => ({
        name: name.toLowerCase(),
        distribution,
      })),
    );
  const exact = claims.find((claim) => names.includes(claim.name));
  if (exact !== undefined) {
    return exact.distribution;
  }
  const wildcards = claims
    .filter(({ name }) => name.startsWith('*.'))
    .filter(({ name }) =>
      names.some((wanted) => wanted.endsWith(name.slice(1)) && wanted.length >= name.length),
    );
  wildcards.sort((one, other) => other.name.length - one.name.length);
  return wildcards[0]?.distribution;
}
