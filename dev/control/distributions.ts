import type {
  CacheBehaviorSettings,
  Distribution,
  DistributionStore,
} from '../edge/distributionStore.ts';
import { newDistribution } from '../edge/newDistribution.ts';
import { ACCOUNT } from '../s3/identity.ts';
import type { XmlElements } from '../s3/xml.ts';
import { cloudFrontError } from './cloudFrontError.ts';
import type { CloudFrontOperations } from './cloudFrontOperation.ts';
import { distributionConfig, distributionSummary } from './cloudFrontShapes.ts';
import { behaviorsOf, checkDistribution } from './distributionRules.ts';
import {
  createdAnswer,
  findMatching,
  readOperations,
  type ResourceKind,
  wholeAnswer,
} from './resourceKind.ts';
import { readDocument } from './xmlShape.ts';

const DISTRIBUTION: ResourceKind<Distribution> = {
  name: 'Distribution',
  plural: 'Distributions',
  path: 'distribution',
  missing: 'NoSuchDistribution',
  all: (store) => store.Distributions,
  config: ({ DistributionConfig: config }) => distributionConfig.write(config),
  whole: (distribution, store) => ({
    ...identityOf(distribution),
    InProgressInvalidationBatches: 0,
    ActiveTrustedSigners: activeTrustedSigners(distribution, store),
    ActiveTrustedKeyGroups: activeTrustedKeyGroups(distribution, store),
    DistributionConfig: distributionConfig.write(distribution.DistributionConfig),
  }),
  summary: (distribution) => ({
    ...identityOf(distribution),
    ...distributionSummary.write(distribution.DistributionConfig),
  }),
};

export const distributionOperations: CloudFrontOperations = {
  ...readOperations(DISTRIBUTION),
  'POST distribution': {
    name: 'CreateDistribution',
    run: (context) => {
      const { request, store, time, deploy } = context;
      const config = readDocument(request.body, 'DistributionConfig', distributionConfig);
      if (
        store.Distributions.some(
          ({ DistributionConfig: { CallerReference: reference } }) =>
            reference === config.CallerReference,
        )
      ) {
        throw cloudFrontError('DistributionAlreadyExists');
      }
      checkDistribution(config, store);
      const distribution = newDistribution(config, time);
      store.Distributions.push(distribution);
      deploy(distribution);
      return createdAnswer(DISTRIBUTION, distribution, context);
    },
  },
  'PUT distribution/Id/config': {
    name: 'UpdateDistribution',
    run: (context) => {
      const { request, store, time, deploy } = context;
      const distribution = findMatching(DISTRIBUTION, context);
      const config = readDocument(request.body, 'DistributionConfig', distributionConfig);
      if (config.CallerReference !== distribution.DistributionConfig.CallerReference) {
        throw cloudFrontError('IllegalUpdate');
      }
      checkDistribution(config, store, distribution);
      distribution.DistributionConfig = config;
      distribution.LastModifiedTime = time;
      deploy(distribution);
      return wholeAnswer(DISTRIBUTION, distribution, context);
    },
  },
};

function identityOf({ Id, ARN, Status, LastModifiedTime, DomainName }: Distribution) {
  return { Id, ARN, Status, LastModifiedTime, DomainName };
}

/**
 * The keys that CloudFront takes signatures of.
 *
 * @see https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_ActiveTrustedKeyGroups.html
 */
function activeTrustedKeyGroups(
  distribution: Distribution,
  { KeyGroups: groups }: DistributionStore,
): XmlElements {
  const trusted = trustedBy(distribution, ({ TrustedKeyGroups: list }) => list);
  return activeList('KeyGroup', trusted, (id) => ({
    KeyGroupId: id,
    KeyPairIds: keyPairIds(groups.find(({ Id }) => Id === id)?.KeyGroupConfig.Items ?? []),
  }));
}

/** @see https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_ActiveTrustedSigners.html */
function activeTrustedSigners(
  distribution: Distribution,
  { KeyPairs: pairs }: DistributionStore,
): XmlElements {
  const trusted = trustedBy(distribution, ({ TrustedSigners: list }) => list);
  return activeList('Signer', trusted, (signer) => {
    const account = signer === 'self' ? ACCOUNT : signer;
    return {
      AwsAccountNumber: signer,
      KeyPairIds: keyPairIds(
        pairs.filter(({ AwsAccountNumber }) => AwsAccountNumber === account).map(({ Id }) => Id),
      ),
    };
  });
}

function trustedBy(
  { DistributionConfig: config }: Distribution,
  listOf: (behavior: CacheBehaviorSettings) => { Enabled: boolean; Items: string[] },
): readonly string[] {
  const lists = behaviorsOf(config).map(listOf);
  return [...new Set(lists.flatMap(({ Enabled, Items }) => (Enabled ? Items : [])))];
}

function activeList(
  member: string,
  trusted: readonly string[],
  write: (id: string) => XmlElements,
): XmlElements {
  return {
    Enabled: trusted.length > 0,
    Quantity: trusted.length,
    Items: trusted.length === 0 ? undefined : { [member]: trusted.map(write) },
  };
}

function keyPairIds(ids: readonly string[]): XmlElements {
  return {
    Quantity: ids.length,
    Items: ids.length === 0 ? undefined : { KeyPairId: ids },
  };
}
