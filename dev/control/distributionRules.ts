import type {
  CacheBehaviorSettings,
  Distribution,
  DistributionConfig,
  DistributionStore,
  Origin,
} from '../edge/distributionStore.ts';
import { cloudFrontError } from './cloudFrontError.ts';

/** Quota on the key groups of one distribution. */
const MOST_KEY_GROUPS = 4;

const READ = ['GET', 'HEAD'];
const READ_AND_ASK = [...READ, 'OPTIONS'];
const METHOD_SETS = [READ, READ_AND_ASK, [...READ_AND_ASK, 'PUT', 'POST', 'PATCH', 'DELETE']];

/** Every cache behavior of a distribution, the default one last. */
export function behaviorsOf(config: DistributionConfig): readonly CacheBehaviorSettings[] {
  return [...config.CacheBehaviors.Items, config.DefaultCacheBehavior];
}

/**
 * Refuses a configuration that CloudFront would not take, with its own error.
 *
 * @param updated the distribution that is to have it, where there is one already
 * @see https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_UpdateDistribution.html#API_UpdateDistribution_Errors
 */
export function checkDistribution(
  config: DistributionConfig,
  store: DistributionStore,
  updated?: Distribution,
): void {
  for (const origin of config.Origins.Items) checkOrigin(origin, store);
  const targets = [...config.Origins.Items, ...config.OriginGroups.Items].map(({ Id }) => Id);
  for (const behavior of behaviorsOf(config)) {
    if (!targets.includes(behavior.TargetOriginId)) throw cloudFrontError('NoSuchOrigin');
    checkBehavior(behavior, store);
  }
  const keyGroups = behaviorsOf(config).flatMap(({ TrustedKeyGroups: { Items } }) => Items);
  if (new Set(keyGroups).size > MOST_KEY_GROUPS) {
    throw cloudFrontError('TooManyKeyGroupsAssociatedToDistribution');
  }
  checkAliases(config, store, updated);
}

function checkOrigin(origin: Origin, store: DistributionStore): void {
  const { S3OriginConfig: s3, CustomOriginConfig: custom, OriginAccessControlId: access } = origin;
  if ((s3 === undefined) === (custom === undefined)) {
    throw invalid('An origin has either an S3OriginConfig or a CustomOriginConfig.');
  }
  if (s3 !== undefined && !/\.s3[.-](?!website)(?:.+\.)?amazonaws\.com/.test(origin.DomainName)) {
    throw invalid('The parameter Origin DomainName does not refer to a valid S3 bucket.');
  }
  if (!/^(?:\/.*[^/])?$/.test(origin.OriginPath)) {
    throw invalid('The parameter OriginPath begins with a slash and does not end with one.');
  }
  if (access === '') return;
  if (!store.OriginAccessControls.some(({ Id }) => Id === access)) {
    throw cloudFrontError('InvalidOriginAccessControl');
  }
  if (s3 !== undefined && s3.OriginAccessIdentity !== '') {
    throw cloudFrontError('IllegalOriginAccessConfiguration');
  }
}

function checkBehavior(behavior: CacheBehaviorSettings, store: DistributionStore): void {
  const { TrustedKeyGroups: groups, TrustedSigners: signers } = behavior;
  if (!groups.Items.every((id) => store.KeyGroups.some(({ Id }) => Id === id))) {
    throw cloudFrontError('TrustedKeyGroupDoesNotExist');
  }
  for (const { Enabled: enabled, Items: items } of [groups, signers]) {
    if (enabled !== items.length > 0) {
      throw invalid('Trust is enabled where somebody is trusted, and only there.');
    }
  }
  const methods = behavior.AllowedMethods.Items;
  if (!METHOD_SETS.some((set) => isSameSet(set, methods))) {
    throw invalid('The parameter Allowed Methods is not one of the three sets of methods.');
  }
  checkPolicies(behavior, store);
}

function checkPolicies(behavior: CacheBehaviorSettings, store: DistributionStore): void {
  const { CachePolicyId: cachePolicy, OriginRequestPolicyId: originRequestPolicy } = behavior;
  if ((cachePolicy === undefined) === (behavior.ForwardedValues === undefined)) {
    throw invalid('A cache behavior has either a cache policy or ForwardedValues.');
  }
  if (cachePolicy !== undefined && !store.CachePolicies.some(({ Id }) => Id === cachePolicy)) {
    throw cloudFrontError('NoSuchCachePolicy');
  }
  if (
    originRequestPolicy !== undefined &&
    !store.OriginRequestPolicies.some(({ Id }) => Id === originRequestPolicy)
  ) {
    throw cloudFrontError('NoSuchOriginRequestPolicy');
  }
}

function checkAliases(
  { Aliases: { Items: aliases }, ViewerCertificate: certificate }: DistributionConfig,
  store: DistributionStore,
  updated: Distribution | undefined,
): void {
  if (aliases.length > 0 && certificate.CloudFrontDefaultCertificate) {
    throw cloudFrontError('InvalidViewerCertificate');
  }
  const taken = store.Distributions.filter((other) => other !== updated).flatMap(
    ({ DistributionConfig: { Aliases: others } }) => others.Items,
  );
  if (aliases.some((alias) => taken.includes(alias))) throw cloudFrontError('CNAMEAlreadyExists');
}

function isSameSet(set: readonly string[], items: readonly string[]): boolean {
  return items.length === set.length && set.every((one) => items.includes(one));
}

function invalid(message: string) {
  return cloudFrontError('InvalidArgument', message);
}
