import { randomUUID } from 'node:crypto';
import type { CachePolicy, OriginRequestPolicy } from '../edge/distributionStore.ts';
import { cloudFrontError } from './cloudFrontError.ts';
import type { CloudFrontOperations } from './cloudFrontOperation.ts';
import { cachePolicyConfig, originRequestPolicyConfig } from './cloudFrontShapes.ts';
import { createdAnswer, readOperations, type ResourceKind } from './resourceKind.ts';
import { readDocument } from './xmlShape.ts';

const wholeCachePolicy = ({ Id, CachePolicyConfig: config }: CachePolicy) => ({
  Id,
  CachePolicyConfig: cachePolicyConfig.write(config),
});

const CACHE_POLICY: ResourceKind<CachePolicy> = {
  name: 'CachePolicy',
  plural: 'CachePolicies',
  path: 'cache-policy',
  missing: 'NoSuchCachePolicy',
  all: (store) => store.CachePolicies,
  config: ({ CachePolicyConfig: config }) => cachePolicyConfig.write(config),
  whole: wholeCachePolicy,
  summary: (policy) => ({ Type: typeOf(policy), CachePolicy: wholeCachePolicy(policy) }),
  type: typeOf,
};

const wholeOriginRequestPolicy = ({
  Id,
  OriginRequestPolicyConfig: config,
}: OriginRequestPolicy) => ({
  Id,
  OriginRequestPolicyConfig: originRequestPolicyConfig.write(config),
});

const ORIGIN_REQUEST_POLICY: ResourceKind<OriginRequestPolicy> = {
  name: 'OriginRequestPolicy',
  plural: 'OriginRequestPolicies',
  path: 'origin-request-policy',
  missing: 'NoSuchOriginRequestPolicy',
  all: (store) => store.OriginRequestPolicies,
  config: ({ OriginRequestPolicyConfig: config }) => originRequestPolicyConfig.write(config),
  whole: wholeOriginRequestPolicy,
  summary: (policy) => ({
    Type: typeOf(policy),
    OriginRequestPolicy: wholeOriginRequestPolicy(policy),
  }),
  type: typeOf,
};

export const policyOperations: CloudFrontOperations = {
  ...readOperations(CACHE_POLICY),
  'POST cache-policy': {
    name: 'CreateCachePolicy',
    run: (context) => {
      const { request, store } = context;
      const config = readDocument(request.body, 'CachePolicyConfig', cachePolicyConfig);
      const names = store.CachePolicies.map((policy) => policy.CachePolicyConfig.Name);
      if (names.includes(config.Name)) throw cloudFrontError('CachePolicyAlreadyExists');
      const policy: CachePolicy = { Id: randomUUID(), CachePolicyConfig: config };
      store.CachePolicies.push(policy);
      return createdAnswer(CACHE_POLICY, policy, context);
    },
  },
  ...readOperations(ORIGIN_REQUEST_POLICY),
};

function typeOf({ Type: type = 'custom' }: CachePolicy | OriginRequestPolicy) {
  return type;
}
