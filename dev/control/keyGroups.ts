import { randomUUID } from 'node:crypto';
import type { DistributionStore, KeyGroup } from '../edge/distributionStore.ts';
import { cloudFrontError } from './cloudFrontError.ts';
import type { CloudFrontContext, CloudFrontOperations } from './cloudFrontOperation.ts';
import { keyGroupConfig } from './cloudFrontShapes.ts';
import { behaviorsOf } from './distributionRules.ts';
import {
  createdAnswer,
  findMatching,
  readOperations,
  removeItem,
  type ResourceKind,
  wholeAnswer,
} from './resourceKind.ts';
import { readDocument } from './xmlShape.ts';

/** Quota on the public keys of one key group. */
const MOST_KEYS = 5;

const wholeKeyGroup = (group: KeyGroup) => ({
  Id: group.Id,
  LastModifiedTime: group.LastModifiedTime,
  KeyGroupConfig: keyGroupConfig.write(group.KeyGroupConfig),
});

const KEY_GROUP: ResourceKind<KeyGroup> = {
  name: 'KeyGroup',
  plural: 'KeyGroups',
  path: 'key-group',
  missing: 'NoSuchResource',
  all: (store) => store.KeyGroups,
  config: ({ KeyGroupConfig: config }) => keyGroupConfig.write(config),
  whole: wholeKeyGroup,
  summary: (group) => ({ KeyGroup: wholeKeyGroup(group) }),
};

export const keyGroupOperations: CloudFrontOperations = {
  ...readOperations(KEY_GROUP),
  'POST key-group': {
    name: 'CreateKeyGroup',
    run: (context) => {
      const group: KeyGroup = {
        Id: randomUUID(),
        LastModifiedTime: context.time,
        KeyGroupConfig: readConfig(context),
      };
      context.store.KeyGroups.push(group);
      return createdAnswer(KEY_GROUP, group, context);
    },
  },
  'PUT key-group/Id': {
    name: 'UpdateKeyGroup',
    run: (context) => {
      const { store, time, deploy } = context;
      const group = findMatching(KEY_GROUP, context);
      group.KeyGroupConfig = readConfig(context, group);
      group.LastModifiedTime = time;
      trusting(store, group).forEach(deploy);
      return wholeAnswer(KEY_GROUP, group, context);
    },
  },
  'DELETE key-group/Id': {
    name: 'DeleteKeyGroup',
    run: (context) => {
      const group = findMatching(KEY_GROUP, context);
      if (trusting(context.store, group).length > 0) throw cloudFrontError('ResourceInUse');
      return removeItem(context.store.KeyGroups, group);
    },
  },
};

/** @param updated the group that is to have it, where there is one already */
function readConfig(
  { request, store: { KeyGroups: groups, PublicKeys: keys } }: CloudFrontContext,
  updated?: KeyGroup,
): KeyGroup['KeyGroupConfig'] {
  const config = readDocument(request.body, 'KeyGroupConfig', keyGroupConfig);
  const { Name: name, Items: items } = config;
  if (groups.some((group) => group !== updated && group.KeyGroupConfig.Name === name)) {
    throw cloudFrontError('KeyGroupAlreadyExists');
  }
  if (items.length > MOST_KEYS) throw cloudFrontError('TooManyPublicKeysInKeyGroup');
  if (items.length === 0 || !items.every((id) => keys.some(({ Id }) => Id === id))) {
    throw cloudFrontError(
      'InvalidArgument',
      'The key group names no public key, or an unknown one.',
    );
  }
  return config;
}

function trusting({ Distributions: distributions }: DistributionStore, { Id: id }: KeyGroup) {
  return distributions.filter(({ DistributionConfig: config }) =>
    behaviorsOf(config).some(({ TrustedKeyGroups: { Items } }) => Items.includes(id)),
  );
}
