import type { Distribution } from './distributionStore.ts';

/**
 * The enabled distribution that answers for a `Host` header: by its domain name or an alternate
 * one, an exact name before a wildcard and the longest wildcard first. CloudFront's names never carry
 * a port; a name of this computer may be listed with the one at which the edge is reached.
 *
 * `*.example.com` covers every name that ends so, of whatever depth, and not `example.com`. A staging
 * distribution has no name to be asked by: its primary one sends viewers its way.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/CNAMEs.html
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/continuous-deployment.html
 */
export function findDistribution(
  distributions: readonly Distribution[],
  hostHeader: string,
): Distribution | undefined {
  const hostAndPort = hostHeader.toLowerCase();
  const host = hostAndPort.replace(/:\d+$/, '');
  const claims = distributions
    .filter(({ DistributionConfig: { Enabled, Staging } }) => Enabled && !Staging)
    .flatMap((distribution) =>
      [distribution.DomainName, ...distribution.DistributionConfig.Aliases.Items].map((name) => ({
        name: name.toLowerCase(),
        distribution,
      })),
    )
    .filter(({ name }) =>
      name.startsWith('*.')
        ? host.endsWith(name.slice(1)) && host.length >= name.length
        : host === name || hostAndPort === name,
    );
  claims.sort((one, other) => rank(other.name) - rank(one.name));
  return claims[0]?.distribution;
}

function rank(name: string): number {
  return name.startsWith('*.') ? name.length : Number.POSITIVE_INFINITY;
}
